package kg_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"casus/internal/edtf"
	"casus/internal/kg"

	"github.com/google/go-cmp/cmp"
)

func corrected(id kg.ID, at edtf.Instant, note string) kg.Correction {
	return kg.Correction{ID: id, Claim: "claim:a", By: "ann", At: at, Content: &kg.Content{
		Subject: "event:a", Stance: kg.StanceAsserts, Aspect: kg.AspectOccurrence, Note: note,
	}}
}

func forgotten(id kg.ID, at edtf.Instant) kg.Correction {
	return kg.Correction{ID: id, Claim: "claim:a", By: "ann", At: at}
}

// TestLatestCorrections tries every order of the corrections.
func TestLatestCorrections(t *testing.T) {
	for _, c := range []struct {
		name string
		all  []kg.Correction
		want kg.ID
	}{
		{"the latest", []kg.Correction{corrected("correction:b", 1, "x"), forgotten("correction:a", 2)}, "correction:a"},
		{"of one instant a content", []kg.Correction{corrected("correction:a", 1, ""), forgotten("correction:b", 1)},
			"correction:a"},
		{"of two contents the last", []kg.Correction{corrected("correction:a", 1, "y"), corrected("correction:b", 1, "x")},
			"correction:a"},
		{"of equal ones the last id", []kg.Correction{corrected("correction:a", 1, "x"), corrected("correction:b", 1, "x")},
			"correction:b"},
	} {
		for range 2 {
			slices.Reverse(c.all)
			latest := kg.LatestCorrections(append(c.all,
				kg.Correction{ID: "correction:z", Node: "actor:a", Field: "kind", At: 9}))
			if got := latest[kg.Corrected{ID: "claim:a"}].ID; got != c.want || len(latest) != 2 {
				t.Errorf("%s: %s of %d, want %s", c.name, got, len(latest), c.want)
			}
		}
	}
}

// TestCorrectionKeepsTheRest fills a claim and a content at random: what is not corrected stays, the rest is replaced.
func TestCorrectionKeepsTheRest(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 50 {
		original, other := filled[kg.Claim](r), filled[kg.Claim](r)
		content := other.Content()
		got, ok := kg.Correction{Content: &content}.Apply(original)
		want := other
		want.ID, want.Release, want.Extractions = original.ID, original.Release, original.Extractions
		want.AssertedAt, want.RecordedAt = original.AssertedAt, original.RecordedAt
		want.KnownTo, want.WithdrawnBy = original.KnownTo, original.WithdrawnBy
		want.Dataset, want.View = original.Dataset, original.View
		if d := cmp.Diff(want, got); d != "" || !ok {
			t.Fatal(d)
		}
		own := original.Content()
		if same, _ := (kg.Correction{Content: &own}).Apply(original); cmp.Diff(original, same) != "" {
			t.Fatal(cmp.Diff(original, same))
		}
	}
	if _, ok := (kg.Correction{Claim: "claim:a"}).Apply(kg.Claim{ID: "claim:a"}); ok {
		t.Error("a forgotten claim exists")
	}
}

func TestCorrectionCheck(t *testing.T) {
	valid := corrected("correction:a", 1, "x")
	field := kg.Correction{ID: "correction:a", Node: "actor:a", Field: "country", Value: `"NL"`, By: "ann"}
	for _, c := range []struct {
		problem string // "" if valid
		change  func(*kg.Correction)
	}{
		{"", func(*kg.Correction) {}},
		{"", func(c *kg.Correction) { c.Content = nil }},
		{"", func(c *kg.Correction) { *c = field }},
		{"", func(c *kg.Correction) { *c = field; c.Value = "" }},
		{"either a claim or a node", func(c *kg.Correction) { c.Claim, c.Content = "", nil }},
		{"either a claim or a node", func(c *kg.Correction) { c.Node = "actor:a" }},
		{"required for a correction of a node", func(c *kg.Correction) { *c = field; c.Field = "" }},
		{"required for a correction of a node", func(c *kg.Correction) { c.Field = "note" }},
		{"a claim has a content", func(c *kg.Correction) { c.Value = "1" }},
		{"is not JSON", func(c *kg.Correction) { *c = field; c.Value = "NL" }},
		{"by is absent", func(c *kg.Correction) { c.By = "" }},
		{"is of kind claim, not actor", func(c *kg.Correction) { *c = field; c.Node = "claim:a" }},
		{"stance", func(c *kg.Correction) { c.Content.Stance = "SAYS" }},
		{"cannot supersede itself", func(c *kg.Correction) { c.Content.Supersedes = []kg.ID{"claim:a"} }},
		{"subject is absent", func(c *kg.Correction) { c.Content.Subject = "" }},
	} {
		correction, content := valid, *valid.Content
		correction.Content = &content
		c.change(&correction)
		err := correction.Check()
		if (err == nil) != (c.problem == "") || err != nil && !strings.Contains(err.Error(), c.problem) {
			t.Errorf("%q: %v", c.problem, err)
		}
	}
}

// TestMergeDecisions merges reviews and corrections with one id: the result does not depend on the order.
func TestMergeDecisions(t *testing.T) {
	early, late := corrected("correction:a", 1, "z"), forgotten("correction:a", 2)
	other := corrected("correction:a", 1, "a")
	if got, conflicts := kg.MergeCorrection(early, late); cmp.Diff(late, got) != "" || len(conflicts) > 0 {
		t.Errorf("%v %v", got, conflicts)
	}
	for _, two := range [][2]kg.Correction{{early, other}, {other, early}} {
		if got, conflicts := kg.MergeCorrection(two[0], two[1]); cmp.Diff(early, got) != "" || len(conflicts) != 1 {
			t.Errorf("%v %v", got, conflicts)
		}
	}
	a := kg.Review{ID: "review:a", Claims: []kg.ID{"claim:b", "claim:a", "claim:b"}, Verdict: kg.CodingHuman,
		By: "ann", At: 1}
	b := a
	b.Claims = []kg.ID{"claim:a", "claim:b"}
	for _, two := range [][2]kg.Review{{a, b}, {b, a}, {a, a}} {
		if got, conflicts := kg.MergeReview(two[0], two[1]); cmp.Diff(b, got) != "" || len(conflicts) > 0 {
			t.Errorf("%v %v", got, conflicts)
		}
	}
}
