package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"casus/internal/kg"
	"casus/internal/store/open"
	"casus/loader"
)

// bulkRun is one run of `casus bulk`.
type bulkRun struct {
	loadRun
	out string
}

func bulkCommand() *cobra.Command {
	var b bulkRun
	c := &cobra.Command{
		Use:   "bulk --out DIR FILE...",
		Short: "Write the graph as files for Neo4j's import tool",
		Long: `Read files as "casus load" does and write their graph into a folder, as CSV files for "neo4j-admin
database import full". This is the fast way to fill an empty Neo4j with a large data set. The import
command is printed on the standard output and written to the folder as import.sh: run it on Neo4j's
machine while the server is stopped. The first command of Casus on the store then creates its
constraints and indexes.

A bulk load starts from an empty graph and cannot be resumed. Load newer releases of a data set with
"casus load".`,
		Example: `  casus bulk --out graph ged251.csv && sh graph/import.sh
  casus bulk --out graph --force --rejects rejects.jsonl *.jsonl.gz`,
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 0 && !b.sample.selected() {
				return usagef("specify the files to load, - for the standard input, or --sample")
			}
			if b.out == "" {
				return usagef("specify the folder to write to: --out DIR")
			}
			return b.run(c.Context(), args, c.InOrStdin(), c.OutOrStdout(), c.ErrOrStderr())
		},
	}
	b.addInputFlags(c)
	flags := c.Flags()
	flags.StringVar(&b.out, "out", "", "the folder to write to; it is created if missing and must be empty")
	flags.BoolVar(&b.force, "force", false, "overwrite the files of an earlier bulk load in the folder, and of --rejects")
	addJSONFlag(c, &b.asJSON, "the report and the import command")
	return c
}

// bulkChunkSize is the default number of rows in a chunk. It is small because a bulk load has no checkpoint, so no
// chunk is repeated after an interrupt, and because its lookups are fast.
const bulkChunkSize = 1000

// bulkMemory is the soft memory limit of a bulk load, in bytes. It is higher than loadMemory, because a bulk load holds
// an index of all records.
const bulkMemory = 340 << 20

func (b bulkRun) run(ctx context.Context, files []string, stdin io.Reader, stdout, stderr io.Writer) (err error) {
	jobs, err := b.jobs(files, stdin, stderr)
	if err != nil {
		return err
	}
	g := b.guard(files)
	if err := g.CheckFolder(b.out); err != nil {
		return outputError(err)
	}
	if b.rejects != "" {
		if err := g.Check(b.rejects); err != nil {
			return outputError(err)
		}
	}
	w, err := open.NewBulk(b.out, b.force)
	switch {
	case kg.CodeOf(err) == kg.Conflict && !b.force:
		return hintedError{err, "specify another folder, or --force to overwrite an earlier bulk load"}
	case err != nil:
		return err
	}
	defer func() { err = errors.Join(err, w.Close()) }()
	if err := b.openRejects(ctx, g); err != nil {
		return err
	}
	defer func() { err = b.closeRejects(err) }()
	defer limitMemory(bulkMemory)()
	p := newProgress(stderr, b.quiet)
	started := time.Now()
	b.options.ChunkSize = cmp.Or(b.options.ChunkSize, bulkChunkSize)
	report, err := b.load(ctx, w, jobs, nil, p)
	var result open.BulkResult
	if err == nil {
		result, err = w.Finish(ctx, func(done, total int) {
			p.show(loader.Progress{Stage: "writing files", Bytes: int64(done), Size: int64(total)})
		})
	}
	p.done()
	if e := b.printResult(stdout, stderr, report, result, time.Since(started), err != nil); err == nil {
		err = e
	}
	if err == nil && report.AnyRejected() {
		return errReported
	}
	return err
}

// bulkReport is the JSON report of a bulk load.
type bulkReport struct {
	Folder string `json:"folder"`
	loader.Report
	// Nodes and Relationships count the written rows by label and type; null if the load failed.
	Nodes         map[string]int64 `json:"nodes"`
	Relationships map[string]int64 `json:"relationships"`
	// ImportCommand is a shell command; empty if the load failed.
	ImportCommand string `json:"importCommand,omitempty"`
}

// printResult prints the import command on stdout and the report on stderr, or both as JSON on stdout. If the load
// failed, there is no command.
func (b bulkRun) printResult(
	stdout, stderr io.Writer, r loader.Report, result open.BulkResult, took time.Duration, failed bool,
) error {
	command := ""
	if !failed {
		if n := result.Nodes["Event"]; n > 0 {
			r.Added[kg.KindEvent] = int(n)
		}
		folder, err := filepath.Abs(b.out)
		if err != nil {
			return err
		}
		command = "cd '" + strings.ReplaceAll(folder, "'", `'\''`) + "' && " + strings.Join(result.Command, " ")
	}
	if b.asJSON {
		return writeJSON(stdout, bulkReport{b.out, r, result.Nodes, result.Relationships, command})
	}
	b.printRejects(stderr, r)
	printWarnings(stderr, r)
	if !b.quiet || failed || r.AnyRejected() {
		printLine(stderr, "%s", summary(b.out, r, took))
	}
	if failed {
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
