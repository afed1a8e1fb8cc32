package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"casus/internal/export"
	"casus/internal/server/exports"
	"casus/internal/store"
	"casus/internal/store/open"
)

// exporting is what `casus export` was told.
type exporting struct {
	store  storeFlag
	format string
	out    string
	sample bool
	quiet  bool
}

func exportCommand() *cobra.Command {
	var e exporting
	var formats strings.Builder
	for _, f := range export.Formats() {
		_, _ = fmt.Fprintf(&formats, "  %-11s %s\n", f.Name, f.About) // a builder takes everything
	}
	c := &cobra.Command{
		Use:   "export --format FORMAT",
		Short: "Write the graph for other programs: Gephi, GIS, spreadsheets, timelines, data frames",
		Long: `Write the graph, or the events that the filters select, in the format of another program:

` + formats.String() + `
It is written to the standard output, or with --out to a file, which is there only once it is whole. Formats of several tables write one that
--table names, or all of them: into the folder that --out names, or into a zip. The same formats are at /export/FORMAT of a server.`,
		Example: `  casus export --format gexf --out war.gexf
  casus export --format gexf --graph actors --category ASSAULT > who-fought-whom.gexf
  casus export --format geojson --place location:odesa --from 2025-12
  casus export --format csv --out tables
  casus export --format parquet --table events --filter saved-filter.json --out events.parquet
  casus export --format casus | casus load --restore --store sqlite:copy.db -`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			given := url.Values{}
			for _, p := range exports.Parameters() {
				if f := c.Flags().Lookup(p.Flag()); f.Changed {
					values, err := c.Flags().GetStringArray(p.Flag())
					if err != nil {
						return err
					}
					given[p.Name] = values
				}
			}
			return e.run(c.Context(), given, c.OutOrStdout(), c.ErrOrStderr())
		},
	}
	e.store.add(c)
	flags := c.Flags()
	flags.StringVar(&e.format, "format", "", "the format: "+strings.Join(export.Names(), ", "))
	flags.StringVarP(&e.out, "out", "o", "", "write to this file, or the tables into this folder; - is the standard output")
	for _, p := range exports.Parameters() {
		help := p.Help
		if p.Name == "filter" {
			help = "a file with " + help
		}
		if p.Repeatable {
			help += ". May be repeated"
		}
		flags.StringArray(p.Flag(), nil, help)
	}
	flags.BoolVar(&e.sample, "sample", false, "export the bundled example")
	flags.BoolVarP(&e.quiet, "quiet", "q", false, "do not say what was written")
	return c
}

func (e exporting) run(ctx context.Context, given url.Values, stdout, stderr io.Writer) (err error) {
	if e.format == "" {
		return usagef("give the format: --format, one of %s", strings.Join(export.Names(), ", "))
	}
	f, err := export.Find(e.format)
	if err != nil {
		return usageError{err}
	}
	if given.Has("filter") {
		body, err := os.ReadFile(given.Get("filter"))
		if err != nil {
			return err
		}
		given.Set("filter", string(body))
	}
	r, err := exports.ParseRequest(given)
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
		return usagef("this is no text: give --out, or lead the output elsewhere")
	}
	s, err := e.open(ctx, stderr)
	if err != nil {
		return err
	}
	defer closing(s, &err)
	return e.write(ctx, s, f, r, stdout, stderr)
}

func (e exporting) open(ctx context.Context, stderr io.Writer) (store.Store, error) {
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

func (e exporting) write(ctx context.Context, s export.Source, f export.Format, r export.Request, stdout, stderr io.Writer) error {
	all := exports.IsArchive(f, r)
	switch {
	case all && e.out != "" && filepath.Ext(e.out) != ".zip":
		for _, t := range export.Tables() {
			r.Table = t
			err := whole(filepath.Join(e.out, string(t)+"."+f.Extension), func(w io.Writer) error {
				return e.told(stderr)(f.Write(ctx, s, r, w))
			})
			if err != nil {
				return err
			}
		}
		return nil
	case e.out != "":
		return whole(e.out, func(w io.Writer) error { return e.told(stderr)(exports.Write(ctx, s, f, r, w)) })
	}
	return e.told(stderr)(exports.Write(ctx, s, f, r, stdout))
}

// told says what was written.
func (e exporting) told(stderr io.Writer) func(export.Summary, error) error {
	return func(s export.Summary, err error) error {
		if err != nil || e.quiet {
			return err
		}
		say(stderr, "written: %s", s)
		return nil
	}
}

// whole writes a file beside its place and puts it there once it is whole.
func whole(path string, write func(io.Writer) error) (err error) {
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
