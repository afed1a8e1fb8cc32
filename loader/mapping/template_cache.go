package mapping

import (
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
)

// templateCache keeps what rows repeat: the same values in the columns that a template uses make the same records.
type templateCache struct {
	columns []string

	mu                sync.Mutex
	current, previous map[string][]Record
	key               []byte
	// lookups and found say whether it is worth while.
	lookups, hits int
}

const (
	// maxCachedKeys bounds each of the two generations.
	maxCachedKeys = 2_000
	// minLookups is how often a memory is asked before it is given up for finding too little.
	minLookups = 2_000
)

// Repeated goes with a record that a row may yield again: whoever works something out of it leaves a note there.
type Repeated struct{ note atomic.Pointer[any] }

// Note is the last note left; nil: there is none.
func (r *Repeated) Note() any {
	if n := r.note.Load(); n != nil {
		return *n
	}
	return nil
}

// SetNote leaves a note, which must not be changed.
func (r *Repeated) SetNote(note any) { r.note.Store(&note) }

// addCaches gives each template a memory whose records rows are likely to repeat, unless it uses rows as a whole.
func (m *Mapping) addCaches(lets map[string]dependencies) {
	for i := range m.records {
		t := &m.records[i]
		if u := m.columns.dependencies(t.place, lets); !u.wholeRow && (t.typ == "actor" || t.typ == "location") {
			t.cache = &templateCache{columns: u.columns}
		}
	}
}

// get gives the records that a row makes, which make makes where they are not remembered.
func (m *templateCache) get(row map[string]any, make func() ([]Record, error)) ([]Record, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.lookups > minLookups && m.hits < m.lookups/4 || !m.setKey(row) {
		return make()
	}
	m.lookups++
	records, known := m.current[string(m.key)]
	if !known {
		records, known = m.previous[string(m.key)]
		if !known {
			var err error
			if records, err = make(); err != nil {
				return nil, err
			}
			for i := range records {
				records[i].Repeated = new(Repeated)
			}
		}
		if len(m.current) >= maxCachedKeys || m.current == nil {
			m.current, m.previous = map[string][]Record{}, m.current
		}
		m.current[strings.Clone(string(m.key))] = records
	}
	if known {
		m.hits++
	}
	return records, nil
}

// setKey puts the row's values into the memory's room. Only texts can be.
func (m *templateCache) setKey(row map[string]any) bool {
	m.key = m.key[:0]
	for _, c := range m.columns {
		v, there := row[c]
		if !there {
			m.key = append(m.key, '-')
			continue
		}
		text, is := v.(string)
		if !is {
			return false
		}
		m.key = append(append(strconv.AppendInt(m.key, int64(len(text)), 10), ':'), text...)
	}
	return true
}

// dependencies are the columns that expressions use, or that they use rows as a whole.
type dependencies struct {
	columns  []string
	wholeRow bool
}

// dependencies gives those of the expressions at and below a place, and of the variables among them.
func (c columnUses) dependencies(place string, lets map[string]dependencies) dependencies {
	var all dependencies
	for at, names := range c.byPlace {
		if at != place && !strings.HasPrefix(at, place+".") && !strings.HasPrefix(at, place+"[") {
			continue
		}
		all.wholeRow = all.wholeRow || c.wholeRow[at]
		for _, use := range names {
			name, variable := strings.CutPrefix(use, "=")
			if !variable {
				all.columns = append(all.columns, name)
				continue
			}
			all.columns = append(all.columns, lets[name].columns...)
			all.wholeRow = all.wholeRow || lets[name].wholeRow
		}
	}
	slices.Sort(all.columns)
	all.columns = slices.Compact(all.columns)
	return all
}
