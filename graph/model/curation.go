package model

import "casus/internal/kg"

// Correction is a correction of a claim.
type Correction struct {
	kg.Correction
	// Claim is the claim as the correction has it; nil if it is forgotten.
	Claim *kg.Claim
}

// Why returns the reason, or nil.
func (c Correction) Why() *string { return orNil(c.Correction.Why) }

// Review is a review of a claim, its document or its release.
type Review struct{ kg.Review }

// Note returns the remark, or nil.
func (r Review) Note() *string { return orNil(r.Review.Note) }

func orNil(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}
