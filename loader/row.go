package loader

import (
	"encoding/json"

	"casus/internal/kg"
	"casus/loader/mapping"
)

// rawText is where a record or row stands, and its text.
type rawText struct {
	file string
	line int
	text string
}

// inputRow is what is counted: a record of the extraction format, or a row and all the records that it yields. It is applied,
// unchanged or rejected as a whole.
type inputRow struct {
	rawText
	earlier []rawText // further parts of it, before
	number  int       // of the load, from 1
	records []*record
	// fault is why it could not be read.
	fault *Reject
	state rowState
	// makeRecords makes its records again: to show one, or if it has to wait for what it refers to. Keeping them would take
	// far more memory than its text.
	makeRecords func() ([]rawRecord, *Reject)
	// notCarried counts what no record carries.
	notCarried map[string]int
}

// partCount is how many rows it is.
func (row *inputRow) partCount() int { return len(row.earlier) + 1 }

type rowState int

const (
	pending  rowState = iota
	rejected          // it was reported
	deferred          // it refers to what may come later in the input
)

// rawRecord is one record before it is checked, as JSON or as what a mapping made.
type rawRecord struct {
	typ        string
	json       []byte
	fields     map[string]any
	pointer    string // of the record, where its file is one object
	place      string // in the mapping
	notCarried map[string]int
	// repeated is of one that a mapping made before.
	repeated *mapping.Repeated
}

// jsonText is the record as JSON.
func (r rawRecord) jsonText() []byte {
	if r.json == nil && r.fields != nil {
		r.json, _ = json.Marshal(r.fields) // a mapping makes nothing that JSON has not
	}
	return r.json
}

// record is one record and what it comes to. Rows that yield the same record share it.
type record struct {
	rawRecord
	index       int  // of its first unit's records
	fromMapping bool // a mapping made it
	key         nodeKey
	rows        []*inputRow
	id          kg.ID // the node's, or the subject's
	batch       kg.Batch
	drafts      []claimDraft // claims to be made
	newIDs      []kg.ID      // what it was the first to say
	ownsNodes   bool         // its nodes are its own to change
	dropped     bool         // rejected or deferred
	visit       visit
}

// jsonText is the record as JSON.
func (rec *record) jsonText() []byte {
	if rec.json == nil && rec.fields == nil {
		if records, fault := rec.firstRow().makeRecords(); fault == nil && rec.index < len(records) { // as it was the first time
			rec.json = records[rec.index].jsonText()
		}
	}
	return rec.rawRecord.jsonText()
}

// firstRow is the unit that gave it first.
func (rec *record) firstRow() *inputRow { return rec.rows[0] }

// hasNoRow says whether no unit that gives it is left.
func (rec *record) hasNoRow() bool {
	for _, row := range rec.rows {
		if row.state == pending {
			return false
		}
	}
	return true
}

func rawRecordsOf(made []mapping.Record) []rawRecord {
	all := make([]rawRecord, len(made))
	for i, m := range made {
		all[i] = rawRecord{typ: m.Type, fields: m.Fields, place: m.Place, notCarried: m.Left, repeated: m.Repeated}
	}
	return all
}
