package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"casus/internal/kg"
	"casus/loader"
	"casus/loader/dates"
	"casus/loader/ftm"
	"casus/loader/mapping"
	"casus/loader/table"
)

// rowFlags are the flags of input formats and releases.
type rowFlags struct {
	format, mapping, encoding, dataset, release, released string
	dates                                                 string
	part, emptyRelease, allowRetract                      bool
	// files are the mapping file and the files of tables that it has read.
	files []string
}

func (f *rowFlags) add(c *cobra.Command) {
	flags := c.Flags()
	flags.StringVar(&f.format, "format", "", "the files' format: an embedded mapping (see \"casus mapping list\"), "+
		"ftm (FollowTheMoney) or casus (the extraction format)")
	flags.StringVar(&f.mapping, "mapping", "", "map the files' rows with this mapping file")
	addEncodingFlag(c, &f.encoding)
	flags.StringVar(&f.dataset, "dataset", "", "the data set of the rows (default: the mapping's name)")
	flags.StringVar(&f.release, "release", "", "the data set's release, such as 25.1 (default: \"unnamed\")")
	flags.StringVar(&f.released, "released", "",
		"the release date (EDTF), from which the release's additions, changes and removals are known")
	flags.BoolVar(&f.part, "part", false,
		"the files are a part of the release: retract no claims of older rows that are missing")
	addDates(c, &f.dates)
	flags.BoolVar(&f.emptyRelease, "empty-release", false,
		"load a release although it has no row, and retract all older rows")
	flags.BoolVar(&f.allowRetract, "allow-retract", false,
		"load a release although it retracts more than half of what another release states")
	c.MarkFlagsMutuallyExclusive("format", "mapping")
	completeFlag(c, "format", inputFormats)
}

// addDates adds the flag for the order of days and months.
func addDates(c *cobra.Command, order *string) {
	c.Flags().StringVar(order, "dates", "",
		"the order of dates such as 03/01/2024: day-first or month-first (default: they are errors)")
	completeFlag(c, "dates", oneOf(dates.Orders()...))
}

// withDates returns a format with the order of dates of the flags, if that is set.
func (f rowFlags) withDates(format inputFormat) (inputFormat, error) {
	if f.dates == "" {
		return format, nil
	}
	m, ok := format.(*mapping.Mapping)
	if !ok {
		return nil, usagef("--dates is for tables that a mapping reads")
	}
	ordered, err := m.WithDates(dates.Order(f.dates))
	if err != nil {
		return nil, usageError{err}
	}
	return ordered, nil
}

func addEncodingFlag(c *cobra.Command, encoding *string) {
	c.Flags().StringVar(encoding, "encoding", "",
		"the files' encoding if it is not UTF-8, such as windows-1252, windows-1251, windows-1256 or utf-16")
}

// setEncoding sets the encoding of the inputs.
func setEncoding(inputs []loader.Input, encoding string) error {
	if encoding == "" {
		return nil
	}
	if _, _, err := table.LookupEncoding(encoding); err != nil {
		return usageError{fmt.Errorf("--encoding: %w", err)}
	}
	for i := range inputs {
		inputs[i].Encoding = encoding
	}
	return nil
}

// inputFormat maps files that are not in the extraction format.
type inputFormat interface {
	loader.Mapper
	// About describes the format.
	About() string
}

// chosen returns the format of the flags, or nil if it has to be detected or is the extraction format.
func (f *rowFlags) chosen() (inputFormat, error) {
	switch {
	case f.mapping != "":
		source, err := readBounded("the mapping", f.mapping, mapping.MaxFileBytes)
		if err != nil {
			return nil, err
		}
		folder := filepath.Dir(f.mapping)
		f.files = append(f.files, f.mapping)
		note := func(name string) { f.files = append(f.files, filepath.Join(folder, name)) }
		return formatOrError(mapping.Parse(f.mapping, source, recordedFiles{os.DirFS(folder), note}))
	case f.format == ftm.Name:
		return formatOrError(ftm.New())
	case f.format != "" && f.format != "casus":
		return formatOrError(mapping.Embedded(f.format))
	}
	return nil, nil
}

// readBounded returns the content of a file, or its first limit+1 bytes if it is larger. what names the file in errors.
func readBounded(what, name string, limit int64) ([]byte, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, kg.Errorf(kg.NotFound, "cannot read %s: %w", what, err)
	}
	content, err := io.ReadAll(io.LimitReader(file, limit+1))
	if err = errors.Join(err, file.Close()); err != nil {
		return nil, kg.Errorf(kg.BadInput, "cannot read %s: %w", what, err)
	}
	return content, nil
}

// detectFormat returns the format of an input, or nil for the extraction format.
func detectFormat(in *loader.Input) (inputFormat, error) {
	entities, err := loader.HasEntities(in)
	switch {
	case err != nil:
		return nil, err
	case entities:
		return formatOrError(ftm.New())
	}
	m, err := loader.DetectMapping(in)
	if m == nil {
		return nil, err
	}
	return m, err
}

// formatOrError returns an untyped nil for a format that could not be created.
func formatOrError[F inputFormat](m F, err error) (inputFormat, error) {
	if err != nil {
		return nil, err
	}
	return m, nil
}

// recordedFiles is a file system that passes the names of opened files to note.
type recordedFiles struct {
	fs.FS
	note func(name string)
}

// Open implements fs.FS.
func (r recordedFiles) Open(name string) (fs.File, error) {
	r.note(name)
	return r.FS.Open(name)
}
