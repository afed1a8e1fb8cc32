package main

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/spf13/cobra"

	"casus/internal/export"
	"casus/internal/server/exports"
)

// exportRun is one run of `casus export`.
type exportRun struct {
	store  storeFlag
	format string
	out    string
	sample bool
	quiet  bool
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
complete. Formats with several tables write the one of --table, or all of them: into the folder of
--out, or as a zip. A server offers the same formats at /export/FORMAT.`,
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
					values, err := c.Flags().GetStringArray(p.Flag())
					if err != nil {
						return err
					}
					parameters[p.Name] = values
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
			help += ". May be repeated"
		}
		flags.StringArray(p.Flag(), nil, help)
	}
	flags.BoolVar(&e.sample, "sample", false, "export the bundled example")
	flags.BoolVarP(&e.quiet, "quiet", "q", false, "do not report what was written")
	completeExportFlags(c)
	return c
}
