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

	"github.com/spf13/cobra"

	"casus/cmd/casus/commandline"
	"casus/internal/export"
	"casus/internal/outfile"
	"casus/internal/server/exports"
	"casus/internal/store"
	"casus/internal/store/open"
	"casus/internal/store/unknown"
	"casus/internal/terminal"
)

// exportRun is one run of `casus export`.
type exportRun struct {
	store  storeFlag
	format string
	out    string
	filter string
	sample sampleFlag
	quiet  bool
	force  bool
}

func exportCommand() *cobra.Command {
	var e exportRun
	var formats strings.Builder
	for _, f := range export.Formats() {
		_, _ = fmt.Fprintf(&formats, "  %-11s %s\n", f.Name, f.About) // a strings.Builder returns no error
	}
	c := &cobra.Command{
		Use:   "export --format FORMAT",
		Short: "Write the graph for other programs: Gephi, GIS, spreadsheets, timelines, data frames",
		Long: `Write the graph, or the events that the filters select, in the format of another program:

` + formats.String() + `
The export goes to the standard output, or with --out to a file, which appears only once it is
complete. What exists is replaced only with --force; the store never is. Formats with several tables
write the one of --table, or all of them: into the folder of --out, or as a zip. A server offers the
same formats at /export/FORMAT.`,
		Example: `  casus export --format gexf --out war.gexf
  casus export --format gexf --graph actors --category ASSAULT > who-fought-whom.gexf
  casus export --format geojson --place location:odesa --from 2025-12
  casus export --format csv --out tables
  casus export --format parquet --table events --filter saved-filter.json --out events.parquet
  casus export --format casus | casus load --restore --store sqlite:copy.db -`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			parameters := url.Values{}
			for _, p := range exports.Parameters() {
				if f := c.Flags().Lookup(p.Flag()); f.Changed {
					parameters[p.Name] = commandline.Values(f.Value)
				}
			}
			return e.run(c.Context(), parameters, c.OutOrStdout(), c.ErrOrStderr())
		},
	}
	e.store.add(c)
	flags := c.Flags()
	flags.StringVar(&e.format, "format", "", "the format: "+strings.Join(export.Names(), ", "))
	flags.StringVarP(&e.out, "out", "o", "",
		"write to this file, or the tables into this folder; - is the standard output")
	for _, p := range exports.Parameters() {
		help := p.Help
		if p.Name == "filter" {
			help = "a file with " + help
		}
		if p.Repeatable {
			flags.StringArray(p.Flag(), nil, help+". May be repeated")
		} else {
			flags.Var(new(commandline.SingleValue), p.Flag(), help)
		}
	}
	flags.BoolVar(&e.force, "force", false, "replace existing files of --out")
	e.sample.add(c, "export a bundled example")
	flags.BoolVarP(&e.quiet, "quiet", "q", false, "do not print a summary of the written files")
	completeExportFlags(c)
	return c
}

