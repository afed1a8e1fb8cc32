package mapping

import (
	"embed"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"casus/loader/values"
)

// tables are lookup tables by name; each maps keys to entries.
type tables map[string]map[string]any

// readTables returns a mapping's tables. A string is the name of a CSV file in dir or, if dir is nil or lacks it, of an
// embedded one.
func readTables(source map[string]any, dir fs.FS) (tables, error) {
	all := tables{}
	for name, v := range source {
		switch v := v.(type) {
		case map[string]any:
			all[name] = v
		case string:
			entries, err := readTableFile(v, dir)
			if err != nil {
				return nil, fmt.Errorf("tables.%s: %w", name, err)
			}
			all[name] = entries
		default:
			return nil, fmt.Errorf("tables.%s: must be an object or the name of a file", name)
		}
	}
	return all, nil
}

// maxTableBytes is the maximum size of a table file.
const maxTableBytes = 32 << 20

func readTableFile(name string, dir fs.FS) (map[string]any, error) {
	if !fs.ValidPath(name) || strings.Contains(name, `\`) {
		return nil, fmt.Errorf("%q is not a file in the mapping's folder; use a name such as codes.csv", name)
	}
	f, err := openTableFile(name, dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("no file %s in the mapping's folder; the built-in ones are %s",
			name, strings.Join(embeddedTables(), ", "))
	case err != nil:
		return nil, fmt.Errorf("cannot read %s: %w", name, err)
	}
	limited := &io.LimitedReader{R: f, N: maxTableBytes + 1}
	entries, err := parseTable(limited)
	if limited.N <= 0 {
		err = fmt.Errorf("the table has more than %d bytes", maxTableBytes)
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return entries, nil
}

func openTableFile(name string, dir fs.FS) (fs.File, error) {
	if dir != nil {
		if f, err := dir.Open(name); !errors.Is(err, fs.ErrNotExist) {
			return f, err
		}
	}
	return embeddedFiles.Open(path.Join("embedded", name))
}

// embeddedTables returns the names of the embedded table files.
func embeddedTables() []string {
	all, err := fs.Glob(embeddedFiles, "embedded/*.csv")
	if err != nil { // cannot happen: the pattern is valid
		return nil
	}
	for i, name := range all {
		all[i] = path.Base(name)
	}
	return all
}

// EmbeddedTable returns the entries of an embedded table file by key.
func EmbeddedTable(name string) (map[string]any, error) { return readTableFile(name, nil) }

// parseTable parses a table from CSV with a header. The first column is the key. With one more column, the entry is its
// text; with several, an object of them.
func parseTable(f io.Reader) (map[string]any, error) {
	r := csv.NewReader(f)
	header, err := r.Read()
	switch {
	case errors.Is(err, io.EOF):
		return nil, errors.New("the file is empty; it needs a header")
	case err != nil:
		return nil, err
	}
	header[0] = strings.TrimPrefix(header[0], "\ufeff")
	if len(header) < 2 {
		return nil, errors.New("there is only a column of keys")
	}
	for i, name := range header {
		if i > 0 && name == "" || slices.Contains(header[:i], name) {
			return nil, fmt.Errorf("column %d has no name or repeats one", i+1)
		}
	}
	entries := map[string]any{}
	for {
		row, err := r.Read()
		switch {
		case errors.Is(err, io.EOF):
			return entries, nil
		case err != nil: // csv.ParseError names the line
			return nil, err
		}
		line, _ := r.FieldPos(0)
		if slices.ContainsFunc(row, func(s string) bool { return !utf8.ValidString(s) }) {
			return nil, fmt.Errorf("line %d: not UTF-8", line)
		}
		if _, found := entries[row[0]]; found {
			return nil, fmt.Errorf("line %d: duplicate key %q", line, row[0])
		}
		entries[row[0]] = tableEntry(header, row)
	}
}

func tableEntry(header, row []string) any {
	if len(row) == 2 {
		return row[1]
	}
	columns := make(map[string]any, len(row)-1)
	for i, v := range row[1:] {
		columns[header[i+1]] = v
	}
	return columns
}

// entryOf returns the entry for a key, or for the key read as a code; nil if the table has neither.
func entryOf(entries map[string]any, key string) any {
	if v, found := entries[key]; found {
		return v
	}
	if code, err := values.Code(key); err == nil && code != "" {
		return entries[code]
	}
	return nil
}

// longestPrefix returns the entry for the longest prefix of key that the table has; nil if it has none. "" is a prefix
// of every key.
func longestPrefix(entries map[string]any, key string) any {
	for n := len(key); n >= 0; n-- {
		if v, ok := entries[key[:n]]; ok {
			return v
		}
	}
	return nil
}

//go:embed embedded/*.yaml embedded/*.csv
var embeddedFiles embed.FS
