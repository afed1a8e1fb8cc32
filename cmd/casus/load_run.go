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

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/loader"
	"casus/loader/sample"
)

// jobs completes the options and returns the files, grouped by how they are read.
func (l *loadRun) jobs(files []string, stdin io.Reader, stderr io.Writer) ([]job, error) {
	inputs, err := loader.Files(files, stdin)
	if err != nil {
		return nil, err
	}
	if l.sample {
		inputs = append(inputs, loader.FS(sample.Files(), sample.Names())...)
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
	if l.quiet {
		stderr = io.Discard
	}
	jobs, err := l.rows.jobs(textInputs(inputs), stderr)
	for _, j := range jobs {
		j.setDates(l.options)
	}
	return jobs, err
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
		debug.FreeOSMemory() // the store sorts in memory of its own
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
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, kg.Errorf(kg.NotFound, "cannot read the text of %s: %w", id, err)
		}
		all = append(all, loader.Text{Document: id, File: file, Text: string(text)})
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
