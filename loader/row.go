package loader

import (
	"encoding/json"

	"casus/internal/kg"
	"casus/loader/mapping"
)

// rawText is the text of a record or row, and where it was read.
type rawText struct {
	file string
	line int
	text string
}

// inputRow is the unit that the report counts: a record of the extraction format, or a row with all records that it
// yields. It is applied, unchanged or rejected as a whole.
type inputRow struct {
	rawText
	earlier []rawText // its earlier parts, if rows were joined
	number  int       // in the load, from 1
	records []*record
	// fault is why it could not be read, or nil.
	fault *Reject
	state rowState
	// makeRecords makes the row's records again, to show one or to defer the row. Keeping them would take far more
	// memory than the text.
	makeRecords func() ([]rawRecord, *Reject)
	// notCarried counts values that no record carries.
	notCarried map[string]int
	// warnings are the messages about the row that the report counts if the row is loaded.
	warnings []string
}

// partCount returns the number of input rows that were joined into this one.
func (row *inputRow) partCount() int { return len(row.earlier) + 1 }

type rowState int

const (
	pending  rowState = iota
	rejected          // reported
	deferred          // refers to an id that later input may define
)

// rawRecord is one record before it is checked, as JSON or as the fields that a mapping made.
type rawRecord struct {
	typ        string
	json       []byte
	fields     map[string]any
	pointer    string // to the record, if its file is one JSON object
	place      string // in the mapping, if it was mapped
	notCarried map[string]int
	warnings   []string
	// repeated is set if the mapping made the same record before.
	repeated *mapping.SharedRecord
}

// jsonText returns the record as JSON.
func (r rawRecord) jsonText() []byte {
	if r.json == nil && r.fields != nil {
		r.json, _ = json.Marshal(r.fields) // a mapping makes only values that JSON has
	}
	return r.json
}

// record is one record and the nodes and claims that it becomes. Rows that yield the same record share it.
type record struct {
	rawRecord
	index       int  // among its first row's records
	fromMapping bool // made by a mapping
	key         nodeKey
	rows        []*inputRow
	id          kg.ID // of the node, or of the claims' subject
	batch       kg.Batch
	drafts      []claimDraft // from which its claims are made
	newIDs      []kg.ID      // nodes and claims that it was the first to define or add to
	ownsNodes   bool         // batch's nodes are copies that may be changed
	dropped     bool         // rejected or deferred
	visit       visit
	together    []*record // records to apply in the same transaction
}

// jsonText returns the record as JSON.
func (rec *record) jsonText() []byte {
	if rec.json == nil && rec.fields == nil {
		records, fault := rec.firstRow().makeRecords() // the same as the first time
		if fault == nil && rec.index < len(records) {
			rec.json = records[rec.index].jsonText()
		}
	}
	return rec.rawRecord.jsonText()
}

// firstRow returns the first row that yielded the record.
func (rec *record) firstRow() *inputRow { return rec.rows[0] }

// hasNoRow reports whether no row that yields the record is left.
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
		all[i] = rawRecord{typ: m.Type, fields: m.Fields, place: m.Place, notCarried: m.NotCarried, warnings: m.Warnings,
			repeated: m.Shared}
	}
	return all
}
