package mapping

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
)

// Detection is how a file is known to be of a mapping: by columns that its header names or, where files have no header, by
// what some columns of the first row look like.
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
		return errors.New("detect: a list of columns must stand here, or patterns by column")
	}
	return nil
}

// check says what is wrong with patterns.
func (d Detection) check(in Input) error {
	for column, pattern := range d.Patterns {
		_, err := regexp.Compile(pattern)
		switch {
		case !in.NoHeader || !slices.Contains(in.Columns, column):
			return fmt.Errorf("detect.%s: it is none of input.columns: patterns are for files without a header (input.noHeader)", column)
		case err != nil:
			return fmt.Errorf("detect.%s: %w", column, err)
		}
	}
	return nil
}

// matchesColumns says whether a header has all the columns.
func (d Detection) matchesColumns(header []string, lowerCase bool) bool {
	return len(d.Columns) > 0 && !slices.ContainsFunc(d.Columns, func(c string) bool {
		return !slices.ContainsFunc(header, func(h string) bool { return h == c || lowerCase && strings.ToLower(h) == c })
	})
}

// matchesRow says whether a first row looks as the patterns say.
func (d Detection) matchesRow(row map[string]any) bool {
	for column, pattern := range d.Patterns {
		s, ok := row[column].(string)
		if found, err := matchPattern(s, pattern); !ok || found == nil || err != nil {
			return false
		}
	}
	return len(d.Patterns) > 0
}
