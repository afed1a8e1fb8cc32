package read

import (
	"errors"
	"strings"

	"casus/internal/record"
	"casus/loader/entry"
	"casus/loader/mapping"
	"casus/loader/table"
)

// Mapper turns rows into records.
type Mapper interface {
	// Key identifies the mapper. Loads by mappers with different keys have separate checkpoints.
	Key() string
	// Options describe the format of the rows.
	Options() table.Options
	// Map returns the records of a row. An error that is a *mapping.Fault names the place in the mapping.
	Map(row map[string]any) ([]mapping.Record, error)
	// Columns returns the columns that a place in the mapping reads.
	Columns(place string) []string
}

// Joiner is a Mapper of rows that depend on one another: all rows are read once before any is mapped, and the parts of
// one entity anywhere in the input are joined into one row. The report counts each part like the joined row.
type Joiner interface {
	Mapper
	// Survey is called with every row, in order, before any is mapped.
	Survey(row map[string]any)
	// EntityID returns the id of the entity that a row is a part of. It is empty for an independent row.
	EntityID(row map[string]any) string
	// Join returns one row made of two or more parts of one entity, which are in the order of the input.
	Join(parts []map[string]any) (map[string]any, error)
}

// numberingMapper is a Mapper whose records may depend on the number of a row in its file, from 1.
type numberingMapper interface {
	MapNumbered(row map[string]any, number int) ([]mapping.Record, error)
}

// mapNumbered returns the records of a row. If the error is not nil they may lack those with faults.
func mapNumbered(m Mapper, row map[string]any, number int) ([]mapping.Record, error) {
	if numbering, ok := m.(numberingMapper); ok {
		return numbering.MapNumbered(row, number)
	}
	return m.Map(row)
}

// mapRow returns the records of a row, and its faults. If there are faults, the records are the faultless ones.
func mapRow(m Mapper, row map[string]any, number int) ([]entry.Raw, *record.Reject) {
	made, err := mapNumbered(m, row, number)
	switch {
	case err != nil:
		return entry.Mapped(made), mappingReject(m, err)
	case len(made) == 0:
		return nil, &record.Reject{Reason: "the mapping makes no record of this row"}
	}
	return entry.Mapped(made), nil
}

// mappingReject returns the Reject of a row whose mapping failed in one place or in several.
func mappingReject(m Mapper, err error) *record.Reject {
	if several, ok := err.(interface{ Unwrap() []error }); ok {
		var all []*record.Reject
		for _, e := range several.Unwrap() {
			all = append(all, mappingReject(m, e))
		}
		return record.JoinRejects(all...)
	}
	if at := (*mapping.Fault)(nil); errors.As(err, &at) {
		return &record.Reject{Pointer: at.Place, Column: ColumnsOf(m, at.Place), Reason: at.Err.Error()}
	}
	return &record.Reject{Reason: err.Error()}
}

// ColumnsOf returns the names of the columns that a place in the mapping reads.
func ColumnsOf(m Mapper, place string) string { return strings.Join(m.Columns(place), ", ") }
