package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/open"
	"casus/loader"
	"casus/loader/sample"
)

// loading is what `casus load` was told.
type loading struct {
	store     storeFlag
	rejects   string
	published string
	texts     []string
	rows      rowFlags
	options   loader.Options
	// ending is called when the last of the files is loaded.
	ending func(context.Context) error
	sample bool
	asJSON bool
	quiet  bool
}

func loadCommand() *cobra.Command {
	var l loading
	c := &cobra.Command{
		Use:   "load FILE...",
		Short: "Load extracted records into the graph",
		Long: `Load records in Casus' extraction format (see "casus schema extraction"): JSON Lines, or one JSON object with the records in
lists; or tables (CSV, TSV, JSON rows), which a mapping turns into such records: one of the program's own, found by the columns or
named by --format, or yours by --mapping (see "casus mapping"); or FollowTheMoney entities, one a line or in one array, which are known
by their id, schema and properties or named by --format ftm. Files may be .gz, .zst or .zip; "-" is the standard input. Loading again
changes nothing; a newer --release of a dataset supersedes what it changed and retracts what it has no more. A load that was interrupted
goes on where it stopped when it is started again.

Every record or row read is applied, unchanged or rejected. Rejects are listed with file, line and reason; --rejects FILE keeps them all
as JSON Lines. The exit code is 1 if there are any.

Words that claims quote are checked against their document's text. Where that comes later, --text gives it, after the files: it must be the
text that the document's hash was made of, if it has one; the words of stored claims that nobody had checked are checked, and those that do not
stand in it are rejected.`,
		Example: `  casus load report.jsonl
  casus load --store neo4j://localhost:7687 --rejects rejects.jsonl *.jsonl.gz
  extract article.txt | casus load --json -
  casus load --release 25.1 --released 2025-06-01 ged251.csv
  casus load --mapping my.yaml data.csv
  casus load --text document:daily-1=daily-1.txt
  casus load --published 2024-06-01 entities.ftm.json
  casus load --sample`,
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 0 && !l.sample && len(l.texts) == 0 {
				return usagef("give the files to load, - for the standard input, or --sample")
			}
			return l.run(c.Context(), args, c.InOrStdin(), c.OutOrStdout(), c.ErrOrStderr())
		},
	}
	l.store.add(c)
	l.reading(c)
	flags := c.Flags()
	flags.StringArrayVar(&l.texts, "text", nil, "the text of a stored document, as DOCUMENT=FILE; may be given several times")
	flags.DurationVar(&l.options.RetryTimeout, "retry-timeout", loader.DefaultRetryTimeout,
		"how long to retry when the store is unavailable")
	flags.BoolVar(&l.asJSON, "json", false, "print the report as JSON")
	return c
}

// reading adds the flags that say how the files are read.
func (l *loading) reading(c *cobra.Command) {
	l.rows.add(c)
	flags := c.Flags()
	flags.StringVar(&l.rejects, "rejects", "", "write rejected records to this file, as JSON Lines with their reasons")
	flags.IntVar(&l.options.MaxRejects, "max-rejects", 0, "stop after this many rejects; 0: never")
	flags.IntVar(&l.options.BatchSize, "batch", 0, "how many records one transaction takes; 0: the loader's own choice")
	flags.IntVar(&l.options.ChunkSize, "chunk-size", 0,
		"rows or records to load together, and at most to repeat after an interruption (default: the loader's choice)")
	flags.BoolVar(&l.options.KeepText, "keep-text", false, "keep documents' texts in the graph; without it only their hashes are kept")
	flags.BoolVar(&l.options.Restore, "restore", false, "load what casus export --format casus wrote as it was: texts kept, words as they were checked then")
	flags.StringVar(&l.published, "published", "", "when claims without any date of their own were published (EDTF, such as 2025-12-20)")
	flags.BoolVar(&l.sample, "sample", false, "load the bundled example")
	flags.BoolVarP(&l.quiet, "quiet", "q", false, "show no progress")
}

// memory is what the program's memory is kept below while it loads, if it can be. Up to there garbage may pile up, in per cent
// of what is in use: collecting it more often costs a load a quarter of its time. $GOMEMLIMIT and $GOGC say otherwise.
const (
	memory  = 224 << 20
	garbage = 400
)

// collecting keeps the program's memory so, until what it gives is called.
func collecting(memory int64) (end func()) {
	if os.Getenv("GOMEMLIMIT") != "" || os.Getenv("GOGC") != "" {
		return func() {}
	}
	limit, percent := debug.SetMemoryLimit(memory), debug.SetGCPercent(garbage)
	return func() {
		debug.SetMemoryLimit(limit)
		debug.SetGCPercent(percent)
	}
}

