package aggregate

import (
	"iter"
	"slices"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// scope is the versions among which those of a view are: the latest ones or, as of a moment, also the earlier ones.
type scope struct {
	*versions
	// moment is nil in the latest view.
	moment *edtf.Instant
	known  func(row uint32) bool
}

// latestView returns the scope of the latest view.
func (t *table) latestView() scope { return scope{versions: &t.latest} }

// scopes returns the scopes of a view as of a moment, or of the latest view for nil.
func (t *table) scopes(moment *edtf.Instant) []scope {
	if moment == nil {
		return []scope{t.latestView()}
	}
	return []scope{
		{&t.latest, moment, t.latest.knownAt(*moment)}, {&t.earlier, moment, t.earlier.knownAt(*moment)},
	}
}

// selection is a view's versions of selected events.
type selection struct {
	scope
	// rows are the versions, and events the numbers of their events.
	rows, events []uint32
}

// all iterates over the versions of the scope, each with the number of its event.
func (v scope) all() iter.Seq2[uint32, uint32] {
	return func(yield func(row, event uint32) bool) {
		for i, present := range v.present {
			row := uint32(i)
			if present && (v.known == nil || v.known(row)) && !yield(row, v.eventOf(row)) {
				return
			}
		}
	}
}

// matches iterates over the versions of a scope that match a filter.
func (t *table) matches(v scope, f *store.EventFilter) iter.Seq2[uint32, uint32] {
	conditions := t.conditions(v, f, true)
	return func(yield func(row, event uint32) bool) {
		for row, event := range v.all() {
			if matchesAll(conditions, row, event) && !yield(row, event) {
				return
			}
		}
	}
}

// selectMatching returns the versions of a view that match a filter.
func (t *table) selectMatching(moment *edtf.Instant, f *store.EventFilter) (selected []selection) {
	for _, v := range t.scopes(moment) {
		selected = append(selected, v.collect(t.matches(v, f)))
	}
	return selected
}

// selectEvents returns a view's versions of events by their ids.
func (t *table) selectEvents(moment *edtf.Instant, ids []kg.ID) (selected []selection) {
	if moment == nil {
		s := selection{scope: t.latestView(), rows: make([]uint32, 0, len(ids))}
		for _, id := range ids {
			if row, known := t.rows[id]; known && t.latest.present[row] {
				s.rows = append(s.rows, row)
			}
		}
		s.events = s.rows
		return []selection{s}
	}
	wanted := make([]bool, len(t.ids))
	for _, id := range ids {
		if n, known := t.rows[id]; known {
			wanted[n] = true
		}
	}
	for _, v := range t.scopes(moment) {
		selected = append(selected, v.collect(func(yield func(row, event uint32) bool) {
			for row, event := range v.all() {
				if wanted[event] && !yield(row, event) {
					return
				}
			}
		}))
	}
	return selected
}

// collect returns a selection of the scope.
func (v scope) collect(found iter.Seq2[uint32, uint32]) selection {
	s := selection{scope: v, rows: make([]uint32, 0, len(v.present))}
	for row := range found {
		s.rows = append(s.rows, row)
	}
	if s.events = s.rows; v.event != nil {
		s.events = slices.Clone(s.rows)
		for i, row := range s.rows {
			s.events[i] = v.event[row]
		}
	}
	return s
}

// group sums events.
type group struct {
	// hull is the hull of any of them, and event the number of any.
	hull, event uint32
	events      int
	killed      kg.TollSums
}

// addToll adds a version's toll to a sum. Events with parts contribute none, so that casualties are not counted twice.
func (t *table) addToll(v scope, row, event uint32, withParts map[uint32]bool, to *kg.TollSums) {
	if n := v.toll[row]; n >= 0 && (len(withParts) == 0 || !withParts[event]) {
		t.tolls[n].addTo(to)
	}
}
