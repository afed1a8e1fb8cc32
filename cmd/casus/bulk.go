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

// bulking is what `casus bulk` was told.
type bulking struct {
	loading
	out   string
	force bool
}

func bulkCommand() *cobra.Command {
	var b bulking
	c := &cobra.Command{
		Use:   "bulk --out DIR FILE...",
		Short: "Write the graph as files for Neo4j's import tool",
		Long: `Read files as "casus load" does, and write the graph they make into a folder, as the CSV files of
"neo4j-admin database import full". It is the fast way to fill an empty Neo4j with a large data set. The command that imports them is
printed on the standard output, and is in the folder as import.sh: run it where Neo4j is, while the server does not run. The first
command of Casus on the store then makes its constraints and indexes.

A bulk load begins with nothing and cannot be resumed. Newer releases of a data set are loaded afterwards, by "casus load".`,
		Example: `  casus bulk --out graph ged251.csv && sh graph/import.sh
  casus bulk --out graph --force --rejects rejects.jsonl *.jsonl.gz`,
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 0 && !b.sample {
				return usagef("give the files to load, - for the standard input, or --sample")
			}
			if b.out == "" {
				return usagef("give the folder to write to: --out DIR")
			}
			return b.run(c.Context(), args, c.InOrStdin(), c.OutOrStdout(), c.ErrOrStderr())
		},
	}
	b.reading(c)
	flags := c.Flags()
	flags.StringVar(&b.out, "out", "", "the folder to write to, which is made where it is missing and has to be empty")
	flags.BoolVar(&b.force, "force", false, "write over what an earlier bulk load left in the folder")
	return c
}

// bulkChunkSize is the chunk size of a bulk load. It is small because a bulk load is never resumed, and small chunks are
// faster.
const bulkChunkSize = 1000

// bulkMemory is for what a bulk load keeps of each record, beside what any load takes.
const bulkMemory = 340 << 20

func (b bulking) run(ctx context.Context, files []string, stdin io.Reader, stdout, stderr io.Writer) (err error) {
	jobs, err := b.jobs(files, stdin, stderr)
	if err != nil {
		return err
	}
	w, err := open.NewBulk(b.out, b.force)
	switch {
	case kg.CodeOf(err) == kg.Conflict && !b.force:
		return hinted{err, "give another folder, or --force to write over an earlier bulk load"}
	case err != nil:
		return err
	}
	defer func() { err = errors.Join(err, w.Close()) }()
	defer collecting(bulkMemory)()
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
	b.tellRejects(stderr, report)
	say(stderr, "%s", summary(b.out, report, time.Since(started)))
	if err != nil {
		return err
	}
	say(stderr, "written: %d nodes, %d relationships; to import them, the server being stopped:", sum(result.Nodes), sum(result.Relationships))
	where, err := filepath.Abs(b.out)
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(stdout, "cd '%s' && %s\n", strings.ReplaceAll(where, "'", `'\''`), strings.Join(result.Command, " ")); err != nil {
		return err
	}
	if report.Rejected > 0 {
		return errReported
	}
	return nil
}

func sum(counts map[string]int64) int64 {
	n := int64(0)
	for _, c := range counts {
		n += c
	}
	return n
}
