package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"runtime/debug"
	"strings"
	"time"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/outfile"
	"casus/internal/store"
	"casus/internal/store/dryrun"
	"casus/internal/store/open"
	"casus/loader"
)

// jobs completes the options and returns the files, grouped by how they are read.
func (l *loadRun) jobs(files []string, stdin io.Reader, stderr io.Writer) ([]job, error) {
	inputs, err := loader.Files(files, stdin)
	if err != nil {
		return nil, err
	}
	if err := setEncoding(inputs, l.rows.encoding); err != nil {
		return nil, err
	}
	if l.sample.selected() {
		s := l.sample.sample()
		inputs = append(inputs, loader.FS(s.Files(), s.Names())...)
	}
	if l.published != "" {
		t, err := edtf.ParseTime(l.published)
		if err != nil {
			return nil, usageError{fmt.Errorf("--published: %w", err)}
		}
		l.options.Published = &t
	}
	l.options.KeepText = l.options.KeepText || l.sample.selected()
	l.options.Now = edtf.InstantOf(time.Now())
	if l.quiet {
		stderr = io.Discard
	}
	jobs, err := l.rows.jobs(textInputs(inputs), stderr)
	for _, j := range jobs {
		j.setDates(l.options)
	}
	return jobs, err
}

// loadInto loads into the chosen store. The outcome is nil if the store cannot be opened, and the error is errReported
// if anything is rejected.
func (l loadRun) loadInto(ctx context.Context, jobs []job, texts []loader.Text, p *progress) (o *outcome, err error) {
	if l.dryRun {
		return l.dryLoad(ctx, jobs, p)
	}
	target, err := l.store.connectForLoad(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = target.Close(ctx, err) }()
	report, err := l.loadAndIndex(ctx, target.Store, jobs, texts, p)
	if err == nil && report.AnyRejected() {
		err = errReported
	}
	return &outcome{shown: target.shown, report: report}, err
}

// outcome is a report, and the URL of its store without a password.
type outcome struct {
	shown  string
	report loader.Report
	// effects are the changes of events and nodes that a dry run shows; nil if it shows none.
	effects *store.Effects
}

// dryLoad does everything that a load does except write. A file that does not exist is an empty store.
func (l loadRun) dryLoad(ctx context.Context, jobs []job, p *progress) (o *outcome, err error) {
	var base dryrun.Previewer
	url := l.store.chosen(open.Default)
	if path, isFile := open.File(url); !isFile || fileExists(path) {
		st, _, e := l.store.connect(ctx, open.Default)
		if e != nil {
			return nil, e
		}
		defer closeStore(st, &err)
		base = st
	}
	dry, err := dryrun.NewRecorder(ctx, base)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, dry.Close()) }()
	report, err := l.load(ctx, dry, jobs, nil, p)
	o = &outcome{shown: open.Redacted(url), report: report}
	if err == nil && len(l.options.ReplacesRuns) > 0 {
		o.effects, err = dry.Effects(ctx)
	}
	if err == nil && report.AnyRejected() {
		err = errReported
	}
	return o, err
}

func fileExists(path string) bool {
	_, err := os.Stat(path)
	return !errors.Is(err, fs.ErrNotExist)
}

// loadAndIndex loads into a store. One that is still empty may drop indexes first; they are built after the files are
// loaded and before texts are supplied. After an interrupt they are built by the next command that opens the store for
// reading, or at the end of the next load.
func (l loadRun) loadAndIndex(
	ctx context.Context, st store.Store, jobs []job, texts []loader.Text, p *progress,
) (loader.Report, error) {
	if !st.Properties().DeferredIndexes {
		return l.load(ctx, st, jobs, texts, p)
	}
	if err := st.DropDeferredIndexes(ctx); err != nil {
		return loader.NewReport(), err
	}
	l.beforeTexts = func(ctx context.Context) error {
		debug.FreeOSMemory() // building an index takes memory outside the Go heap
		return st.BuildDeferredIndexes(ctx, func(built, total int) {
			p.show(loader.Progress{Stage: fmt.Sprintf("building indexes (%d/%d)", built+1, total)})
		})
	}
	l.options.BeforeRewrite = st.DropQueryIndexes
	report, err := l.load(ctx, st, jobs, texts, p)
	if (err != nil || len(jobs) == 0) && ctx.Err() == nil {
		err = errors.Join(err, l.beforeTexts(ctx))
	}
	return report, err
}

