package aggregate

import (
	"slices"

	"casus/internal/kg"
	"casus/internal/store"
)

// listColumn is a dictionary-encoded column of lists. Code 0 is the absence of values, with the word "". refs holds the
// code of a row's only value, which most rows have, or multiple plus an index into more, where the count and the codes
// follow.
type listColumn struct {
	refs   []uint32
	more   []uint32
	words  []string
	codeOf map[string]uint32

	event kg.ID // the event of the last add, and its row
	row   uint32
}

// multiple marks in refs that a row has more than one value.
const multiple = 1 << 31

func newListColumn(rows int) *listColumn {
	return &listColumn{refs: make([]uint32, rows), words: []string{""}, codeOf: map[string]uint32{"": 0}}
}

// values returns the distinct codes of a row in the order in which they were added, or the code 0 for a row without
// values.
func (l *listColumn) values(row uint32) []uint32 {
	n := l.refs[row]
	if n < multiple {
		return l.refs[row:][:1]
	}
	n -= multiple
	return l.more[n+1:][:l.more[n]]
}

// add adds a value to an event. Events without a row are ignored.
func (l *listColumn) add(rows map[kg.ID]uint32, event kg.ID, value string) {
	if event != l.event {
		row, known := rows[event]
		if !known {
			return
		}
		l.event, l.row = event, row
	}
	n, known := l.codeOf[value]
	if !known {
		n = uint32(len(l.words))
		l.words, l.codeOf[value] = append(l.words, value), n
	}
	at, had := l.refs[l.row], l.values(l.row)
	switch {
	case n == 0 || slices.Contains(had, n):
	case at == 0:
		l.refs[l.row] = n
	case at >= multiple && int(at-multiple)+1+len(had) == len(l.more): // the last list grows in place
		l.more[at-multiple]++
		l.more = append(l.more, n)
	default:
		begin := uint32(len(l.more))
		l.more = append(append(append(l.more, uint32(len(had)+1)), had...), n)
		l.refs[l.row] = multiple + begin // last, because had may alias this element
	}
}

// hasList reports whether an event can have several values of a field.
func hasList(f store.FacetField) bool {
	switch f {
	case store.FacetCategory, store.FacetModality, store.FacetStatus, store.FacetYear:
		return false
	}
	return true
}

// dependsOnPlaces reports whether the values of a field come from an event's locations.
func dependsOnPlaces(f store.FacetField) bool {
	return f == store.FacetCountry || f == store.FacetAdmin1 || f == store.FieldOnMap
}

func containsLocation(ids []kg.ID) bool {
	return slices.ContainsFunc(ids, func(id kg.ID) bool { return id.Kind() == kg.KindLocation })
}