func (e exportRun) run(ctx context.Context, parameters url.Values, stdout, stderr io.Writer) (err error) {
	if e.format == "" {
		return usagef("specify the format with --format, one of %s", strings.Join(export.Names(), ", "))
	}
	f, err := export.Find(e.format)
	if err != nil {
		return usageError{err}
	}
	if parameters.Has("filter") {
		e.filter = parameters.Get("filter")
		body, err := os.ReadFile(e.filter)
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
	if binary := f.Name == "parquet" || exports.IsArchive(f, r); binary && e.out == "" && terminal.Is(stdout) {
		return usagef("the output is binary: specify --out, or redirect the standard output")
	}
	for _, path := range e.outputs(f, r) {
		if err := e.guard().Check(path); err != nil {
			return outputError(err)
		}
	}
	s, err := e.open(ctx, stderr)
	if err != nil {
		return err
	}
	defer closeStore(s, &err)
	return outputError(e.write(ctx, s, f, r, stdout, stderr))
}

// guard returns the guard of the output: the store and the filter are never replaced.
func (e exportRun) guard() outfile.Guard {
	g := outfile.Guard{Force: e.force, Protected: []string{e.filter}}
	if !e.sample.selected() {
		g.Protected = append(g.Protected, e.store.storeFiles()...)
	}
	return g
}

// outputs returns the files that the export writes; none for the standard output.
func (e exportRun) outputs(f export.Format, r export.Request) []string {
	switch {
	case e.out == "":
		return nil
	case e.inFolder(f, r):
		var paths []string
		for _, t := range export.Tables.Values() {
			paths = append(paths, filepath.Join(e.out, string(t)+"."+f.Extension))
		}
		return paths
	}
	return []string{e.out}
}

// inFolder reports whether the export writes a folder of tables.
func (e exportRun) inFolder(f export.Format, r export.Request) bool {
	return exports.IsArchive(f, r) && e.out != "" && filepath.Ext(e.out) != ".zip"
}

func (e exportRun) open(ctx context.Context, stderr io.Writer) (store.Store, error) {
	if !e.sample.selected() {
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
	if err := loadSample(ctx, s, e.sample.sample(), log); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func (e exportRun) write(
	ctx context.Context, s export.Source, f export.Format, r export.Request, stdout, stderr io.Writer,
) error {
	switch {
	case e.inFolder(f, r):
		return e.writeTables(ctx, s, f, r, stderr)
	case e.out != "":
		return e.guard().Write(ctx, e.out, func(w io.Writer) error {
			return e.report(ctx, s, r, stderr)(exports.Write(ctx, s, f, r, w))
		})
	}
	return e.report(ctx, s, r, stderr)(exports.Write(ctx, s, f, r, stdout))
}

// writeTables writes all tables into the folder of --out. They appear together, once all are complete.
func (e exportRun) writeTables(
	ctx context.Context, s export.Source, f export.Format, r export.Request, stderr io.Writer,
) (err error) {
	if err := os.MkdirAll(e.out, 0o755); err != nil {
		return err
	}
	var files []*outfile.File
	defer func() {
		for _, file := range files {
			err = errors.Join(err, file.Abort()) // nothing after a commit
		}
	}()
	for i, path := range e.outputs(f, r) {
		file, err := e.guard().Create(ctx, path)
		if err != nil {
			return err
		}
		files = append(files, file)
		r.Table = export.Tables.Values()[i]
		if err := e.report(ctx, s, r, stderr)(f.Write(ctx, s, r, file)); err != nil {
			return err
		}
	}
	for _, file := range files {
		if err := file.Commit(); err != nil {
			return err
		}
	}
	return nil
}

// report returns a function that prints a summary of the written files, or returns the error. If the export is empty,
// it also warns of filter values that nothing in the store has.
func (e exportRun) report(
	ctx context.Context, from export.Source, r export.Request, stderr io.Writer,
) func(export.Summary, error) error {
	return func(s export.Summary, err error) error {
		if err != nil || e.quiet {
			return err
		}
		printLine(stderr, "written: %s", exportSummary(s))
		for _, n := range s.Written {
			if n > 0 {
				return nil
			}
		}
		missing, err := unknown.Missing(ctx, from, unknown.ValuesIn(r.Filter))
		if err != nil {
			return err
		}
		for _, v := range missing {
			nearest, err := v.Nearest(ctx, from)
			if err != nil {
				return err
			}
			printLine(stderr, "warning: %s", v.Message(nearest))
		}
		return nil
	}
}

// exportSummary returns a summary of the written records and the number of events that were left out.
func exportSummary(s export.Summary) string {
	var parts []string
	for _, what := range slices.Sorted(maps.Keys(s.Written)) { // plurals, such as features
		parts = append(parts, plural(s.Written[what], strings.TrimSuffix(what, "s")))
	}
	text := cmp.Or(strings.Join(parts, ", "), "nothing")
	if s.LeftOut > 0 {
		text += fmt.Sprintf("; left out: %s %s", plural(s.LeftOut, "event"), s.Why)
	}
	return text
}
