package mapping

import (
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
)

// memory keeps what rows repeat: the same values in the columns that a template uses make the same records.
type memory struct {
	columns []string

	mu       sync.Mutex
	now, old map[string][]Record
	room     []byte
	// asked and found say whether it is worth while.
	asked, found int
}

const (
	// rememberedAtMost bounds each of the two generations.
	rememberedAtMost = 2_000
	// triedAtLeast is how often a memory is asked before it is given up for finding too little.
	triedAtLeast = 2_000
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

// remember gives each template a memory whose records rows are likely to repeat, unless it uses rows as a whole.
func (m *Mapping) remember(lets map[string]uses) {
	for i := range m.records {
		t := &m.records[i]
		if u := m.columns.uses(t.place, lets); !u.whole && (t.typ == "actor" || t.typ == "location") {
			t.memory = &memory{columns: u.columns}
		}
	}
}

// of gives the records that a row makes, which make makes where they are not remembered.
func (m *memory) of(row map[string]any, make func() ([]Record, error)) ([]Record, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.asked > triedAtLeast && m.found < m.asked/4 || !m.key(row) {
		return make()
	}
	m.asked++
	records, known := m.now[string(m.room)]
	if !known {
		records, known = m.old[string(m.room)]
		if !known {
			var err error
			if records, err = make(); err != nil {
				return nil, err
			}
			for i := range records {
				records[i].Repeated = new(Repeated)
			}
		}
		if len(m.now) >= rememberedAtMost || m.now == nil {
			m.now, m.old = map[string][]Record{}, m.now
		}
		m.now[strings.Clone(string(m.room))] = records
	}
	if known {
		m.found++
	}
	return records, nil
}

// key puts the row's values into the memory's room. Only texts can be.
func (m *memory) key(row map[string]any) bool {
	m.room = m.room[:0]
	for _, c := range m.columns {
		v, there := row[c]
		if !there {
			m.room = append(m.room, '-')
			continue
		}
		text, is := v.(string)
		if !is {
			return false
		}
		m.room = append(append(strconv.AppendInt(m.room, int64(len(text)), 10), ':'), text...)
	}
	return true
}

// uses are the columns that expressions use, or that they use rows as a whole.
type uses struct {
	columns []string
	whole   bool
}

// uses gives those of the expressions at and below a place, and of the variables among them.
func (c columns) uses(place string, lets map[string]uses) uses {
	var all uses
	for at, names := range c.of {
		if at != place && !strings.HasPrefix(at, place+".") && !strings.HasPrefix(at, place+"[") {
			continue
		}
		all.whole = all.whole || c.whole[at]
		for _, use := range names {
			name, variable := strings.CutPrefix(use, "=")
			if !variable {
				all.columns = append(all.columns, name)
				continue
			}
			all.columns = append(all.columns, lets[name].columns...)
			all.whole = all.whole || lets[name].whole
		}
	}
	slices.Sort(all.columns)
	all.columns = slices.Compact(all.columns)
	return all
}
