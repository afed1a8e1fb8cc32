package main

import (
	"encoding/json"
	"io"

	"github.com/spf13/cobra"
)

// addJSONFlag adds --json. A report is one indented object, a list is one object a line. Keys are in camel case.
func addJSONFlag(c *cobra.Command, value *bool, what string) {
	c.Flags().BoolVar(value, "json", false, "print "+what+" as JSON")
}

// writeJSON prints a report.
func writeJSON(w io.Writer, report any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(report)
}

// writeJSONLine prints one object of a list.
func writeJSONLine(w io.Writer, object any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(object)
}
