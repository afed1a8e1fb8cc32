package aggregate

import (
	"sync"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// table has a row for each event, and for events that disappeared since it was built.
type table struct {
	revision int64
	// reread counts the events that were read again since the table was built, and so bounds the values of old rows that
	// are still in memory.
	reread int
	// tooMany reports that there are more than MaxEvents events; the table is empty then.
	tooMany bool
	rows    map[kg.ID]uint32
	ids     []kg.ID
	present []bool
	hull    []uint32 // indexes into hulls
	toll    []int32  // indexes into tolls; -1 without a toll
	voices  []int32

	status, category, mode, modality, precision dictColumn
	// lists holds the loaded list columns.
	lists map[store.FacetField]*listColumn
	// points are the points of locations, set with the column of store.FieldOnMap.
	points map[kg.ID]kg.Point

	hulls      []hull
	hullNumber map[hull]uint32
	// tolls are the tolls of rows, including unused ones of rows that changed.
	tolls []toll
	// wholes maps a part to its wholes; parts counts the parts of a whole.
	wholes map[kg.ID][]kg.ID
	parts  map[kg.ID]int
	// order is the order of all rows; nil until a page needs it.
	order *order

	mu        sync.Mutex // guards calendars, under the index's read lock
	calendars []*calendar
}

// hull is the earliest and the latest time of an event, and its nominal day if it has one. Events share hulls, because
// most span one or a few days.
type hull struct {
	earliest, latest             edtf.Instant
	earliestFloats, latestFloats bool
	hasNominal                   bool
	nominal                      edtf.Instant
}

func hullOf(t edtf.Time, nominal *edtf.Instant) hull {
	h := hull{earliest: t.Earliest, latest: t.Latest, earliestFloats: t.EarliestFloats, latestFloats: t.LatestFloats}
	if nominal != nil {
		h.hasNominal, h.nominal = true, *nominal
	}
	return h
}

// nominalStart returns the start of the nominal day; nil if there is none.
func (h hull) nominalStart() *edtf.Instant {
	if !h.hasNominal {
		return nil
	}
	return &h.nominal
}

func (h hull) time() edtf.Time {
	return edtf.Time{
		Earliest: h.earliest, Latest: h.latest, EarliestFloats: h.earliestFloats, LatestFloats: h.latestFloats,
	}
}

// dictColumn is a dictionary-encoded column of strings.
type dictColumn struct {
	codes  []uint32
	words  []string
	codeOf map[string]uint32
}

func (c *dictColumn) set(row uint32, word string) {
	n, known := c.codeOf[word]
	if !known {
		if c.codeOf == nil {
			c.codeOf = map[string]uint32{}
		}
		n = uint32(len(c.words))
		c.words, c.codeOf[word] = append(c.words, word), n
	}
	c.codes[row] = n
}

func newTable() *table {
	return &table{
		rows: map[kg.ID]uint32{}, lists: map[store.FacetField]*listColumn{}, hullNumber: map[hull]uint32{},
		wholes: map[kg.ID][]kg.ID{}, parts: map[kg.ID]int{},
	}
}

// sink returns a sink that fills the table. It empties the table once there are too many events.
func (t *table) sink() store.EventRowSink {
	return store.EventRowSink{
		Event: func(id kg.ID, r store.EventRow) error {
			if t.tooMany = t.tooMany || len(t.rows) >= MaxEvents; t.tooMany {
				*t = table{revision: t.revision, tooMany: true}
				return nil
			}
			t.put(id, r)
			return nil
		},
		Part: func(part, whole kg.ID) error {
			if !t.tooMany {
				t.addPart(part, whole)
			}
			return nil
		},
	}
}

// put adds an event or replaces its row.
func (t *table) put(id kg.ID, r store.EventRow) {
	n, known := t.rows[id]
	if !known {
		n = uint32(len(t.present))
		t.rows[id], t.ids = n, append(t.ids, id)
		t.present, t.hull = append(t.present, false), append(t.hull, 0)
		t.toll, t.voices = append(t.toll, -1), append(t.voices, 0)
		for _, c := range []*dictColumn{&t.status, &t.category, &t.mode, &t.modality, &t.precision} {
			c.codes = append(c.codes, 0)
		}
		for _, l := range t.lists {
			l.refs = append(l.refs, 0)
		}
	}
	h := hullOf(r.Time, r.Nominal)
	if _, known := t.hullNumber[h]; !known {
		t.hullNumber[h] = uint32(len(t.hulls))
		t.hulls = append(t.hulls, h)
	}
	t.present[n], t.hull[n], t.voices[n], t.toll[n] = true, t.hullNumber[h], int32(r.Voices), -1
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

func (t *table) addPart(part, whole kg.ID) {
	t.wholes[part] = append(t.wholes[part], whole)
	t.parts[whole]++
}

// remove removes an event, and its membership in wholes.
func (t *table) remove(id kg.ID) {
	if n, known := t.rows[id]; known {
		t.present[n] = false
		for _, l := range t.lists {
			l.refs[n] = 0
		}
	}
	for _, w := range t.wholes[id] {
		if t.parts[w]--; t.parts[w] == 0 {
			delete(t.parts, w)
		}
	}
	delete(t.wholes, id)
}

// rowsWithParts returns the rows of events that have parts.
func (t *table) rowsWithParts() map[uint32]bool {
	rows := make(map[uint32]bool, len(t.parts))
	for id := range t.parts {
		if n, known := t.rows[id]; known {
			rows[n] = true
		}
	}
	return rows
}
