package model

import (
	"slices"

	"casus/internal/kg"
)

// IdentityDecision is a decision about a node, in a view.
type IdentityDecision struct {
	kg.IdentityDecision
	// MemberID is the node itself or another member of its identity class, OtherID the other node of the decision.
	MemberID, OtherID kg.ID
	View              kg.View
}

// NewIdentityDecision returns a decision whose member is node or, if node is neither end, one of others, the other
// nodes of its identity class.
func NewIdentityDecision(d kg.IdentityDecision, node kg.ID, others []kg.ID, v kg.View) IdentityDecision {
	if d.B == node || d.A != node && !slices.Contains(others, d.A) {
		return IdentityDecision{d, d.B, d.A, v}
	}
	return IdentityDecision{d, d.A, d.B, v}
}

// Reason returns the reason, or nil if none was stated.
func (d IdentityDecision) Reason() *string {
	return orNil(d.IdentityDecision.Reason)
}
