package mapping

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"unicode/utf8"
)

// tables are codes and what they stand for, by the tables' names.
type tables map[string]map[string]any

// readTables makes a mapping's tables ready. A text is the name of a CSV file beside the mapping, else of one of the
// program's own; beside may be nil.
func readTables(written map[string]any, beside fs.FS) (tables, error) {
	all := tables{}
	for name, v := range written {
		switch v := v.(type) {
		case map[string]any:
			all[name] = v
		case string:
			entries, err := readTableFile(v, beside)
			if err != nil {
				return nil, fmt.Errorf("tables.%s: %w", name, err)
			}
			all[name] = entries
		default:
			return nil, fmt.Errorf("tables.%s: it is neither a table nor the name of a file", name)
		}
	}
	return all, nil
}

func readTableFile(name string, beside fs.FS) (map[string]any, error) {
	if !fs.ValidPath(name) || strings.Contains(name, `\`) {
		return nil, fmt.Errorf("%q is no file in the mapping's folder: a name such as codes.csv must stand here", name)
	}
	f, err := openTableFile(name, beside)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("there is no file %s beside the mapping; the program's own are %s", name, strings.Join(embeddedTables(), ", "))
	case err != nil:
		return nil, fmt.Errorf("cannot read %s: %w", name, err)
	}
	entries, err := parseTable(f)
	if err = errors.Join(err, f.Close()); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return entries, nil
}

func openTableFile(name string, beside fs.FS) (fs.File, error) {
	if beside != nil {
		if f, err := beside.Open(name); !errors.Is(err, fs.ErrNotExist) {
			return f, err
		}
	}
	return embeddedFiles.Open(path.Join("embedded", name))
}

// embeddedTables are the names of the program's own files of codes.
func embeddedTables() []string {
	all, err := fs.Glob(embeddedFiles, "embedded/*.csv")
	if err != nil { // it is embedded
		return nil
	}
	for i, name := range all {
		all[i] = path.Base(name)
	}
	return all
}

// EmbeddedTable reads one of the program's own files of codes: what each code stands for.
func EmbeddedTable(name string) (map[string]any, error) { return readTableFile(name, nil) }

// parseTable reads a table from CSV with a header. The first column is the key. Where there is one more, its text is the
// entry; where there are several, the entry is an object of them.
func parseTable(f io.Reader) (map[string]any, error) {
	r := csv.NewReader(f)
	header, err := r.Read()
	switch {
	case errors.Is(err, io.EOF):
		return nil, errors.New("it is empty: a header must stand in it")
	case err != nil:
		return nil, err
	}
	header[0] = strings.TrimPrefix(header[0], "\ufeff")
	if len(header) < 2 {
		return nil, errors.New("it has only a column of keys")
	}
	for i, name := range header {
		if i > 0 && name == "" || slices.Contains(header[:i], name) {
			return nil, fmt.Errorf("column %d has no name of its own", i+1)
		}
	}
	entries := map[string]any{}
	for {
		row, err := r.Read()
		switch {
		case errors.Is(err, io.EOF):
			return entries, nil
		case err != nil: // it tells the line
			return nil, err
		}
		line, _ := r.FieldPos(0)
		if slices.ContainsFunc(row, func(s string) bool { return !utf8.ValidString(s) }) {
			return nil, fmt.Errorf("line %d: it is not UTF-8", line)
		}
		if _, twice := entries[row[0]]; twice {
			return nil, fmt.Errorf("line %d: %q is there twice", line, row[0])
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

// longestPrefix is the entry of the longest prefix of a key that a table has; nil where it has none. The empty key is a prefix of
// every key.
func longestPrefix(entries map[string]any, key string) any {
	for n := len(key); n >= 0; n-- {
		if v, ok := entries[key[:n]]; ok {
			return v
		}
	}
	return nil
}
