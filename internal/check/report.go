package check

import "casus/internal/kg"

// Invariant names a rule that the graph must meet.
type Invariant string

// The invariants, in the order in which docs/operations.md explains them.
const (
	// Storage: the engine finds no damage in its data and indexes, and every record can be read.
	Storage Invariant = "storage"
	// Record: ids, required values, vocabularies and bounds are as kg.Batch.Check requires.
	Record Invariant = "record"
	// Order: Scan returns each id once, in byte order, and only ids of the requested kind.
	Order Invariant = "order"
	// Reference: every id that a record refers to is stored.
	Reference Invariant = "reference"
	// Circle: no location lies within itself and no document reprints itself, directly or through others.
	Circle Invariant = "circle"
	// Times: a time's bounds are those of its EDTF value.
	Times Invariant = "time"
	// Values: a node's fields have the values that its sources and their dates decide.
	Values Invariant = "value"
	// Text: a stored text has its document's hash, and the words of a verified span are at its offsets.
	Text Invariant = "text"
	// Claims: a claim is stored with its subject, in claim order, and is in the list of claims.
	Claims Invariant = "claim"
	// States: an event's versions are the result of kg.Derive, without gaps.
	States Invariant = "state"
	// Lifetimes: the claims that withdrew a claim, and the moment, are the result of kg.Derive.
	Lifetimes Invariant = "life"
	// Edges: edges are the result of kg.Derive. The claims of an edge list it, and were live as long as it holds.
	Edges Invariant = "edge"
	// Reading: nodes and edges read by id equal the stored ones.
	Reading Invariant = "reading"
	// Corrections: the graph has each corrected claim with the content of its latest correction, and no forgotten one;
	// each corrected field of a node has the value of its latest correction.
	Corrections Invariant = "correction"
	// Classes: histories of merged nodes are stored, and queries return merged nodes accordingly.
	Classes Invariant = "class"
	// Search: a node is found by its first name or title.
	Search Invariant = "search"
	// Counts: the statistics equal the number of stored records.
	Counts Invariant = "count"
)

// Break is one place where an invariant does not hold.
type Break struct {
	Invariant Invariant `json:"invariant"`
	// ID is the record concerned; empty if it is the store as a whole.
	ID      kg.ID  `json:"id,omitempty"`
	Problem string `json:"problem"`
}

// Report is the result of a check.
type Report struct {
	// Checked counts the records of each kind.
	Checked map[kg.NodeKind]int `json:"checked"`
	// Breaks are the first ones found, at most Options.MaxBreaks.
	Breaks []Break `json:"breaks"`
	// Broken counts all breaks, listed or not.
	Broken int `json:"broken"`
	// Contradictions are identity decisions that others overrule through further nodes. They break no invariant.
	Contradictions []kg.IdentityConflict `json:"contradictions,omitempty"`
	// Withdrawals are the first withdrawals without effect, at most Options.MaxBreaks, and WithoutEffect counts all. They
	// break no invariant.
	Withdrawals   []kg.WithdrawalNote `json:"withdrawals,omitempty"`
	WithoutEffect int                 `json:"withoutEffect,omitempty"`
	// Undecided are the first values of nodes between which no rule decides, at most Options.MaxBreaks, and
	// UndecidedValues counts all. They break no invariant.
	Undecided       []kg.FieldConflict `json:"undecided,omitempty"`
	UndecidedValues int                `json:"undecidedValues,omitempty"`
	// Evidence reports how much of the graph rests on verified words; nil unless Options.Evidence is set.
	Evidence *Evidence `json:"evidence,omitempty"`
}
