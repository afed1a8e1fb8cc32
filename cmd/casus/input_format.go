package main

import (
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"casus/internal/kg"
	"casus/loader"
	"casus/loader/ftm"
	"casus/loader/mapping"
)

// rowFlags are the flags of input formats and releases.
type rowFlags struct {
	format, mapping, dataset, release, released string
	part, emptyRelease, allowRetract            bool
}

func (f *rowFlags) add(c *cobra.Command) {
	flags := c.Flags()
	flags.StringVar(&f.format, "format", "", "the files' format: an embedded mapping (see \"casus mapping list\"), "+
		"ftm (FollowTheMoney) or casus (the extraction format)")
	flags.StringVar(&f.mapping, "mapping", "", "map the files' rows by this mapping file")
	flags.StringVar(&f.dataset, "dataset", "", "the dataset of the rows (default: the mapping's name)")
	flags.StringVar(&f.release, "release", "", "the dataset's release, such as 25.1 (default: \"unnamed\")")
	flags.StringVar(&f.released, "released", "",
		"the release date (EDTF); what the release adds to an older one, changes or removes is known from then on")
	flags.BoolVar(&f.part, "part", false,
		"the files are a part of the release: retract no claims of older rows that are missing")
	flags.BoolVar(&f.emptyRelease, "empty-release", false,
		"load a release although it has no row, and retract all older rows")
	flags.BoolVar(&f.allowRetract, "allow-retract", false,
		"load a release although it retracts more than half of what another release states")
	c.MarkFlagsMutuallyExclusive("format", "mapping")
	completeFlag(c, "format", inputFormats)
}

// inputFormat maps files that are not in the extraction format.
type inputFormat interface {
	loader.Mapper
	// About describes the format.
	About() string
}

// chosen returns the format of the flags, or nil if it has to be detected or is the extraction format.
func (f rowFlags) chosen() (inputFormat, error) {
	switch {
	case f.mapping != "":
		source, err := os.ReadFile(f.mapping)
		if err != nil {
			return nil, kg.Errorf(kg.NotFound, "cannot read the mapping: %w", err)
		}
		return formatOrError(mapping.Parse(f.mapping, source, os.DirFS(filepath.Dir(f.mapping))))
	case f.format == ftm.Name:
		return formatOrError(ftm.New())
	case f.format != "" && f.format != "casus":
		return formatOrError(mapping.Embedded(f.format))
	}
	return nil, nil
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
