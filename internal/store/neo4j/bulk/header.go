package bulk

import (
	"slices"
	"strings"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store/neo4j/rows"
)

// header has the names and types of a kind's columns.
type header struct {
	columns []string
	// choices are the columns that are dates or datetimes. They have no type.
	choices []int
}

var _ rows.Columns = (*header)(nil)

// headerOf returns the header of rows: the columns of their ids, then the ones that emit produces.
func headerOf(emit func(rows.Columns), ids ...string) header {
	h := header{columns: ids}
	if emit != nil {
		emit(&h)
	}
	return h
}

// variants returns the number of the kind's variants; see sheet.
func (h header) variants() int { return 1 << len(h.choices) }

// line returns the first line of the files of a variant.
func (h header) line(variant int) string {
	columns := slices.Clone(h.columns)
	for i, column := range h.choices {
		if columns[column] += ":datetime"; variant&(1<<i) != 0 {
			columns[column] = h.columns[column] + ":date"
		}
	}
	return strings.Join(columns, ",") + "\n"
}

func (h *header) add(name, typ string) { h.columns = append(h.columns, name+":"+typ) }

func (h *header) Text(name, _ string)                        { h.add(name, "string") }
func (h *header) Optional(name, _ string)                    { h.add(name, "string") }
func (h *header) Whole(name string, _ int64)                 { h.add(name, "long") }
func (h *header) OptionalWhole(name string, _ int64, _ bool) { h.add(name, "long") }
func (h *header) Real(name string, _ *float64)               { h.add(name, "double") }
func (h *header) Flag(name string, _ bool)                   { h.add(name, "boolean") }
func (h *header) List(name string, _ []string)               { h.add(name, "string[]") }
func (h *header) Point(name string, _ *kg.Point)             { h.add(name, "point{crs:WGS-84}") }
func (h *header) Date(name string, _ edtf.Instant, _ bool)   { h.add(name, "date") }
func (h *header) Moment(name string, _ edtf.Instant, _ bool) { h.add(name, "datetime") }
func (h *header) DateOrMoment(name string, _ edtf.Instant, _ bool) {
	h.choices, h.columns = append(h.choices, len(h.columns)), append(h.columns, name)
}
