package main

import (
	"testing"

	"casus/internal/kg"
)

func TestPlural(t *testing.T) {
	for _, c := range []struct {
		n          int
		noun, want string
	}{
		{0, "event", "0 events"}, {1, "event", "1 event"}, {2, "event", "2 events"},
		{1, "identity", "1 identity"}, {2, "identity", "2 identities"},
	} {
		if got := plural(c.n, c.noun); got != c.want {
			t.Errorf("plural(%d, %q) = %q, want %q", c.n, c.noun, got, c.want)
		}
	}
	counts := map[kg.NodeKind]int{kg.KindEvent: 1, kg.KindActor: 2, kg.KindClaim: 0}
	if got, want := pluralList(counts, kg.NodeKinds.Values()), "2 actors, 1 event"; got != want {
		t.Errorf("pluralList: %q, want %q", got, want)
	}
}
