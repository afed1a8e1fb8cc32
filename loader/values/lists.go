package values

import (
	"encoding/csv"
	"fmt"
	"strings"
)

// MaxElements is the maximum number of elements that one text is split into.
const MaxElements = 100_000

// Fields returns the fields of a line of CSV, as a list; an empty list for a missing value.
func Fields(line, separator string) (any, error) {
	if Missing(line) {
		return []any{}, nil
	}
	if n := strings.Count(line, separator) + 1; n > MaxElements {
		return nil, fmt.Errorf("fields: the line has %d fields; at most %d", n, MaxElements)
	}
	r := csv.NewReader(strings.NewReader(line))
	r.LazyQuotes, r.FieldsPerRecord, r.TrimLeadingSpace = true, -1, true
	for _, c := range separator {
		r.Comma = c
	}
	found, err := r.Read()
	if err != nil {
		return nil, err
	}
	all := make([]any, len(found))
	for i, f := range found {
		all[i] = f
	}
	return all, nil
}

// Parts returns the parts of a text between separators, trimmed, as a list without empty ones.
func Parts(s, separator string) (any, error) {
	if n := strings.Count(s, separator) + 1; n > MaxElements {
		return nil, fmt.Errorf("parts: the text has %d parts; at most %d", n, MaxElements)
	}
	all := []any{}
	for part := range strings.SplitSeq(s, separator) {
		if part = strings.TrimSpace(part); part != "" {
			all = append(all, part)
		}
	}
	return all, nil
}

// Items returns the parts like Parts, but separators within round brackets do not separate. An unbalanced bracket has
// no effect.
func Items(s, separator string) (any, error) {
	if strings.Count(s, "(") != strings.Count(s, ")") {
		return Parts(s, separator)
	}
	if n := strings.Count(s, separator) + 1; n > MaxElements {
		return nil, fmt.Errorf("items: the text has %d parts; at most %d", n, MaxElements)
	}
	all, start, depth := []any{}, 0, 0
	add := func(part string) {
		if part = strings.TrimSpace(part); part != "" {
			all = append(all, part)
		}
	}
	for i := 0; i < len(s) && separator != ""; i++ {
		switch {
		case s[i] == '(':
			depth++
		case s[i] == ')':
			depth--
		case depth <= 0 && i >= start && strings.HasPrefix(s[i:], separator):
			add(s[start:i])
			start = i + len(separator)
		}
	}
	add(s[start:])
	return all, nil
}