func (l loading) run(ctx context.Context, files []string, stdin io.Reader, stdout, stderr io.Writer) (err error) {
	jobs, err := l.jobs(files, stdin, stderr)
	if err != nil {
		return err
	}
	texts, err := readTexts(l.texts)
	if err != nil {
		return err
	}
	st, shown, err := l.store.connect(ctx, open.Default)
	if err != nil {
		return err
	}
	defer closing(st, &err)
	defer collecting(memory)()
	p := newProgress(stderr, l.quiet)
	started := time.Now()
	report, err := l.loadFirst(ctx, st, jobs, texts, p)
	p.done()
	if e := l.print(stdout, stderr, shown, report, time.Since(started)); err == nil {
		err = e
	}
	if err == nil && report.Rejected > 0 {
		return errReported
	}
	if err != nil && ctx.Err() != nil {
		return hinted{err, "what was loaded is kept: the same command goes on from there"}
	}
	return err
}

// jobs finds the files and how they are to be read, and completes the options.
func (l *loading) jobs(files []string, stdin io.Reader, stderr io.Writer) ([]job, error) {
	inputs, err := l.inputs(files, stdin)
	if err != nil {
		return nil, err
	}
	if l.published != "" {
		t, err := edtf.ParseTime(l.published)
		if err != nil {
			return nil, usageError{fmt.Errorf("--published: %w", err)}
		}
		l.options.Published = &t
	}
	l.options.KeepText = l.options.KeepText || l.sample
	l.options.Now = edtf.InstantOf(time.Now())
	jobs, err := l.rows.jobs(inputs, stderr)
	for _, j := range jobs {
		j.date(l.options)
	}
	return jobs, err
}

// loadFirst loads into a store that, while it is empty, may do without indexes; they are made when the load ends, before texts
// are supplied. Where it is interrupted, they are made by whoever opens the store to read, or at the end of the next load.
func (l loading) loadFirst(ctx context.Context, st store.Store, jobs []job, texts []loader.Text, p *progress) (loader.Report, error) {
	if !st.Properties().DeferredIndexes {
		return l.load(ctx, st, jobs, texts, p)
	}
	if err := st.DropDeferredIndexes(ctx); err != nil {
		return loader.NewReport(), err
	}
	l.ending = func(ctx context.Context) error {
		debug.FreeOSMemory() // sorting has memory of its own
		return st.BuildDeferredIndexes(ctx, func(built, all int) {
			p.show(loader.Progress{Stage: fmt.Sprintf("building indexes, %d of %d", built+1, all)})
		})
	}
	report, err := l.load(ctx, st, jobs, texts, p)
	if (err != nil || len(jobs) == 0) && ctx.Err() == nil {
		err = errors.Join(err, l.ending(ctx))
	}
	return report, err
}

// load loads the jobs' files into a store, and then supplies the texts.
func (l loading) load(ctx context.Context, st loader.Store, jobs []job, texts []loader.Text, p *progress) (report loader.Report, err error) {
	report = loader.NewReport()
	if l.rejects != "" {
		f, e := os.Create(l.rejects)
		if e != nil {
			return report, e
		}
		defer func() {
			if e := f.Close(); e != nil && err == nil {
				err = e
			}
		}()
		l.options.Rejects = f
	}
	l.options.Progress = p.show
	for i, j := range jobs {
		if i == len(jobs)-1 {
			l.options.BeforeDone = l.ending
		}
		done, e := j.load(ctx, st, l.options)
		report.Add(done)
		if e != nil {
			return report, e
		}
	}
	done, err := loader.AttachTexts(ctx, st, texts, l.options)
	report.Add(done)
	return report, err
}

// readTexts reads what --text names. An id may hold "=", so the last one parts it from the file.
func readTexts(flags []string) ([]loader.Text, error) {
	var all []loader.Text
	for _, f := range flags {
		i := strings.LastIndexByte(f, '=')
		if i < 0 {
			return nil, usagef("--text %s: give a document and a file, as document:daily-1=daily-1.txt", f)
		}
		id, file := kg.ID(f[:i]), f[i+1:]
		if err := id.Check(kg.KindDocument); err != nil {
			return nil, usagef("--text %s: %v", f, err)
		}
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, kg.Errorf(kg.NotFound, "cannot read the text of %s: %w", id, err)
		}
		all = append(all, loader.Text{Document: id, File: file, Text: string(text)})
	}
	return all, nil
}

func (l loading) inputs(files []string, stdin io.Reader) ([]loader.Input, error) {
	inputs, err := loader.Files(files, stdin)
	if err != nil {
		return nil, err
	}
	if l.sample {
		inputs = append(inputs, loader.FS(sample.Files(), sample.Names())...)
	}
	return inputs, nil
}

// print tells what became of the records: for people on stderr, or as JSON on stdout.
func (l loading) print(stdout, stderr io.Writer, shown string, r loader.Report, took time.Duration) error {
	if l.asJSON {
		return writeJSON(stdout, r)
	}
	l.tellRejects(stderr, r)
	_, err := fmt.Fprintln(stdout, summary(shown, r, took))
	return err
}

func (l loading) tellRejects(stderr io.Writer, r loader.Report) {
	for _, reject := range r.FirstRejects {
		say(stderr, "rejected: %s", reject)
	}
	if more := r.Rejected - len(r.FirstRejects); more > 0 {
		where := "--rejects FILE keeps all"
		if l.rejects != "" {
			where = l.rejects + " has all"
		}
		say(stderr, "rejected: and %d more; %s", more, where)
	}
}
