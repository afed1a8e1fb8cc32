// Package record turns one record of the extraction format, or of a mapping, into nodes and drafts of claims. Its
// functions are pure: they use one record and their arguments, never a store or other records. An invalid record is
// reported as a Reject.
package record

import (
	"encoding/json"

	"casus/internal/kg"
)

// Raw is one record before it is checked: JSON, or the fields that a mapping made.
type Raw struct {
	Type   string
	JSON   []byte
	Fields map[string]any
}

// Text returns the record as JSON.
func (r Raw) Text() []byte {
	if r.JSON == nil && r.Fields != nil {
		r.JSON, _ = json.Marshal(r.Fields) // a mapping makes only values that JSON has
	}
	return r.JSON
}

// Record is a checked record: the node and the drafts of claims that it becomes.
type Record struct {
	Type string
	// ID is the id of the node, or of the claims' subject.
	ID kg.ID
	// JSON is the record's text; nil if it was decoded from a mapping's fields, which takes less time.
	JSON []byte
	// Batch has the node and, once they are made of the drafts, the claims.
	Batch  kg.Batch
	Drafts []Draft
	// Unstated is set if the record says what an event is, but none of its claims states that.
	Unstated bool
	// Fallen are the claims that were left out because of their faults; see DecodeLenient.
	Fallen []Fallen
	// Release is the release that an affiliation's record states; its data set is the source of the node.
	Release kg.ID
	// Content is the draft of the new content of a claim that the record corrects; nil if there is none.
	Content *Draft
}

// HasNode reports whether the record becomes a node.
func (rec *Record) HasNode() bool {
	return rec.Batch.Size() > len(rec.Batch.Claims)+len(rec.Batch.Removals)
}

// UnstatedReason is the warning of a record that is Unstated.
const UnstatedReason = "is an event of which no claim asserts or confirms the OCCURRENCE: what no claim states of " +
	"its title, category, time, participants and places is not in the graph"
