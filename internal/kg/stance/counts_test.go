package stance_test

import (
	"testing"

	"casus/internal/kg"
	"casus/internal/kg/stance"
)

// TestAdd counts one more claim of each stance than of the one before, live and withdrawn.
func TestAdd(t *testing.T) {
	var got stance.Counts
	for i, s := range kg.Stances.Values() {
		got.Add(s, false, i+1)
		got.Add(s, true, 10)
	}
	want := stance.Counts{Asserts: 1, Confirms: 2, Denies: 3, Disputes: 4, Retracts: 5, Withdrawn: 50}
	if got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	if got.All() != 65 {
		t.Errorf("%d claims, want 65", got.All())
	}
}
