package kg_test

import (
	"slices"
	"testing"

	"casus/internal/kg"
)

// TestWithdrawers has an example for each line of the section Withdrawal of docs/model.md about who can withdraw what.
// Claim 2 names claim 1, or retracts without names.
func TestWithdrawers(t *testing.T) {
	daily, weekly, reprint := in("document:daily"), in("document:weekly"), in("document:reprint")
	byName := supersedes("claim:1")
	machine := row("release:machine")
	tests := []struct {
		name       string
		target, by kg.Claim
		withdrawn  bool
	}{
		{"its claimant", claim(1, "A+", daily), claim(2, "A+", weekly, byName), true},
		{"one of its claimants", claim(1, "AB+", daily), claim(2, "Bx", weekly), true},
		{"another person", claim(1, "A+", daily), claim(2, "B+", daily, byName), false},
		{"the paper, what it says itself", claim(1, "+", daily), claim(2, "+", in("document:daily2"), byName), true},
		{"the paper, what it quotes", claim(1, "A+", daily), claim(2, "x", in("document:daily2")), true},
		{"another paper", claim(1, "A+", daily), claim(2, "x", weekly), false},
		{"the original's paper, a reprint", claim(1, "+", reprint), claim(2, "x", in("document:daily2")), true},
		{"the paper that reprints, its reprint", claim(1, "+", reprint), claim(2, "x", weekly), true},
		{"the paper that reprints, the original", claim(1, "+", daily), claim(2, "x", weekly), false},
		{"a reprint speaks for its own paper", claim(1, "+", daily), claim(2, "x", reprint), false},
		{"a document without a publisher, its own words", claim(1, "+", in("document:leaflet")),
			claim(2, "+", in("document:leaflet"), byName), true},
		{"a person is not the paper", claim(1, "+", daily), claim(2, "A+", daily, byName), false},
		{"the data set, its row", claim(1, "A+", row("release:1")), claim(2, "B+", row("release:2"), byName), true},
		{"another data set", claim(1, "A+", row("release:1")), claim(2, "x", machine), false},
		{"a paper that a row cites", claim(1, "+", row("release:1", "document:daily")), claim(2, "x", daily), false},
		{
			"a row, what its own paper said", claim(1, "+", daily),
			claim(2, "x", in("document:daily2"), row("release:1")), true,
		},
		{
			"a row, what a paper said that it cites", claim(1, "+", daily),
			claim(2, "x", row("release:1", "document:daily")), false,
		},
		{"a claim without a source", claim(1, "+"), claim(2, "x", byName), false},
		{"a machine, a person's claim", claim(1, "A+", daily), claim(2, "Ax", weekly, machine), false},
		{"a machine, a machine's claim", claim(1, "A+", daily, machine), claim(2, "Ax", weekly, machine), true},
		{"a person, a machine's claim", claim(1, "A+", daily, machine), claim(2, "Ax", weekly), true},
		{"without names, in the same document", claim(1, "A+", daily), claim(2, "Ax", daily), false},
		{"by name, in the same document", claim(1, "A+", daily), claim(2, "Ax", daily, byName), true},
		{"without names, another aspect", claim(1, "A+", daily), claim(2, "Ax", weekly, aspect(kg.AspectPlace)), false},
		{"by name, a claim that becomes known later but was asserted earlier",
			claim(1, "A+", daily, asserted("2025-01")), claim(2, "A+", weekly, byName), true},
		{"without names, a claim that becomes known later",
			claim(1, "A+", daily, asserted("2025-01")), claim(2, "Ax", weekly), false},
		{"by name, a claim asserted later", claim(1, "A+", daily, asserted("2025-01-03")), claim(2, "Ax", byName), false},
	}
	for _, tt := range tests {
		claims := []kg.Claim{tt.target, tt.by}
		h := kg.Derive(strike, claims, newsroom)
		i := slices.IndexFunc(h.Lifetimes, func(l kg.ClaimLifetime) bool { return l.Claim == "claim:1" })
		l := h.Lifetimes[i]
		if got := len(l.WithdrawnBy) > 0; got != tt.withdrawn {
			t.Errorf("%s: withdrawn %t, want %t", tt.name, got, tt.withdrawn)
		}
		if want := max(tt.target.KnownFrom(), tt.by.KnownFrom()); tt.withdrawn && l.KnownTo != want {
			t.Errorf("%s: withdrawn at %s, want %s, when both are known", tt.name, l.KnownTo, want)
		}
		if notes := kg.Withdrawals(claims, newsroom); len(notes) == 0 != tt.withdrawn {
			t.Errorf("%s: notes %v", tt.name, notes)
		}
	}
}

// TestCircles checks that claims that name each other in a circle withdraw nothing, and that the circle counts from the
// moment at which all of it is known.
func TestCircles(t *testing.T) {
	a := func(n int, names ...kg.ID) kg.Claim {
		return claim(n, "A+", asserted("../"+noon(n).String()), supersedes(names...))
	}
	tests := []struct {
		name   string
		claims []kg.Claim
		want   string
	}{
		{"two", []kg.Claim{a(1, "claim:2"), a(2, "claim:1")}, "1; 2"},
		{"three", []kg.Claim{a(1, "claim:2"), a(2, "claim:3"), a(3, "claim:1")}, "1; 2@02 by 1; 3"},
		{"three, backwards", []kg.Claim{a(1, "claim:3"), a(2, "claim:1"), a(3, "claim:2")}, "1@02 by 2; 2; 3"},
		{"beside a circle", []kg.Claim{a(1, "claim:2"), a(2, "claim:1"), a(3, "claim:2")}, "1; 2@03 by 3; 3"},
		{"out of a circle", []kg.Claim{a(1), a(2, "claim:3", "claim:1"), a(3, "claim:2")}, "1@02 by 2; 2; 3"},
		{"out of a known circle", []kg.Claim{a(1, "claim:2", "claim:3"), a(2, "claim:1"), a(3)}, "1; 2; 3"},
		{"two circles", []kg.Claim{a(1, "claim:2"), a(2, "claim:1", "claim:3"), a(3, "claim:2")}, "1; 2; 3"},
		{"a chain", []kg.Claim{a(1), a(2, "claim:1"), a(3, "claim:2")}, "1@02 by 2; 2@03 by 3; 3"},
	}
	for _, tt := range tests {
		if got := lifetimes(derive(tt.claims...)); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}
