package migrate

import (
	"io/fs"
	"path"
	"strconv"
	"strings"

	"casus/internal/kg"
	"casus/schema"
)

// Script is one migration.
type Script struct {
	Version    int // from 1, without gaps
	Name       string
	Statements []string
}

// Scripts returns the migrations by version.
func Scripts() ([]Script, error) {
	files, err := fs.Glob(schema.Cypher(), "cypher/*.cypher") // sorted by number
	if err != nil {
		return nil, kg.Errorf(kg.Internal, "list the migrations: %w", err)
	}
	all := make([]Script, 0, len(files))
	for _, file := range files {
		name := path.Base(file)
		number, _, _ := strings.Cut(name, "_")
		version, err := strconv.Atoi(number)
		if err != nil {
			return nil, kg.Errorf(kg.Internal, "migration %s has no number: %w", name, err)
		}
		content, err := fs.ReadFile(schema.Cypher(), file)
		if err != nil {
			return nil, kg.Errorf(kg.Internal, "read a migration: %w", err)
		}
		all = append(all, Script{version, name, statements(string(content))})
	}
	return all, nil
}

// statements splits a script at its semicolons, without comment lines.
func statements(script string) []string {
	var code strings.Builder
	for line := range strings.Lines(script) {
		if !strings.HasPrefix(strings.TrimSpace(line), "//") {
			code.WriteString(line)
		}
	}
	var all []string
	for statement := range strings.SplitSeq(code.String(), ";") {
		if statement = strings.TrimSpace(statement); statement != "" {
			all = append(all, statement)
		}
	}
	return all
}
