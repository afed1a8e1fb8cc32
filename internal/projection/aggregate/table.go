package aggregate

import (
	"sync"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// table has a row for each event that ever was there since everything was read.
type table struct {
	revision int64
	// followed counts what was read anew since everything was: what that left behind is no more than once all.
	followed int
	// tooMany says that there are more events than are kept, and none is.
	tooMany bool
	rows    map[kg.ID]uint32
	ids     []kg.ID
	there   []bool
	hull    []uint32 // the number of its hull
	toll    []int32  // the place of its toll; -1: none
	voices  []int32

	status, category, mode, modality, precision texts
	// lists are the fields with any number of values, as far as they were read.
	lists map[store.FacetField]*lists
	// points are those of places, once store.FieldOnMap was read.
	points map[kg.ID]kg.Point

	hulls   []hull
	hullsBy map[hull]uint32
	// tolls are those of rows; those of rows that changed are left behind.
	tolls []toll
	// wholes are what events are parts of, parts how many parts an event has.
	wholes map[kg.ID][]kg.ID
	parts  map[kg.ID]int
	// order is that of all rows, once a page was asked for.
	order *order

	mu        sync.Mutex // behind looking, for what is worked out once
	calendars []*calendar
}

// hull is when an event was at the earliest and at the latest. Events share hulls, for most are of a day or a few.
type hull struct {
	earliest, latest             edtf.Instant
	earliestFloats, latestFloats bool
}

func hullOf(t edtf.Time) hull { return hull{t.Earliest, t.Latest, t.EarliestFloats, t.LatestFloats} }

func (h hull) time() edtf.Time {
	return edtf.Time{Earliest: h.earliest, Latest: h.latest, EarliestFloats: h.earliestFloats, LatestFloats: h.latestFloats}
}

// texts is a column of few texts: their numbers.
type texts struct {
	of    []uint32
	words []string
	by    map[string]uint32
}

func (c *texts) set(row uint32, word string) {
	n, known := c.by[word]
	if !known {
		if c.by == nil {
			c.by = map[string]uint32{}
		}
		n = uint32(len(c.words))
		c.words, c.by[word] = append(c.words, word), n
	}
	c.of[row] = n
}

func newTable() *table {
	return &table{rows: map[kg.ID]uint32{}, lists: map[store.FacetField]*lists{}, hullsBy: map[hull]uint32{}, wholes: map[kg.ID][]kg.ID{}, parts: map[kg.ID]int{}}
}

func (t *table) sink() store.EventRowSink {
	return store.EventRowSink{
		Event: func(id kg.ID, r store.EventRow) error {
			if t.tooMany = t.tooMany || len(t.rows) >= Most; t.tooMany {
				*t = table{revision: t.revision, tooMany: true}
				return nil
			}
			t.put(id, r)
			return nil
		},
		Part: func(part, whole kg.ID) error {
			if !t.tooMany {
				t.join(part, whole)
			}
			return nil
		},
	}
}

func (t *table) put(id kg.ID, r store.EventRow) {
	n, known := t.rows[id]
	if !known {
		n = uint32(len(t.there))
		t.rows[id], t.ids = n, append(t.ids, id)
		t.there, t.hull, t.toll, t.voices = append(t.there, false), append(t.hull, 0), append(t.toll, -1), append(t.voices, 0)
		for _, c := range []*texts{&t.status, &t.category, &t.mode, &t.modality, &t.precision} {
			c.of = append(c.of, 0)
		}
		for _, l := range t.lists {
			l.of = append(l.of, 0)
		}
	}
	h := hullOf(r.Time)
	if _, known := t.hullsBy[h]; !known {
		t.hullsBy[h] = uint32(len(t.hulls))
		t.hulls = append(t.hulls, h)
	}
	t.there[n], t.hull[n], t.voices[n], t.toll[n] = true, t.hullsBy[h], int32(r.Voices), -1
	if r.Killed != nil {
		t.toll[n] = int32(len(t.tolls))
		t.tolls = append(t.tolls, tollOf(*r.Killed))
	}
	t.status.set(n, string(r.Status))
	t.category.set(n, string(r.Category))
	t.mode.set(n, r.Mode)
	t.modality.set(n, string(r.Modality))
	t.precision.set(n, string(r.Time.Precision))
}

func (t *table) join(part, whole kg.ID) {
	t.wholes[part] = append(t.wholes[part], whole)
	t.parts[whole]++
}

// drop takes an event away, and that it is a part of others.
func (t *table) drop(id kg.ID) {
	if n, known := t.rows[id]; known {
		t.there[n] = false
		for _, l := range t.lists {
			l.of[n] = 0
		}
	}
	for _, w := range t.wholes[id] {
		if t.parts[w]--; t.parts[w] == 0 {
			delete(t.parts, w)
		}
	}
	delete(t.wholes, id)
}

// withParts are the rows of events that have parts.
func (t *table) withParts() map[uint32]bool {
	rows := make(map[uint32]bool, len(t.parts))
	for id := range t.parts {
		if n, known := t.rows[id]; known {
			rows[n] = true
		}
	}
	return rows
}
