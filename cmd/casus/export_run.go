package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"casus/internal/export"
	"casus/internal/server/exports"
	"casus/internal/store"
	"casus/internal/store/open"
)

func (e exportRun) run(ctx context.Context, parameters url.Values, stdout, stderr io.Writer) (err error) {
	if e.format == "" {
		return usagef("specify the format with --format, one of %s", strings.Join(export.Names(), ", "))
	}
	f, err := export.Find(e.format)
	if err != nil {
		return usageError{err}
	}
	if parameters.Has("filter") {
		body, err := os.ReadFile(parameters.Get("filter"))
		if err != nil {
			return err
		}
		parameters.Set("filter", string(body))
	}
	r, err := exports.ParseRequest(parameters)
	if err == nil {
		err = f.Check(r)
	}
	if err != nil {
		return usageError{err}
	}
	if e.out == "-" {
		e.out = ""
	}
	if binary := f.Name == "parquet" || exports.IsArchive(f, r); binary && e.out == "" && isTerminal(stdout) {
		return usagef("the output is binary: specify --out, or redirect the standard output")
	}
	s, err := e.open(ctx, stderr)
	if err != nil {
		return err
	}
	defer closeStore(s, &err)
	return e.write(ctx, s, f, r, stdout, stderr)
}

func (e exportRun) open(ctx context.Context, stderr io.Writer) (store.Store, error) {
	if !e.sample {
		s, _, err := e.store.openExisting(ctx, stderr)
		return s, err
	}
	log, err := logFlags{"text", "error"}.logger(stderr)
	if err != nil {
		return nil, err
	}
	s, _, err := e.store.open(ctx, open.Memory, stderr)
	if err != nil {
		return nil, err
	}
	if err := loadSample(ctx, s, log); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func (e exportRun) write(
	ctx context.Context, s export.Source, f export.Format, r export.Request, stdout, stderr io.Writer,
) error {
	switch {
	case exports.IsArchive(f, r) && e.out != "" && filepath.Ext(e.out) != ".zip":
		for _, t := range export.Tables() {
			r.Table = t
			err := writeFile(filepath.Join(e.out, string(t)+"."+f.Extension), func(w io.Writer) error {
				return e.report(stderr)(f.Write(ctx, s, r, w))
			})
			if err != nil {
				return err
			}
		}
		return nil
	case e.out != "":
		return writeFile(e.out, func(w io.Writer) error {
			return e.report(stderr)(exports.Write(ctx, s, f, r, w))
		})
	}
	return e.report(stderr)(exports.Write(ctx, s, f, r, stdout))
}

// report returns a function that prints what was written, or passes the error on.
func (e exportRun) report(stderr io.Writer) func(export.Summary, error) error {
	return func(s export.Summary, err error) error {
		if err != nil || e.quiet {
			return err
		}
		printLine(stderr, "written: %s", exportSummary(s))
		return nil
	}
}

// exportSummary returns what was written, and how many events were left out.
func exportSummary(s export.Summary) string {
	var parts []string
	for _, what := range slices.Sorted(maps.Keys(s.Written)) { // what is a plural
		parts = append(parts, plural(s.Written[what], strings.TrimSuffix(what, "s")))
	}
	text := cmp.Or(strings.Join(parts, ", "), "nothing")
	if s.LeftOut > 0 {
		text += fmt.Sprintf("; left out: %s %s", plural(s.LeftOut, "event"), s.Why)
	}
	return text
}

// writeFile writes to a temporary file in the same folder and renames it to path once it is complete.
func writeFile(path string, write func(io.Writer) error) (err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(f.Name()))
		}
	}()
	err = write(f)
	if err == nil {
		err = f.Chmod(0o644)
	}
	if e := f.Close(); err == nil {
		err = e
	}
	if err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
