package kg_test

import (
	"testing"

	"casus/internal/kg"
)

// TestDigest checks that the digest depends on the content of a claim, and not on storing, withdrawal or the view.
func TestDigest(t *testing.T) {
	base := validBatch().Claims[0]
	same := base
	same.RecordedAt, same.KnownTo, same.WithdrawnBy, same.View = noon(1), noon(2), []kg.ID{"claim:2"}, kg.View{
		KnownAt: ref(noon(1)),
	}
	same.Dataset = &kg.Release{ID: "release:1"}
	if same.Digest() != base.Digest() {
		t.Error("the digest depends on fields that storing or reading sets")
	}
	seen := map[string]int{base.Digest(): -1}
	for i, change := range []part{
		func(c *kg.Claim) { c.ID = "claim:9" }, func(c *kg.Claim) { c.Subject = "event:x" },
		func(c *kg.Claim) { c.Stance = kg.StanceDenies },
		aspect(kg.AspectTime), func(c *kg.Claim) { c.Claimants = nil }, func(c *kg.Claim) { c.RelayedBy = nil },
		in("document:9"),
		func(c *kg.Claim) { c.Cites = nil }, func(c *kg.Claim) { c.Release = "" },
		func(c *kg.Claim) { c.StatedAt = timeOf("2025") },
		func(c *kg.Claim) { c.AssertedAt = when("2025-01-02") }, func(c *kg.Claim) { c.Quote = nil },
		func(c *kg.Claim) { c.Confidence = ref(0) },
		func(c *kg.Claim) { c.Confidence = nil }, func(c *kg.Claim) { c.Spans = nil }, func(c *kg.Claim) { c.Note = "x" },
		supersedes("claim:7"),
		func(c *kg.Claim) { c.Says = kg.Statement{} }, title("de", "Ein Schlag"), killed(kg.Figure{Best: ref(0)}),
		killed(kg.Figure{}), at("2025"),
	} {
		c := validBatch().Claims[0]
		change(&c)
		if other, found := seen[c.Digest()]; found {
			t.Errorf("changes %d and %d have the same digest", i, other)
		}
		seen[c.Digest()] = i
	}
}
