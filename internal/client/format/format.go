// Package format prints GraphQL responses as JSON, tables or CSV.
package format

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"text/tabwriter"

	"casus/internal/client"
	"casus/internal/kg"
	"casus/internal/terminal"
)

// Names returns the formats.
func Names() []string { return []string{"json", "table", "csv"} }

// Print prints a response in the format with a name. Tables have no place for GraphQL errors and warnings: these go to
// stderr. A response that the format cannot express is an error with the code BAD_INPUT.
func Print(stdout, stderr io.Writer, r *client.Response, name string) error {
	if name == "json" {
		text := r.JSON
		if terminal.HasColour(stdout) {
			text = colourJSON(text)
		}
		_, err := fmt.Fprintf(stdout, "%s\n", text)
		return err
	}
	tables, notes, err := parseTables(r.JSON)
	if err != nil {
		return err
	}
	for _, note := range notes {
		_, _ = fmt.Fprintln(stderr, note) // there is no other place to report a failure
	}
	if name == "csv" {
		return printCSV(stdout, tables)
	}
	for i, t := range tables {
		if len(tables) > 1 {
			if i > 0 {
				_, _ = fmt.Fprintln(stdout) // the table's own write reports a failure
			}
			_, _ = fmt.Fprintf(stdout, "%s:\n", t.name)
		}
		if err := printTable(stdout, t); err != nil {
			return err
		}
	}
	return nil
}

// printTable prints a table with aligned columns under a heading.
func printTable(w io.Writer, t table) error {
	var aligned bytes.Buffer
	tabs := tabwriter.NewWriter(&aligned, 0, 0, 2, ' ', 0)
	for _, row := range append([][]string{t.columns}, t.rows...) {
		for i, cell := range row {
			if i > 0 {
				_, _ = fmt.Fprint(tabs, "\t")
			}
			_, _ = fmt.Fprint(tabs, printable(cell))
		}
		_, _ = fmt.Fprintln(tabs)
	}
	if err := tabs.Flush(); err != nil {
		return err
	}
	text := aligned.Bytes()
	if terminal.HasColour(w) {
		heading, rows, _ := bytes.Cut(text, []byte("\n"))
		text = slices.Concat([]byte(bold), heading, []byte(reset+"\n"), rows)
	}
	_, err := w.Write(text)
	return err
}

func printCSV(w io.Writer, tables []table) error {
	if len(tables) > 1 {
		return kg.Errorf(kg.BadInput, "csv takes a query with one field at the top, this one has %d", len(tables))
	}
	out := csv.NewWriter(w)
	for _, t := range tables {
		if len(t.columns) == 0 {
			continue
		}
		if err := out.WriteAll(append([][]string{t.columns}, t.rows...)); err != nil {
			return err
		}
	}
	return nil
}
