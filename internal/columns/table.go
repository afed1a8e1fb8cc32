package columns

import (
	"cmp"
	"slices"

	"casus/internal/kg"
	"casus/internal/store"
)

// Query selects events and their columns.
type Query struct {
	View   kg.View
	Filter *store.EventFilter
	// Fields are distinct.
	Fields []Field
}

// MaxValues bounds the values of a table: those of its events in all its columns, and the further ones of lists.
const MaxValues = 8_000_000

// CheckSize returns LIMIT_EXCEEDED if a table would have more than MaxValues values.
func CheckSize(events, fields int) error {
	if events*fields > MaxValues {
		return kg.Errorf(kg.LimitExceeded, "%d columns of %d events have more than %d values: select fewer events, such as "+
			"those of a year, or fewer fields", fields, events, MaxValues)
	}
	return nil
}

// Table has the columns of the selected events, which are in the order of EventsByTime: by start, events without one
// last, then by id.
type Table struct {
	Events int
	// Columns are parallel to the query's fields.
	Columns []Column
}

// Column has a value of each event. One of Texts, Numbers, Codes and Lists is set.
type Column struct {
	// Texts are different for each event.
	Texts []kg.ID
	// Numbers are counts or, if Times is set, milliseconds. Missing stands for none.
	Numbers []int64
	Times   bool
	// Ascending is set if the numbers rarely become smaller.
	Ascending bool
	// Codes are indexes into Words, NoCode for none.
	Codes []uint32
	// Lists hold indexes into Words: those of event i are from Bounds[i] to Bounds[i+1].
	Lists  []uint32
	Bounds []uint32
	Words  []string
	// Points are parallel to Words, of places.
	Points []kg.Point
}

const (
	// Missing is the number that an event does not have.
	Missing = -1 << 63
	// NoCode is the code of an event without a value.
	NoCode = 1<<32 - 1
)

// Compact leaves the used words, the most frequent first, so that the usual codes are short.
func (c *Column) Compact() {
	used := make([]int, len(c.Words))
	for _, codes := range [][]uint32{c.Codes, c.Lists} {
		for _, code := range codes {
			if code != NoCode {
				used[code]++
			}
		}
	}
	var order []uint32
	for code, n := range used {
		if n > 0 {
			order = append(order, uint32(code))
		}
	}
	slices.SortFunc(order, func(a, b uint32) int {
		return cmp.Or(cmp.Compare(used[b], used[a]), cmp.Compare(c.Words[a], c.Words[b]))
	})
	renumbered := make([]uint32, len(c.Words))
	words := make([]string, len(order))
	for i, code := range order {
		renumbered[code], words[i] = uint32(i), c.Words[code]
	}
	for _, codes := range [][]uint32{c.Codes, c.Lists} {
		for i, code := range codes {
			if code != NoCode {
				codes[i] = renumbered[code]
			}
		}
	}
	c.Words = words
}
