package bulk

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"casus/internal/kg"
)

// Result describes the files that Finish wrote.
type Result struct {
	// Nodes and Relationships count rows, by label and type.
	Nodes, Relationships map[string]int64
	// Command is the import command, without shell quoting, to be run in the folder.
	Command []string
	// Script is the path of the script that runs it.
	Script string
}

// minReadBuffer is the default read buffer of the import tool, in bytes; every value must fit.
const minReadBuffer = 4 << 20

// result writes the headers of the files and the import script.
func (w *Writer) result(kinds []kindLayout, outputs []*output) (Result, error) {
	r := Result{Nodes: map[string]int64{}, Relationships: map[string]int64{}, Script: filepath.Join(w.dir, script)}
	var files []string
	lineBreaks, longest := false, 0
	for k, d := range kinds {
		option, counts := "--relationships=", r.Relationships
		if d.node {
			option, counts = "--nodes=", r.Nodes
		}
		label, _, _ := strings.Cut(d.name, ":")
		for variant := range d.header.variants() {
			names := []string{d.file(variant) + "-header.csv"}
			for _, o := range outputs {
				s := &o.sheets[k]
				if f := &s.files[variant]; f.rows > 0 {
					names, counts[label] = append(names, filepath.Base(f.path)), counts[label]+f.rows
					lineBreaks, longest = lineBreaks || s.hasLineBreaks, max(longest, s.longest)
				}
			}
			if len(names) == 1 {
				continue
			}
			if err := w.write(names[0], d.header.line(variant), 0o644); err != nil {
				return r, err
			}
			files = append(files, option+d.name+"="+strings.Join(names, ","))
		}
	}
	r.Command = []string{
		"neo4j-admin", "database", "import", "full", "neo4j", "--overwrite-destination=true", "--id-type=string",
		"--array-delimiter=U+FDD0", "--multiline-fields=" + strconv.FormatBool(lineBreaks), "--bad-tolerance=0",
	}
	if longest > minReadBuffer {
		r.Command = append(r.Command, "--read-buffer-size="+strconv.Itoa(longest))
	}
	r.Command = append(r.Command, files...)
	return r, w.write(script, fmt.Sprintf(scriptText, strings.Join(r.Command[5:], " \\\n  ")), 0o755)
}

func (w *Writer) write(name, text string, mode os.FileMode) error {
	if err := os.WriteFile(filepath.Join(w.dir, name), []byte(text), mode); err != nil {
		return kg.Errorf(kg.Internal, "write the files of the bulk load: %w", err)
	}
	return nil
}

const script = "import.sh"

const scriptText = `#!/bin/sh
# Imports the files of this folder into a database of Neo4j 5.26 or newer: sh import.sh [DATABASE]. The previous content
# of the database is deleted. The server must not be running. NEO4J_ADMIN is the path of neo4j-admin, if not in PATH.
set -eu
cd "$(dirname "$0")"
exec "${NEO4J_ADMIN:-neo4j-admin}" database import full "${1:-neo4j}" \
  %s
`
