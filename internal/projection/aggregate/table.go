package aggregate

import (
	"slices"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// DefaultMaxEvents bounds the events of an index; a larger graph is counted by its engine. An event takes about 135
// bytes with its id, and 4 in the page order. In each loaded list column it takes 4 bytes, or 8 and 4 per value if it
// has several values. An event some of whose values are not known for its whole life takes 24 bytes more for each
// value.
const DefaultMaxEvents = 4_000_000

// versionsPerEvent times the most events is the most earlier versions of an index's events, which take 37 bytes each.
const versionsPerEvent = 2

// table has the versions of all events, and of events that disappeared since it was built.
type table struct {
	// maxEvents bounds the events. tooMany reports that there are more, or too many versions; the table is empty then.
	maxEvents int
	tooMany   bool
	// rows are the numbers of events by their ids; ids has the ids by number.
	rows map[kg.ID]uint32
	ids  []kg.ID
	// latest has the versions that are known to the end of time; earlier has the others, in any order.
	latest, earlier versions
	// lists holds the loaded list columns.
	lists map[store.FacetField]*listColumn
	// claims has the moments of claims; nil until a query needs it.
	claims *claimColumn
	// places are the locations that have a point, set with the column of store.FieldOnMap.
	places map[kg.ID]store.MapPlace

	hulls       []hull
	hullNumber  map[hull]uint32
	traits      []traits
	traitNumber map[traits]uint32
	// tolls are the tolls of rows, each once, including unused ones of rows that changed; tollNumbers has their numbers by
	// their JSON. killed has the best number of people killed of each, or -1.
	tolls       []kg.Toll
	tollNumbers map[string]int32
	killed      []int64
	// wholes maps a part to its wholes; parts counts the parts of a whole in the latest view.
	wholes map[kg.ID][]whole
	parts  map[kg.ID]int
	// order is the order of all latest versions; nil until a page needs it.
	order     *order
	calendars calendars
	sumCache  sumCache
}

// whole is an event that another is a part of, and an interval in which that is known.
type whole struct {
	id    kg.ID
	known kg.Interval
}

// order holds the rows of all latest versions ordered by start, then by id. Events without a start come first.
type order struct {
	rows         []uint32
	withoutStart int // the number of events without a start
}

func newTable(maxEvents int) *table {
	return &table{
		maxEvents: maxEvents,
		rows:      map[kg.ID]uint32{}, earlier: versions{event: []uint32{}, to: []edtf.Instant{}},
		lists: map[store.FacetField]*listColumn{}, hullNumber: map[hull]uint32{},
		traitNumber: map[traits]uint32{}, wholes: map[kg.ID][]whole{}, parts: map[kg.ID]int{},
		tollNumbers: map[string]int32{},
	}
}

// sink returns a sink that fills the table. It empties the table once there are too many events or versions.
func (t *table) sink() store.EventRowSink {
	return store.EventRowSink{
		Event: func(id kg.ID, r store.EventRow) error {
			many := len(t.rows) >= t.maxEvents || len(t.earlier.event) >= versionsPerEvent*t.maxEvents
			if t.tooMany = t.tooMany || many; t.tooMany {
				*t = table{tooMany: true}
				return nil
			}
			t.put(id, r)
			return nil
		},
		Part: func(part, whole kg.ID, known kg.Interval) error {
			if !t.tooMany {
				t.addPart(part, whole, known)
			}
			return nil
		},
	}
}

// number returns the number of an event, which is added if it is new.
func (t *table) number(id kg.ID) uint32 {
	n, known := t.rows[id]
	if !known {
		n = t.latest.grow()
		t.rows[id], t.ids = n, append(t.ids, id)
		for _, l := range t.lists {
			l.grow()
		}
		if t.claims != nil {
			t.claims.first = append(t.claims.first, 0)
		}
	}
	return n
}

// has reports whether fields are loaded.
func (t *table) has(fields []store.FacetField) bool {
	return !slices.ContainsFunc(fields, func(f store.FacetField) bool {
		if f == claimMoments {
			return t.claims == nil
		}
		return t.lists[f] == nil
	})
}

// put adds a version of an event, or replaces its latest one.
func (t *table) put(id kg.ID, r store.EventRow) {
	row, v := t.number(id), &t.latest
	if r.Known.KnownTo != edtf.EndOfTime {
		row, v = t.earlier.growEarlier(row, r.Known), &t.earlier
	}
	v.present[row], v.from[row] = true, r.Known.KnownFrom
	for i, n := range store.SourceNumbers(r.Sources) {
		v.sources[i][row] = uint32(n)
	}
	v.hull[row] = numberOf(hullOf(r.Time, r.Nominal), t.hullNumber, &t.hulls)
	v.traits[row] = numberOf(traits{
		status: string(r.Status), category: string(r.Category), mode: r.Mode, modality: string(r.Modality),
		precision: string(r.Time.Precision), codings: trait(r.Codings), disagreements: trait(r.Disagreements),
	}, t.traitNumber, &t.traits)
	v.toll[row] = t.tollNumber(r.Toll)
	t.sumCache.nesting = nil // the event may be new
}

func (t *table) addPart(part, of kg.ID, known kg.Interval) {
	t.sumCache.nesting = nil
	t.wholes[part] = append(t.wholes[part], whole{of, known})
	if known.KnownTo == edtf.EndOfTime {
		t.parts[of]++
	}
}

// remove removes events, and their membership in wholes.
func (t *table) remove(events []kg.ID) {
	t.sumCache.nesting = nil
	removed := make([]bool, len(t.ids))
	for _, id := range events {
		if n, known := t.rows[id]; known {
			removed[n], t.latest.present[n] = true, false
			for _, l := range t.lists {
				l.clear(n)
			}
			if t.claims != nil {
				t.claims.first[n] = 0
			}
		}
		for _, w := range t.wholes[id] {
			if w.known.KnownTo == edtf.EndOfTime {
				if t.parts[w.id]--; t.parts[w.id] == 0 {
					delete(t.parts, w.id)
				}
			}
		}
		delete(t.wholes, id)
	}
	for row, event := range t.earlier.event {
		if removed[event] {
			t.earlier.present[row] = false
		}
	}
}

// withParts returns the numbers of the events that have parts as of a moment, or in the latest view for nil.
func (t *table) withParts(moment *edtf.Instant) map[uint32]bool {
	events := make(map[uint32]bool, len(t.parts))
	add := func(id kg.ID) {
		if n, known := t.rows[id]; known {
			events[n] = true
		}
	}
	if moment == nil {
		for id := range t.parts {
			add(id)
		}
		return events
	}
	for _, wholes := range t.wholes {
		for _, w := range wholes {
			if w.known.Holds(*moment) {
				add(w.id)
			}
		}
	}
	return events
}

// begins returns the moment from which each event is known, by number.
func (t *table) begins() []edtf.Instant {
	begins := slices.Clone(t.latest.from)
	for row, event := range t.earlier.event {
		if t.earlier.present[row] {
			begins[event] = min(begins[event], t.earlier.from[row])
		}
	}
	return begins
}
