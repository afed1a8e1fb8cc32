package read

import (
	"bytes"
	"errors"
	"maps"
	"slices"
	"strings"

	"casus/internal/kg"
	"casus/internal/record"
	"casus/loader/ftm"
	"casus/loader/input"
	"casus/loader/mapping"
	"casus/loader/table"
)

// DetectMapping returns the embedded mapping for an input, or nil if it is in the extraction format. An input that can
// be read only once can still be read from its start. A table that no mapping matches is BAD_INPUT.
func DetectMapping(in *input.Input) (*mapping.Mapping, error) {
	head, err := in.Head()
	if err != nil {
		return nil, err
	}
	text := bytes.TrimLeft(head.Text, " \t\r\n\x1e")
	switch {
	case len(text) == 0:
		return nil, nil
	case text[0] == '{', text[0] == '[':
		m, err := mapping.DetectList(func(o table.Options) map[string]any { return firstRow(head.Table(o)) })
		if m != nil || err != nil {
			return m, err
		}
		t, err := head.Table(table.Options{Format: "json"})
		if err != nil {
			return nil, err
		}
		return detectJSON(in.Name, text[0] == '{', t)
	}
	m, err := mapping.DetectRow(func(o table.Options) map[string]any { return firstRow(head.Table(o)) })
	if m != nil || err != nil {
		return m, err
	}
	t, err := head.Table(table.Options{})
	if err != nil {
		return nil, err
	}
	if t.Columns() == nil {
		return nil, kg.Errorf(kg.BadInput, "%s is named as JSON, but it does not begin with { or [ (%s)",
			in.Name, input.Beginning(head.Text))
	}
	m, err = mapping.Detect(t.Columns())
	if err == nil && m == nil {
		err = unknownFields(in.Name, "columns", t.Columns())
	}
	return m, err
}

// detectJSON detects the mapping of JSON objects by the fields of the first. Objects that no mapping matches are
// treated as the extraction format, whose reader reports their faults, if they may be in it: one after another, or in
// lists that have its names.
func detectJSON(name string, object bool, t *table.Reader) (*mapping.Mapping, error) {
	first := firstRow(t, nil)
	_, typed := first["type"].(string)
	if first == nil || typed && t.Shape() == table.Lines {
		return nil, nil
	}
	fields := slices.Sorted(maps.Keys(first))
	m, err := mapping.Detect(fields)
	extraction := t.Shape() == table.Lines || object && t.Shape() == table.WrappedList && isRecordList(t.ListName())
	if err == nil && m == nil && !extraction {
		err = unknownFields(name, "fields", fields)
	}
	return m, err
}

func unknownFields(name, kind string, fields []string) error {
	return kg.Errorf(kg.BadInput,
		"no mapping matches the %s of %s (%s): select one with --format, or pass your own with --mapping, "+
			"which `casus mapping new` drafts",
		kind, name, record.Shorten(strings.Join(fields[:min(len(fields), 12)], ", "), 200))
}

// isRecordList reports whether a list has a name of the extraction format.
func isRecordList(name string) bool {
	return slices.ContainsFunc(recordLists, func(p struct{ list, typ string }) bool { return p.list == name })
}

// HasEntities reports whether the first object of an input is a FollowTheMoney entity. An input that can be read only
// once can still be read from its start.
func HasEntities(in *input.Input) (bool, error) {
	head, err := in.Head()
	if err != nil {
		return false, err
	}
	if text := bytes.TrimLeft(head.Text, " \t\r\n\x1e"); len(text) == 0 || text[0] != '{' && text[0] != '[' {
		return false, nil
	}
	t, err := head.Table((*ftm.Mapper)(nil).Options())
	for tries := len(head.Text) + 1; err == nil && tries > 0; tries-- {
		row, rowErr := t.Next()
		if rowErr == nil {
			return ftm.IsEntity(row.Values), nil
		}
		if broken := (*table.Fault)(nil); !errors.As(rowErr, &broken) { // else look at the next row
			err = rowErr
		}
	}
	return false, nil // DetectMapping returns the error
}

// firstRow returns the first row of a table, or nil if it cannot be read.
func firstRow(t *table.Reader, err error) map[string]any {
	if err != nil {
		return nil
	}
	row, err := t.Next()
	if err != nil {
		return nil
	}
	return row.Values
}
