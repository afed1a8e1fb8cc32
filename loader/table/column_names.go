package table

import (
	"maps"
	"slices"
)

// columnNames renames the fields of JSON objects as a header's columns are renamed.
type columnNames struct {
	options Options
	last    map[string]string // the columns of the fields of the last object; nil if none is renamed
	same    map[string]bool   // the fields of the last object
}

// rename returns a row by the names of its columns, and the row itself if all names remain.
func (c *columnNames) rename(row map[string]any) map[string]any {
	if c.options.MatchHeader == nil && !c.options.LowerCase {
		return row
	}
	if !c.isLike(row) {
		c.learn(row)
	}
	if c.last == nil {
		return row
	}
	renamed := make(map[string]any, len(row))
	for field, v := range row {
		renamed[c.last[field]] = v
	}
	return renamed
}

// isLike reports whether a row has the fields of the last one.
func (c *columnNames) isLike(row map[string]any) bool {
	if len(row) != len(c.same) {
		return false
	}
	for field := range row {
		if !c.same[field] {
			return false
		}
	}
	return true
}

// learn finds the columns of a row's fields. If two fields would have one column, all names remain.
func (c *columnNames) learn(row map[string]any) {
	fields := slices.Sorted(maps.Keys(row))
	c.last, c.same = nil, make(map[string]bool, len(fields))
	for _, f := range fields {
		c.same[f] = true
	}
	columns := headerNames(fields, c.options)
	if _, repeated := firstRepeated(columns); repeated || slices.Equal(columns, fields) {
		return
	}
	c.last = make(map[string]string, len(fields))
	for i, f := range fields {
		c.last[f] = columns[i]
	}
}
