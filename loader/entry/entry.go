// Package entry has what the pipeline of a load carries: the rows of its input, and an entry for each record that they
// yield. An entry knows its rows and its outcome; the record in it knows neither.
package entry

import (
	"casus/internal/kg"
	"casus/internal/record"
	"casus/loader/mapping"
)

// Raw is one record of a row before it is checked.
type Raw struct {
	record.Raw
	Pointer    string // to the record, if its file is one JSON object
	Place      string // in the mapping, if it was mapped
	NotCarried map[string]int
	Warnings   []string
}

// Mapped returns the records that a mapping made.
func Mapped(made []mapping.Record) []Raw {
	all := make([]Raw, len(made))
	for i, m := range made {
		all[i] = Raw{
			Raw: record.Raw{Type: m.Type, Fields: m.Fields}, Place: m.Place, NotCarried: m.NotCarried,
			Warnings: m.Warnings,
		}
	}
	return all
}

// Key identifies the content of a node that rows are likely to repeat. The zero Key is none.
type Key [16]byte

// Entry is one record on its way through a chunk. Rows that yield the same record share it.
type Entry struct {
	record.Record
	Pointer string // to the record, if its file is one JSON object
	Place   string // in the mapping, if it was mapped
	Index   int    // among its first row's records
	Key     Key    // of a node that rows repeat
	Rows    []*Row
	// Corrections are corrections of stored claims that the record makes in addition to its claims.
	Corrections []kg.Correction
	// NewIDs are the nodes and claims that it was the first to define or add to.
	NewIDs []kg.ID
	// Dropped is set once it is rejected or deferred.
	Dropped bool
	// Together are entries to apply in the same transaction.
	Together []*Entry
	text     []byte
}

// New returns the entry of a record that a row yields at an index.
func New(row *Row, r Raw, index int, rec record.Record) *Entry {
	return &Entry{Record: rec, Pointer: r.Pointer, Place: r.Place, Index: index, Rows: []*Row{row}}
}

// Text returns the record as JSON.
func (e *Entry) Text() []byte {
	if e.JSON != nil {
		return e.JSON
	}
	if e.text == nil {
		records, fault := e.FirstRow().Records() // the same as the first time
		if fault == nil && e.Index < len(records) {
			e.text = records[e.Index].Text()
		}
	}
	return e.text
}

// FirstRow returns the first row that yielded the record.
func (e *Entry) FirstRow() *Row { return e.Rows[0] }

// HasNoRow reports whether no row that yields the record is left.
func (e *Entry) HasNoRow() bool {
	for _, row := range e.Rows {
		if row.State == Pending {
			return false
		}
	}
	return true
}

// Live returns the entries that are not dropped.
func Live(entries []*Entry) []*Entry {
	all := make([]*Entry, 0, len(entries))
	for _, e := range entries {
		if !e.Dropped {
			all = append(all, e)
		}
	}
	return all
}