// load loads the files of all jobs and then supplies the texts.
func (l loadRun) load(
	ctx context.Context, st loader.Store, jobs []job, texts []loader.Text, p *progress,
) (report loader.Report, err error) {
	report = loader.NewReport()
	l.options.Progress = p.show
	for i, j := range jobs {
		if i == len(jobs)-1 {
			l.options.BeforeDone = l.beforeTexts
		}
		part, e := j.load(ctx, st, l.options)
		report.Add(part)
		if e != nil {
			return report, e
		}
	}
	part, err := loader.AttachTexts(ctx, st, texts, l.options)
	report.Add(part)
	return report, err
}

// openRejects creates the file of --rejects before anything is loaded.
func (l *loadRun) openRejects(ctx context.Context, g outfile.Guard) (err error) {
	if l.rejects == "" {
		return nil
	}
	if l.rejectsFile, err = g.Create(ctx, l.rejects); err != nil {
		return outputError(err)
	}
	l.options.Rejects = l.rejectsFile
	return nil
}

// closeRejects moves the file of --rejects into its place, also after a failed load. A failed load without rejects
// leaves no file.
func (l *loadRun) closeRejects(loadErr error) error {
	switch {
	case l.rejectsFile == nil:
		return loadErr
	case loadErr != nil && !errors.Is(loadErr, errReported) && l.rejectsFile.Empty():
		return errors.Join(loadErr, l.rejectsFile.Abort())
	}
	err := outputError(l.rejectsFile.Commit())
	if loadErr == nil || errors.Is(loadErr, errReported) && err != nil {
		return err
	}
	return loadErr
}

// textFiles returns the files of --text.
func (l *loadRun) textFiles() []string {
	var files []string
	for _, f := range l.texts {
		files = append(files, f[strings.LastIndexByte(f, '=')+1:])
	}
	return files
}

// readTexts reads the files of --text. An id may contain "=", so the last one separates it from the file's name.
func readTexts(flags []string) ([]loader.Text, error) {
	var all []loader.Text
	for _, f := range flags {
		i := strings.LastIndexByte(f, '=')
		if i < 0 {
			return nil, usagef("--text %s: specify a document and a file, as document:daily-1=daily-1.txt", f)
		}
		id, file := kg.ID(f[:i]), f[i+1:]
		if err := id.Check(kg.KindDocument); err != nil {
			return nil, usagef("--text %s: %v", f, err)
		}
		read := func() (string, error) {
			text, err := readBounded("the text of "+string(id), file, kg.MaxDocumentBytes)
			return string(text), err
		}
		if _, err := os.Stat(file); err != nil {
			return nil, kg.Errorf(kg.NotFound, "cannot read the text of %s: %w", id, err)
		}
		all = append(all, loader.Text{Document: id, File: file, Read: read})
	}
	return all, nil
}

const (
	// loadMemory is the soft memory limit of a load, in bytes.
	loadMemory = 224 << 20
	// loadGCPercent lets the heap grow up to that limit. More frequent collections take a quarter of a load's time.
	loadGCPercent = 400
)

// limitMemory sets a soft memory limit in bytes and a high GC percentage, until restore is called. $GOMEMLIMIT and
// $GOGC take precedence.
func limitMemory(limit int64) (restore func()) {
	if os.Getenv("GOMEMLIMIT") != "" || os.Getenv("GOGC") != "" {
		return func() {}
	}
	oldLimit, oldPercent := debug.SetMemoryLimit(limit), debug.SetGCPercent(loadGCPercent)
	return func() {
		debug.SetMemoryLimit(oldLimit)
		debug.SetGCPercent(oldPercent)
	}
}

// guard returns the guard of a load's output: its inputs, mapping, texts and store are never replaced.
func (l *loadRun) guard(files []string) outfile.Guard {
	g := outfile.Guard{Force: l.force, Protected: files}
	g.Protected = append(append(g.Protected, l.rows.files...), l.textFiles()...)
	return g
}
