package proposal

import (
	"encoding/json"

	"casus/internal/kg"
)

// Verdict is a person's verdict on an item.
type Verdict string

// The verdicts.
const (
	Accept Verdict = "ACCEPT"
	Reject Verdict = "REJECT"
)

// Decision is what a person decided about an item. Known, Own and Edited are of accepted items.
type Decision struct {
	Verdict Verdict `json:"verdict"`
	// Known is the node that the item is: of an actor or a place the known node, of an event the one that gains its
	// claims, of a document the one that it reprints. It may be another item's id.
	Known kg.ID `json:"known,omitempty"`
	// Own is set if the item is not one of the known nodes, which undoes a proposed link, join or reprint.
	Own bool `json:"own,omitempty"`
	// Edited replaces the record, without its claims, or the claim.
	Edited json.RawMessage `json:"edited,omitempty"`
}
