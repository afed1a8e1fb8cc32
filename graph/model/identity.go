package model

import (
	"slices"

	"casus/internal/kg"
)

// IdentityDecision is a decision about a node, in a view.
type IdentityDecision struct {
	kg.IdentityDecision
	// MemberID is the node or one that it is the same as, OtherID the other end.
	MemberID, OtherID kg.ID
	View              kg.View
}

// NewIdentityDecision tells the ends of a decision apart, for a node and those that it is the same as.
func NewIdentityDecision(d kg.IdentityDecision, node kg.ID, others []kg.ID, v kg.View) IdentityDecision {
	if d.B == node || d.A != node && !slices.Contains(others, d.A) {
		return IdentityDecision{d, d.B, d.A, v}
	}
	return IdentityDecision{d, d.A, d.B, v}
}

// Reason is why it was decided; nil: not said.
func (d IdentityDecision) Reason() *string {
	if d.IdentityDecision.Reason == "" {
		return nil
	}
	return &d.IdentityDecision.Reason
}
