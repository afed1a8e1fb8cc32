package main

import (
	"errors"
	"io"

	"github.com/spf13/cobra"

	"casus/internal/kg"
	"casus/loader"
	"casus/loader/mapping"
)

func tryCommand() *cobra.Command {
	var f rowFlags
	rows := 3
	c := &cobra.Command{
		Use:     "try [MAPPING] FILE",
		Short:   "Print the records of a file's first rows without loading them",
		Example: "  casus mapping try data.csv\n  casus mapping try mine.yaml data.csv --rows 10",
		Args:    cobra.RangeArgs(1, 2),
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 2 {
				if f.format != "" || f.mapping != "" {
					return usagef("two mappings are specified: %s, and one with a flag", args[0])
				}
				f.mapping, args = args[0], args[1:]
			}
			inputs, err := loader.Files(args, c.InOrStdin())
			if err != nil {
				return err
			}
			if err := setEncoding(inputs, f.encoding); err != nil {
				return err
			}
			m, err := f.chosen()
			if err != nil {
				return usageError{err}
			}
			in := &textInputs(inputs)[0]
			if m == nil {
				if m, err = detectFormat(in); err != nil {
					return err
				}
			}
			if m == nil {
				return kg.Errorf(kg.BadInput,
					"%s is in the extraction format, or needs a mapping: specify --format or --mapping", args[0])
			}
			if m, err = f.withDates(m); err != nil {
				return err
			}
			return tryRows(c.OutOrStdout(), c.ErrOrStderr(), *in, m, rows)
		},
	}
	c.Flags().StringVar(&f.format, "format", "", "try this embedded mapping")
	c.Flags().StringVar(&f.mapping, "mapping", "", "try this mapping file")
	addDates(c, &f.dates)
	addEncodingFlag(c, &f.encoding)
	c.Flags().IntVar(&rows, "rows", rows, "the number of rows")
	c.MarkFlagsMutuallyExclusive("format", "mapping")
	completeFlag(c, "format", inputFormats)
	return c
}

// errEnoughRows ends the iteration over rows after the requested number.
var errEnoughRows = errors.New("enough rows")

// tryRows prints the records of rows. If a row is invalid, it returns an error after all rows are printed.
func tryRows(out, stderr io.Writer, in loader.Input, m loader.Mapper, rows int) error {
	row, invalid := 0, 0
	err := loader.EachRow(in, m, func(records []mapping.Record, err error) error {
		if row++; row > rows {
			return errEnoughRows
		}
		printLine(stderr, "row %d: %s", row, plural(len(records), "record"))
		if err != nil {
			invalid++
			printLine(stderr, "  %v", err)
		}
		for _, r := range records {
			if err := writeJSON(out, r.Fields); err != nil {
				return err
			}
		}
		return nil
	})
	switch {
	case err != nil && !errors.Is(err, errEnoughRows):
		return err
	case invalid > 0:
		return errReported
	}
	return nil
}
