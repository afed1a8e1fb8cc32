package aggregate

import (
	"slices"

	"casus/internal/kg"
	"casus/internal/store"
)

// lists is a column of which each row has any number of values, by their numbers: 0 is none, and is written "". Most rows have one,
// which stands in of; where a row has several, of says where these are in more, after how many they are.
type lists struct {
	of    []uint32
	more  []uint32
	words []string
	by    map[string]uint32

	event kg.ID // the one that was added to last, and its row
	row   uint32
}

// several marks in lists.of that a row has more than one value.
const several = 1 << 31

func newLists(rows int) *lists {
	return &lists{of: make([]uint32, rows), words: []string{""}, by: map[string]uint32{"": 0}}
}

// values are those of a row, each once, in the order in which they were given; one that has none has 0.
func (l *lists) values(row uint32) []uint32 {
	n := l.of[row]
	if n < several {
		return l.of[row:][:1]
	}
	n -= several
	return l.more[n+1:][:l.more[n]]
}

// add adds a value to an event, if that is one of the rows.
func (l *lists) add(rows map[kg.ID]uint32, event kg.ID, value string) {
	if event != l.event {
		row, known := rows[event]
		if !known {
			return
		}
		l.event, l.row = event, row
	}
	n, known := l.by[value]
	if !known {
		n = uint32(len(l.words))
		l.words, l.by[value] = append(l.words, value), n
	}
	at, had := l.of[l.row], l.values(l.row)
	switch {
	case n == 0 || slices.Contains(had, n):
	case at == 0:
		l.of[l.row] = n
	case at >= several && int(at-several)+1+len(had) == len(l.more): // the last, which can grow where it is
		l.more[at-several]++
		l.more = append(l.more, n)
	default:
		begin := uint32(len(l.more))
		l.more = append(append(append(l.more, uint32(len(had)+1)), had...), n)
		l.of[l.row] = several + begin // after had was copied, which may be it
	}
}

// listed says whether a field is one with any number of values.
func listed(f store.FacetField) bool {
	switch f {
	case store.FacetCategory, store.FacetModality, store.FacetStatus, store.FacetYear:
		return false
	}
	return true
}

// byPlace says whether an event has a field's values from its places.
func byPlace(f store.FacetField) bool {
	return f == store.FacetCountry || f == store.FacetAdmin1 || f == store.FieldOnMap
}

func anyPlace(ids []kg.ID) bool {
	return slices.ContainsFunc(ids, func(id kg.ID) bool { return id.Kind() == kg.KindLocation })
}
