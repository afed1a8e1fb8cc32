package review

import (
	"bytes"
	"encoding/json"

	"casus/internal/extract/proposal"
	"casus/internal/kg"
	"casus/internal/record"
)

// Signature says who decided, and when.
type Signature struct {
	By string
	// At is the time in RFC 3339.
	At   string
	Note string
}

// Outcome is what decisions make of a proposal.
type Outcome struct {
	// Records are the records to load, and Lines the line of each in the proposal, from 1; 0 for one that a link had.
	Records []proposal.Record
	Lines   []int
	// Reviews say that the claims of the records were read. One has at most kg.MaxItems claims.
	Reviews []record.Review
	Counts  Counts
	Fallen  []Fallen
	Faults  []Fault
}

// Counts are the numbers of items by decision, and of the records and claims to load.
type Counts struct {
	Accepted  int `json:"accepted"`
	Rejected  int `json:"rejected"`
	Undecided int `json:"undecided"`
	Edited    int `json:"edited"`
	Records   int `json:"records"`
	Claims    int `json:"claims"`
}

// Fallen is an accepted item, or a field of one, that is not loaded because of another item.
type Fallen struct {
	Record int         `json:"record"`
	Claim  int         `json:"claim"`
	Type   kg.NodeKind `json:"type"`
	Label  string      `json:"label"`
	// Field is a JSON pointer in the record or claim, or "" if all of it falls.
	Field string `json:"field"`
	Cause
	// Because is the id of the item that is not accepted, if it has one.
	Because kg.ID `json:"because,omitempty"`
}

// Fault is a decision that cannot be carried out. Its item counts as undecided.
type Fault struct {
	Record int    `json:"record"`
	Claim  int    `json:"claim"`
	ID     kg.ID  `json:"id,omitempty"`
	Field  string `json:"field"`
	Cause
}

// JSONL returns the records and the reviews, one a line.
func (o Outcome) JSONL() ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	write := func(r any) error {
		if err := e.Encode(r); err != nil {
			return kg.Errorf(kg.Internal, "encode the reviewed records: %w", err)
		}
		return nil
	}
	for _, r := range o.Records {
		if err := write(r); err != nil {
			return nil, err
		}
	}
	for _, r := range o.Reviews {
		if err := write(r); err != nil {
			return nil, err
		}
	}
	return b.Bytes(), nil
}
