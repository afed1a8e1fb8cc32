package mapping

import (
	"errors"
	"fmt"
	"regexp"
	"slices"

	"github.com/goccy/go-yaml"

	"casus/loader/dates"
	"casus/loader/values"
)

// File is a parsed mapping file.
type File struct {
	// Mapping is the version of the file format: 1.
	Mapping     int    `yaml:"mapping"`
	Name        string `yaml:"name"`
	Description string `yaml:"description"`
	Input       Input  `yaml:"input"`
	// Detect decides whether a file fits this mapping.
	Detect Detection `yaml:"detect"`
	// Published is the publication time of a row's claims that have no document and no time of their own.
	Published string `yaml:"published"`
	// Release has the fields of the release that the rows belong to, apart from its name and date, which the load states.
	Release struct {
		// Coding is who coded the rows; "" if the mapping does not say so.
		Coding string `yaml:"coding"`
	} `yaml:"release"`
	// Values lists the columns with codes and numbers, which are read as programs write them.
	Values Values `yaml:"values"`
	// Missing has the values by column that mark a missing one, as values.Columns.Missing.
	Missing map[string][]any `yaml:"missing"`
	// Tables are lookup tables by name: an object, or the name of a CSV file.
	Tables map[string]any `yaml:"tables"`
	// Let are variables; each may use the ones before it.
	Let yaml.MapSlice `yaml:"let"`
	// Sources are the documents that a row cites or is about.
	Sources []yaml.MapSlice `yaml:"sources"`
	// Warnings are messages about rows that are loaded nevertheless; the report of a load counts them.
	Warnings []yaml.MapSlice `yaml:"warnings"`
	// Records are the templates of a row's records.
	Records []yaml.MapSlice `yaml:"records"`
}

// Input describes the format of the data.
type Input struct {
	Format    string `yaml:"format"`
	Delimiter string `yaml:"delimiter"`
	// Decimal is the decimal mark of numbers: "." or ",". If "", it is detected.
	Decimal  string   `yaml:"decimal"`
	NoHeader bool     `yaml:"noHeader"`
	Columns  []string `yaml:"columns"`
	// OtherColumns are the columns of files without a header and with another number of columns.
	OtherColumns [][]string `yaml:"otherColumns"`
	// LowerCase converts the names of columns to lower case.
	LowerCase bool `yaml:"lowerCase"`
	// List is the field with the rows, if a file is one JSON object.
	List     string `yaml:"list"`
	Encoding string `yaml:"encoding"`
	// Tags is set if a row of HXL tags, which begin with #, may follow the header; it is skipped.
	Tags bool `yaml:"tags"`
	// AsText converts the values of JSON to text, as in a table.
	AsText bool `yaml:"asText"`
	// Dates is the order of dates of numbers such as 03/01/2024; "" if they are errors.
	Dates dates.Order `yaml:"dates"`
}

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
