package mapping

import (
	"errors"
	"fmt"
	"regexp"
	"slices"

	"github.com/goccy/go-yaml"

	"casus/loader/values"
)

// Detection decides whether a mapping fits a file: by the columns of its header or, for files without one, by patterns
// that columns of the first row match.
type Detection struct {
	Columns []string
	// Patterns are regular expressions (RE2) by column.
	Patterns map[string]string
}

// UnmarshalYAML reads a list of columns, or an object of patterns by column.
func (d *Detection) UnmarshalYAML(source []byte) error {
	if yaml.Unmarshal(source, &d.Columns) == nil {
		return nil
	}
	d.Columns = nil
	if yaml.Unmarshal(source, &d.Patterns) != nil {
		return errors.New("detect: must be a list of columns, or patterns by column")
	}
	return nil
}

// check returns an error if a pattern is invalid or its column is unknown.
func (d Detection) check(in Input) error {
	for column, pattern := range d.Patterns {
		_, err := regexp.Compile(pattern)
		switch {
		case !in.NoHeader || !slices.Contains(in.Columns, column):
			return fmt.Errorf("detect.%s: not one of input.columns; patterns are for files without a header (input.noHeader)",
				column)
		case err != nil:
			return fmt.Errorf("detect.%s: %w", column, err)
		}
	}
	return nil
}

// matchesColumns reports whether a header has all the columns, by the rule of values.MatchHeader.
func (d Detection) matchesColumns(header []string) bool {
	return len(d.Columns) > 0 && values.HasColumns(values.MatchHeader(header, d.Columns), d.Columns)
}

// matchesRow reports whether a first row matches all patterns. There must be at least one.
func (d Detection) matchesRow(row map[string]any) bool {
	for column, pattern := range d.Patterns {
		s, ok := row[column].(string)
		if found, err := matchPattern(s, pattern); !ok || found == nil || err != nil {
			return false
		}
	}
	return len(d.Patterns) > 0
}
