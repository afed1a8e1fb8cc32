package neo4j

import "testing"

// TestClauses covers the empty cases of the connectives.
func TestClauses(t *testing.T) {
	for _, c := range []struct{ got, want clause }{
		{and(), always},
		{and(always, "a", always, "b"), "a AND b"},
		{or(), never},
		{or("a", "b"), "(a OR b)"},
		{or("a", always), always},
		{not(always), never},
		{not(and("a", "b")), "NOT (a AND b)"},
		{and(or("a", "b"), not(or("c", "d"))), "(a OR b) AND NOT ((c OR d))"},
		{where(always), ""},
		{where("a", always), " WHERE a"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestSubsets(t *testing.T) {
	seen := map[int]int{}
	for _, subset := range subsets(6) {
		seen[len(subset)]++
	}
	for size, want := range []int{0, 6, 15, 20, 15, 6, 1} {
		if seen[size] != want {
			t.Errorf("%d subsets of %d things, want %d", seen[size], size, want)
		}
	}
}
