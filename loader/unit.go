package loader

import (
	"encoding/json"

	"casus/internal/kg"
	"casus/loader/mapping"
)

// raw is where a record or row stands, and its text.
type raw struct {
	file string
	line int
	text string
}

// unit is what is counted: a record of the extraction format, or a row and all the records that it yields. It is applied,
// unchanged or rejected as a whole.
type unit struct {
	raw
	more  []raw // further parts of it, before
	nth   int   // of the load, from 1
	items []*item
	// fault is why it could not be read.
	fault *Reject
	state unitState
	// records makes its records again: to show one, or if it has to wait for what it refers to. Keeping them would take
	// far more memory than its text.
	records func() ([]record, *Reject)
	// left counts what no record carries.
	left map[string]int
}

// parts is how many rows it is.
func (u *unit) parts() int { return len(u.more) + 1 }

type unitState int

const (
	waiting  unitState = iota
	rejected           // it was reported
	deferred           // it refers to what may come later in the input
)

// record is one record before it is checked, as JSON or as what a mapping made.
type record struct {
	typ     string
	json    []byte
	fields  map[string]any
	pointer string // of the record, where its file is one object
	place   string // in the mapping
	left    map[string]int
	// repeated is of one that a mapping made before.
	repeated *mapping.Repeated
}

// text is the record as JSON.
func (r record) text() []byte {
	if r.json == nil && r.fields != nil {
		r.json, _ = json.Marshal(r.fields) // a mapping makes nothing that JSON has not
	}
	return r.json
}

// item is one record and what it comes to. Rows that yield the same record share it.
type item struct {
	record
	nth    int  // of its first unit's records
	mapped bool // a mapping made it
	key    nodeKey
	units  []*unit
	id     kg.ID // the node's, or the subject's
	batch  kg.Batch
	says   []said  // claims to be made
	own    []kg.ID // what it was the first to say
	united bool    // its nodes are its own to change
	dead   bool    // rejected or deferred
	visit  visit
}

// text is the record as JSON.
func (it *item) text() []byte {
	if it.json == nil && it.fields == nil {
		if records, fault := it.first().records(); fault == nil && it.nth < len(records) { // as it was the first time
			it.json = records[it.nth].text()
		}
	}
	return it.record.text()
}

// first is the unit that gave it first.
func (it *item) first() *unit { return it.units[0] }

// out says whether no unit that gives it is left.
func (it *item) out() bool {
	for _, u := range it.units {
		if u.state == waiting {
			return false
		}
	}
	return true
}

func recordsOf(made []mapping.Record) []record {
	all := make([]record, len(made))
	for i, m := range made {
		all[i] = record{typ: m.Type, fields: m.Fields, place: m.Place, left: m.Left, repeated: m.Repeated}
	}
	return all
}
