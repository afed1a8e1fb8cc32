package fetch

import (
	"encoding/json"
	"fmt"
	"strings"
)

// report is what was downloaded.
type report struct {
	Files []file `json:"files"`
	// Load are the arguments of the `casus load` that loads the files, empty if there is nothing to load.
	Load []string `json:"load"`
}

// file is a file of a report.
type file struct {
	Path string `json:"path"`
	// Rows is the number of rows, 0 if it is not known.
	Rows int `json:"rows,omitempty"`
	// New is set if this run downloaded it.
	New bool `json:"new"`
}

// load sets the arguments of `casus load`; the files follow them.
func (r *report) load(args ...string) {
	if len(r.Files) == 0 {
		return
	}
	r.Load = append([]string{"load"}, args...)
	for _, f := range r.Files {
		path := f.Path
		if strings.HasPrefix(path, "-") {
			path = "./" + path
		}
		r.Load = append(r.Load, path)
	}
}

// print prints a report.
func (t *target) print(r report) error {
	if t.asJSON {
		if r.Files == nil {
			r.Files, r.Load = []file{}, []string{}
		}
		e := json.NewEncoder(t.stdout)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		return e.Encode(r)
	}
	if t.quiet {
		return nil
	}
	var b strings.Builder
	for _, f := range r.Files {
		b.WriteString(f.Path)
		switch {
		case f.Rows == 1:
			b.WriteString(": 1 row")
		case f.Rows > 0:
			fmt.Fprintf(&b, ": %d rows", f.Rows)
		}
		if !f.New {
			b.WriteString(", there already")
		}
		b.WriteByte('\n')
	}
	if len(r.Load) > 0 {
		b.WriteString("load with: casus")
		for _, arg := range r.Load {
			b.WriteString(" " + quoted(arg))
		}
		b.WriteByte('\n')
	}
	_, err := fmt.Fprint(t.stdout, b.String())
	return err
}

// quoted returns an argument as a shell reads it.
func quoted(arg string) string {
	plain := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-_./:+,=@%", r)
	}
	if arg != "" && !strings.ContainsFunc(arg, func(r rune) bool { return !plain(r) }) {
		return arg
	}
	return "'" + strings.ReplaceAll(arg, "'", `'\''`) + "'"
}
