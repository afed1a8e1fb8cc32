package read

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"slices"
	"strings"

	"casus/internal/kg"
	"casus/loader/input"
	"casus/loader/table"
)

// columnChecker is a Mapper that can check whether a file has its columns. rows is set if the columns are the fields of
// the first JSON object.
type columnChecker interface {
	CheckColumns(columns []string, rows bool) error
}

// Check checks the beginning of every input before anything is stored: that it is text, neither HTML nor XML, and
// that a table has the columns that its mapping reads. It returns warnings about inputs without a record.
func (r *Rows) Check(ctx context.Context) (warnings []input.Warning, err error) {
	for i := range r.inputs {
		if err := ctx.Err(); err != nil {
			return nil, kg.Errorf(kg.Timeout, "the load was stopped: %w", err)
		}
		reason, err := checkInput(&r.inputs[i], r.mapper)
		if err != nil {
			return nil, err
		}
		if reason != "" {
			warnings = input.AddWarning(warnings, input.Warning{Reason: reason, Count: 1, File: r.inputs[i].Name})
		}
	}
	return warnings, nil
}

// checkInput returns why an input without a record has none.
func checkInput(in *input.Input, m Mapper) (warning string, err error) {
	if in.Encoding == "" && m != nil {
		in.Encoding = m.Options().Encoding
	}
	head, err := in.Head()
	switch {
	case err != nil:
		return "", err
	case len(bytes.TrimSpace(head.Text)) == 0 && head.All:
		return input.EmptyFileReason, nil
	case m == nil && head.All && isEmptyBundle(head.Text):
		return input.NoRecordReason, nil
	case m == nil:
		return "", nil
	}
	t, err := head.Table(m.Options())
	if err != nil {
		return "", err
	}
	columns, isRows := t.Columns(), false
	first, err := t.Next()
	if columns == nil && err == nil {
		columns, isRows = slices.Sorted(maps.Keys(first.Values)), true
	}
	var fault *table.Fault
	if errors.Is(err, io.EOF) && head.All {
		warning = input.NoRowReason
		if columns == nil {
			warning = input.NoObjectReason
		}
		if isErrorReport(head.Text) {
			return "", kg.Errorf(kg.BadInput, "%s has no row but reports an error (%s)", in.Name, input.Beginning(head.Text))
		}
	} else if err != nil && !errors.As(err, &fault) && !errors.Is(err, io.EOF) {
		return "", err
	}
	if c, ok := m.(columnChecker); ok && columns != nil {
		if err := c.CheckColumns(columns, isRows); err != nil {
			return "", kg.Errorf(kg.BadInput, "cannot load %s: %w", in.Name, err)
		}
	}
	return warning, nil
}

// isErrorReport reports whether a text is a JSON object by which a server says that a request failed.
func isErrorReport(text []byte) bool {
	var report map[string]any
	if json.Unmarshal(text, &report) != nil {
		return false
	}
	for name, v := range report {
		switch name = strings.ToLower(name); {
		case name == "error" || name == "errors" || name == "fault":
			if v != nil && v != false && v != "" && v != 0.0 && !isEmptyList(v) {
				return true
			}
		case name == "success" && v == false, name == "status" && v == "error":
			return true
		}
	}
	return false
}

// isEmptyBundle reports whether a text is an object of lists without an element.
func isEmptyBundle(text []byte) bool {
	var bundle map[string]any
	if json.Unmarshal(text, &bundle) != nil {
		return false
	}
	for name, v := range bundle {
		if !isEmptyList(v) && name != "version" {
			return false
		}
	}
	return true
}

func isEmptyList(v any) bool {
	list, ok := v.([]any)
	return ok && len(list) == 0
}
