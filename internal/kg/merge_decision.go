package kg

import (
	"cmp"
	"fmt"
	"math"
)

// MergeDecision returns the later of two decisions with one id. Of two decisions at the same instant it keeps the one
// that sorts first, by pair, NOT_SAME before SAME, DecidedBy, Reason and score, and reports a conflict.
func MergeDecision(a, b IdentityDecision) (IdentityDecision, []FieldConflict) {
	a.Score, b.Score = plainScore(a.Score), plainScore(b.Score)
	if a.DecidedAt != b.DecidedAt {
		if b.DecidedAt > a.DecidedAt {
			return b, nil
		}
		return a, nil
	}
	switch order := compareContents(a, b); {
	case order == 0:
		return a, nil
	case order > 0:
		a, b = b, a
	}
	return a, []FieldConflict{{ID: a.ID, Field: "content", Kept: a.content(), Dropped: b.content()}}
}

// plainScore returns a score that is not a negative zero.
func plainScore(score *float64) *float64 {
	if score == nil || !negativeZero(*score) {
		return score
	}
	return new(float64)
}

func compareContents(a, b IdentityDecision) int {
	return cmp.Or(
		cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B), cmp.Compare(a.relation(), b.relation()),
		cmp.Compare(a.DecidedBy, b.DecidedBy), cmp.Compare(a.Reason, b.Reason), cmp.Compare(a.score(), b.score()),
	)
}

func (d IdentityDecision) relation() string {
	if d.Same {
		return "SAME_AS"
	}
	return "NOT_SAME_AS"
}

// score returns the score, or -Inf if there is none.
func (d IdentityDecision) score() float64 {
	if d.Score == nil {
		return math.Inf(-1)
	}
	return *d.Score
}

func (d IdentityDecision) content() string {
	text := fmt.Sprintf("%s %s %s, decided by %s", d.A, d.relation(), d.B, d.DecidedBy)
	if d.Score != nil {
		text += fmt.Sprintf(" (%v)", *d.Score)
	}
	if d.Reason != "" {
		text += ": " + d.Reason
	}
	return text
}
