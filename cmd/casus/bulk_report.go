package main

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"casus/internal/store/open"
	"casus/loader"
)

// bulkReport is the JSON report of a bulk load.
type bulkReport struct {
	Folder string `json:"folder"`
	jsonReport
	// Nodes and Relationships count the written rows by label and type; null if the load failed.
	Nodes         map[string]int64 `json:"nodes"`
	Relationships map[string]int64 `json:"relationships"`
	// ImportCommand is a shell command; empty if the load failed.
	ImportCommand string `json:"importCommand,omitempty"`
}

// printResult prints the import command on stdout and the report on stderr, or both as JSON on stdout. loadErr is the
// load's error, which the caller prints.
func (b bulkRun) printResult(
	stdout, stderr io.Writer, r loader.Report, result open.BulkResult, took time.Duration, loadErr error,
) error {
	command := ""
	if loadErr == nil {
		folder, err := filepath.Abs(b.out)
		if err != nil {
			return err
		}
		command = "cd '" + strings.ReplaceAll(folder, "'", `'\''`) + "' && " + strings.Join(result.Command, " ")
	}
	if b.asJSON {
		return writeJSON(stdout, bulkReport{b.out, newJSONReport(r), result.Nodes, result.Relationships, command})
	}
	b.printRejects(stderr, r)
	if !b.quiet || loadErr != nil || r.Rejected > 0 {
		printLine(stderr, "%s", summary(b.out, r, took))
	}
	if loadErr != nil {
		return nil
	}
	if !b.quiet {
		printLine(stderr, "written: %s, %s; to import them, stop the server and run:",
			plural(sum(result.Nodes), "node"), plural(sum(result.Relationships), "relationship"))
	}
	_, err := fmt.Fprintln(stdout, command)
	return err
}

func sum(counts map[string]int64) int64 {
	n := int64(0)
	for _, c := range counts {
		n += c
	}
	return n
}
