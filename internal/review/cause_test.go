package review

import (
	"testing"

	"casus/internal/testkit/catalog"
)

// TestReasons checks that docs and review page have each code, and the page each state that it is shown.
func TestReasons(t *testing.T) {
	catalog.Check(t, "docs/review.md", "cause.", "", reasons)
	shown := map[State]string{rejected: "", undecided: "", unclaimed: ""}
	for state := range shown {
		shown[state] = stateWords[state]
	}
	catalog.Check(t, "docs/review.md", "state.", "", shown)
}

// TestCause writes a state in words, and leaves the values as they are.
func TestCause(t *testing.T) {
	c := NewCause(ClaimantMissing, map[string]string{"node": "REJECTED", "state": "UNDECIDED"})
	if c.Reason != "its claimant REJECTED is undecided" || c.Values["state"] != "UNDECIDED" {
		t.Errorf("%+v", c)
	}
}
