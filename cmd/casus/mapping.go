package main

import (
	"fmt"
	"io"
	"slices"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"casus/loader"
	"casus/loader/dates"
	"casus/loader/ftm"
	"casus/loader/mapping"
	"casus/loader/mapping/draft"
)

func mappingCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "mapping",
		Short: "List, show, draft and try the mappings that turn tables into records",
		Long: `A mapping is a YAML file that describes the records of each row of a table. Some mappings are
embedded in the program; others are files of your own. docs/mappings.md explains them.`,
		Example: `  casus mapping list
  casus mapping new data.csv > mine.yaml
  casus mapping show icews-quads > mine.yaml
  casus mapping try mine.yaml data.csv --rows 3`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(listMappingsCommand(), showMappingCommand(), newMappingCommand(), tryCommand())
	return c
}

func listMappingsCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: "List the embedded mappings",
		Args:  cobra.NoArgs,
		RunE:  func(c *cobra.Command, _ []string) error { return listMappings(c.OutOrStdout()) },
	}
}

func listMappings(w io.Writer) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, name := range mapping.Names() {
		m, err := mapping.Embedded(name)
		if err != nil {
			return err
		}
		_, _ = fmt.Fprintf(table, "%s\t%s\n", m.Name, m.Description)
	}
	entities := (*ftm.Mapper)(nil)
	_, _ = fmt.Fprintf(table, "%s\t%s; built in, without a mapping file\n", entities.Key(), entities.About())
	return table.Flush()
}

func showMappingCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "show NAME",
		Short: "Print an embedded mapping, as a starting point for your own",
		Args:  cobra.ExactArgs(1),
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return mappingNames(), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(c *cobra.Command, args []string) error {
			source, err := mapping.Source(args[0])
			if err == nil {
				_, err = c.OutOrStdout().Write(source)
			}
			return err
		},
	}
}

// sampleRows is the number of rows from which a mapping is drafted.
const sampleRows = 5_000

func newMappingCommand() *cobra.Command {
	encoding, order := "", ""
	c := &cobra.Command{
		Use:   "new FILE",
		Short: "Draft a mapping from a table's columns and values, to be reviewed and completed",
		Example: "  casus mapping new data.csv > mine.yaml\n" +
			"  casus mapping new --encoding windows-1252 data.csv > mine.yaml",
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			inputs, err := loader.Files(args, c.InOrStdin())
			if err != nil {
				return err
			}
			columns, rows, err := loader.FirstRows(textInputs(inputs)[0], encoding, sampleRows)
			if err != nil {
				return err
			}
			sample := draft.Sample{
				Name: draft.Name(args[0]), Columns: columns, Rows: rows,
				Dates: dates.Order(order), Encoding: encoding,
			}
			if order != "" && !slices.Contains(dates.Orders(), sample.Dates) {
				return usagef("unknown order of dates %q; must be %s or %s", order, dates.DayFirst, dates.MonthFirst)
			}
			_, err = io.WriteString(c.OutOrStdout(), draft.Mapping(sample))
			return err
		},
	}
	addDates(c, &order)
	c.Flags().StringVar(&encoding, "encoding", "", "the file's encoding if it is not UTF-8, such as windows-1252")
	return c
}
