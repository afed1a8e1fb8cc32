package intake_test

import (
	"encoding/json"
	"testing"

	"casus/internal/extract/proposal"
	"casus/internal/kg"
	"casus/internal/review/intake"
)

// addByHand adds a claim to an event of the proposal, and an event with a claim.
func addByHand(t *testing.T, s *intake.Submission) {
	t.Helper()
	talks, claims := item(t, *s, kg.KindEvent, "Ferry talks").Record, 0
	for _, it := range s.Review.Items {
		if it.Record == talks {
			claims = max(claims, it.Claim)
		}
	}
	accepted := &proposal.Decision{Verdict: proposal.Accept}
	add := func(it proposal.Item, content string) {
		it.Added, it.Decision = json.RawMessage(content), accepted
		s.Review.Items = append(s.Review.Items, it)
	}
	add(proposal.Item{Record: talks, Claim: claims + 1, Type: kg.KindClaim, Label: "crew"},
		`{"aspect":"FIGURES","figures":[{"kind":"WOUNDED","best":4}],"spans":[{"exact":"crew were hurt at the talks"}]}`)
	next := len(s.Records) + 1
	add(proposal.Item{Record: next, Type: kg.KindEvent, ID: "event:by-hand", Label: "Refusal"},
		`{"type":"event","id":"event:by-hand","titles":[{"value":"Refusal"}],"category":"STATEMENT","modality":"OCCURRED",
		"document":"`+string(s.Review.Document)+`"}`)
	add(proposal.Item{Record: next, Claim: 1, Type: kg.KindClaim, Label: "won’t"},
		`{"claimants":["actor:harbour-union"],"spans":[{"exact":"We won’t sail"}]}`)
}
