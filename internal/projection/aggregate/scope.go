package aggregate

import (
	"casus/internal/edtf"
	"casus/internal/kg"
)

// scope is a set of versions in which a view finds its own: the latest versions or, for a view as of a moment, the
// earlier ones too.
type scope struct {
	*versions
	// moment is nil in the latest view.
	moment *edtf.Instant
}

// latestView returns the scope of the latest view.
func (t *table) latestView() scope { return scope{versions: &t.latest} }

// scopes returns the scopes of a view as of a moment, or of the latest view for nil.
func (t *table) scopes(moment *edtf.Instant) []scope {
	if moment == nil {
		return []scope{t.latestView()}
	}
	return []scope{{&t.latest, moment}, {&t.earlier, moment}}
}

// condition reports whether a version matches: its row, and the number of its event.
type condition func(row, event uint32) bool

func matchesAll(all []condition, row, event uint32) bool {
	for _, m := range all {
		if !m(row, event) {
			return false
		}
	}
	return true
}

// inView returns the conditions that a version is known in the view and meets others.
func (v scope) inView(others []condition) []condition {
	if v.moment == nil {
		return others
	}
	known := v.knownAt(*v.moment)
	return append([]condition{func(row, _ uint32) bool { return known(row) }}, others...)
}

// selection is a view's versions of selected events.
type selection struct {
	scope
	// rows are the versions, and events the numbers of their events.
	rows, events []uint32
}

// collect returns the versions that meet conditions.
func (v scope) collect(conditions []condition) selection {
	s := selection{scope: v, rows: make([]uint32, 0, len(v.present))}
	for i, present := range v.present {
		if row := uint32(i); present && matchesAll(conditions, row, v.eventOf(row)) {
			s.rows = append(s.rows, row)
		}
	}
	if s.events = s.rows; v.event != nil {
		s.events = make([]uint32, len(s.rows))
		for i, row := range s.rows {
			s.events[i] = v.event[row]
		}
	}
	return s
}

// selectEvents returns a view's versions of events by their ids.
func (t *table) selectEvents(moment *edtf.Instant, ids []kg.ID) (selected []selection) {
	wanted := make([]bool, len(t.ids))
	for _, id := range ids {
		if n, known := t.rows[id]; known {
			wanted[n] = true
		}
	}
	for _, v := range t.scopes(moment) {
		conditions := []condition{func(_, event uint32) bool { return wanted[event] }}
		selected = append(selected, v.collect(v.inView(conditions)))
	}
	return selected
}
