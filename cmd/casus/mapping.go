package main

import (
	"errors"
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"casus/internal/kg"
	"casus/loader"
	"casus/loader/ftm"
	"casus/loader/mapping"
)

func mappingCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "mapping",
		Short: "List, show, write and try the mappings that turn tables into records",
		Long: `A mapping says in YAML which records each row of a table yields. The program has some of its own; yours are files.
docs/mappings.md explains them.`,
		Example: `  casus mapping list
  casus mapping new data.csv > mine.yaml
  casus mapping show icews-quads > mine.yaml
  casus mapping try mine.yaml data.csv --rows 3`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	var encoding string
	draft := &cobra.Command{
		Use: "new FILE", Short: "Write a first mapping from a table's columns and values, to be read and mended", Args: cobra.ExactArgs(1),
		Example: "  casus mapping new data.csv > mine.yaml\n  casus mapping new --encoding windows-1252 data.csv > mine.yaml",
		RunE: func(c *cobra.Command, args []string) error {
			inputs, err := loader.Files(args, c.InOrStdin())
			if err != nil {
				return err
			}
			columns, rows, err := loader.FirstRows(inputs[0], encoding, 100)
			if err != nil {
				return err
			}
			text := mapping.Draft(mapping.DraftName(args[0]), columns, rows)
			if encoding != "" {
				text += fmt.Sprintf("input: {encoding: %q}\n", encoding)
			}
			_, err = io.WriteString(c.OutOrStdout(), text)
			return err
		},
	}
	draft.Flags().StringVar(&encoding, "encoding", "", "what the file is encoded in, where that is not UTF-8, such as windows-1252")
	c.AddCommand(
		&cobra.Command{
			Use: "list", Short: "List the program's own mappings", Args: cobra.NoArgs,
			RunE: func(c *cobra.Command, _ []string) error { return listMappings(c.OutOrStdout()) },
		},
		&cobra.Command{
			Use: "show NAME", Short: "Print one of the program's own mappings, to begin one of yours with", Args: cobra.ExactArgs(1),
			RunE: func(c *cobra.Command, args []string) error {
				source, err := mapping.Source(args[0])
				if err == nil {
					_, err = c.OutOrStdout().Write(source)
				}
				return err
			},
		},
		draft,
		tryCommand())
	return c
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
	_, _ = fmt.Fprintf(table, "%s\t%s; no mapping file, it cannot be shown\n", entities.Key(), entities.About())
	return table.Flush()
}

// errEnough ends the reading of rows once enough were seen.
var errEnough = errors.New("enough")

func tryCommand() *cobra.Command {
	var f rowFlags
	rows := 3
	c := &cobra.Command{
		Use:     "try [MAPPING] FILE",
		Short:   "Show the records that a file's first rows yield, and load nothing",
		Example: "  casus mapping try data.csv\n  casus mapping try mine.yaml data.csv --rows 10",
		Args:    cobra.RangeArgs(1, 2),
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 2 {
				if f.format != "" || f.mapping != "" {
					return usageError{kg.Errorf(kg.BadInput, "the mapping is named twice: by %s, and by a flag", args[0])}
				}
				f.mapping, args = args[0], args[1:]
			}
			inputs, err := loader.Files(args, c.InOrStdin())
			if err != nil {
				return err
			}
			m, err := f.chosen()
			if err != nil {
				return usageError{err}
			}
			if m == nil {
				if m, err = detected(&inputs[0]); err != nil {
					return err
				}
			}
			if m == nil {
				return kg.Errorf(kg.BadInput, "%s is in the extraction format, or needs a mapping: name one by --format or --mapping", args[0])
			}
			return tryRows(c.OutOrStdout(), c.ErrOrStderr(), inputs[0], m, rows)
		},
	}
	c.Flags().StringVar(&f.format, "format", "", "try one of the program's own mappings")
	c.Flags().StringVar(&f.mapping, "mapping", "", "try this mapping file")
	c.Flags().IntVar(&rows, "rows", rows, "how many rows")
	c.MarkFlagsMutuallyExclusive("format", "mapping")
	return c
}

// tryRows prints what rows yield; a row that yields nothing makes the command fail once all are printed.
func tryRows(out, stderr io.Writer, in loader.Input, m loader.Mapper, rows int) error {
	seen, faults := 0, 0
	err := loader.EachRow(in, m, func(records []mapping.Record, err error) error {
		if seen++; seen > rows {
			return errEnough
		}
		say(stderr, "row %d: %s", seen, plural(len(records), "record"))
		if err != nil {
			faults++
			say(stderr, "  %v", err)
		}
		for _, r := range records {
			if err := writeJSON(out, r.Fields); err != nil {
				return err
			}
		}
		return nil
	})
	switch {
	case err != nil && !errors.Is(err, errEnough):
		return err
	case faults > 0:
		return errReported
	}
	return nil
}
