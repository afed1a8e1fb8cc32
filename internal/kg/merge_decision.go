package kg

import (
	"cmp"
	"fmt"
	"math"
)

// MergeDecision keeps the later of two contents of one decision's id. Of two of one instant it keeps the one that sorts
// first: by its pair, NOT_SAME before SAME, who decided, why, and the score, none before any.
func MergeDecision(a, b IdentityDecision) (IdentityDecision, []FieldConflict) {
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

func compareContents(a, b IdentityDecision) int {
	return cmp.Or(cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B), cmp.Compare(a.relation(), b.relation()), cmp.Compare(a.DecidedBy, b.DecidedBy),
		cmp.Compare(a.Reason, b.Reason), cmp.Compare(a.score(), b.score()))
}

func (d IdentityDecision) relation() string {
	if d.Same {
		return "SAME_AS"
	}
	return "NOT_SAME_AS"
}

// score is below every score where there is none.
func (d IdentityDecision) score() float64 {
	if d.Score == nil {
		return math.Inf(-1)
	}
	return *d.Score
}

func (d IdentityDecision) content() string {
	text := fmt.Sprintf("%s %s %s, says %s", d.A, d.relation(), d.B, d.DecidedBy)
	if d.Score != nil {
		text += fmt.Sprintf(" (%v)", *d.Score)
	}
	if d.Reason != "" {
		text += ": " + d.Reason
	}
	return text
}
