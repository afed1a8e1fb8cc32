package changed_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/loader/changed"
)

// claim returns a claim from a short form: "c1" states that the harbour was struck, in the words c1, in the Daily.
func claim(id string, change ...func(*kg.Claim)) kg.Claim {
	at, err := edtf.ParseTime("2025-03-02")
	if err != nil {
		panic(err)
	}
	c := kg.Claim{
		ID: kg.ID("claim:" + id), Subject: "event:strike", Document: "document:daily", Stance: kg.StanceAsserts,
		Aspect: kg.AspectOccurrence, AssertedAt: at, Note: id,
	}
	for _, f := range change {
		f(&c)
	}
	return c
}

func about(subject string) func(*kg.Claim)    { return func(c *kg.Claim) { c.Subject = kg.ID(subject) } }
func in(document string) func(*kg.Claim)      { return func(c *kg.Claim) { c.Document = kg.ID(document) } }
func of(release string) func(*kg.Claim)       { return func(c *kg.Claim) { c.Release = kg.ID(release) } }
func stance(s kg.Stance) func(*kg.Claim)      { return func(c *kg.Claim) { c.Stance = s } }
func aspect(a kg.Aspect) func(*kg.Claim)      { return func(c *kg.Claim) { c.Aspect = a } }
func note(text string) func(*kg.Claim)        { return func(c *kg.Claim) { c.Note = text } }
func supersedes(ids ...kg.ID) func(*kg.Claim) { return func(c *kg.Claim) { c.Supersedes = ids } }
func by(actors ...kg.ID) func(*kg.Claim)      { return func(c *kg.Claim) { c.Claimants = actors } }

func TestFind(t *testing.T) {
	for _, c := range []struct {
		name         string
		store, input []kg.Claim
		want         string // the new claim and the missing ones of each change
	}{
		{"an empty store", nil, []kg.Claim{claim("a"), claim("b")}, ""},
		{"the same claims", []kg.Claim{claim("a")}, []kg.Claim{claim("a")}, ""},
		{"another claim instead", []kg.Claim{claim("a")}, []kg.Claim{claim("b")}, "b: a"},
		{"another claim in addition", []kg.Claim{claim("a")}, []kg.Claim{claim("a"), claim("b")}, ""},
		{"a claim less", []kg.Claim{claim("a"), claim("b")}, []kg.Claim{claim("b")}, ""},
		{"one of two is another", []kg.Claim{claim("a"), claim("b")}, []kg.Claim{claim("a"), claim("c")}, "c: b"},
		{"two are another", []kg.Claim{claim("a"), claim("b")}, []kg.Claim{claim("c")}, "c: a b"},
		{"two new ones for one", []kg.Claim{claim("a")}, []kg.Claim{claim("b"), claim("c")}, "b: a; c: a"},
		{"the other is named", []kg.Claim{claim("a")}, []kg.Claim{claim("b", supersedes("claim:a"))}, ""},
		{"one of two others is named", []kg.Claim{claim("a"), claim("b")},
			[]kg.Claim{claim("c", supersedes("claim:a"))}, "c: b"},
		{"another claim of the input names it", []kg.Claim{claim("a")},
			[]kg.Claim{claim("b", supersedes("claim:a")), claim("c")}, ""},
		{"the second version is named, which named the first",
			[]kg.Claim{claim("a"), claim("b", supersedes("claim:a"))}, []kg.Claim{claim("c", supersedes("claim:b"))}, ""},
		{"the fourth version names the third", []kg.Claim{claim("c", supersedes("claim:b")), claim("a"),
			claim("b", supersedes("claim:a"))}, []kg.Claim{claim("d", supersedes("claim:c"))}, ""},
		{"the second version is repeated, with an addition",
			[]kg.Claim{claim("a"), claim("b", supersedes("claim:a"))},
			[]kg.Claim{claim("b", supersedes("claim:a")), claim("c")}, ""},
		{"the third version names none", []kg.Claim{claim("a"), claim("b", supersedes("claim:a"))},
			[]kg.Claim{claim("c")}, "c: a b"},
		{"one id, two contents", []kg.Claim{claim("a")}, []kg.Claim{claim("a", note("other"))}, "a: a"},
		{"one id, two contents, beside another", []kg.Claim{claim("a"), claim("b")},
			[]kg.Claim{claim("a", note("other")), claim("b")}, "a: a"},
		{"another subject", []kg.Claim{claim("a")}, []kg.Claim{claim("b", about("event:fire"))}, ""},
		{"another document", []kg.Claim{claim("a")}, []kg.Claim{claim("b", in("document:post"))}, ""},
		{"another stance", []kg.Claim{claim("a")}, []kg.Claim{claim("b", stance(kg.StanceDenies))}, ""},
		{"another aspect", []kg.Claim{claim("a")}, []kg.Claim{claim("b", aspect(kg.AspectFigures))}, ""},
		{"another claimant", []kg.Claim{claim("a", by("actor:mayor"))}, []kg.Claim{claim("b", by("actor:hospital"))}, ""},
		{"claimants in another order", []kg.Claim{claim("a", by("actor:mayor", "actor:hospital"))},
			[]kg.Claim{claim("b", by("actor:hospital", "actor:mayor"))}, "b: a"},
		{"one of two claimants", []kg.Claim{claim("a", by("actor:mayor", "actor:hospital"))},
			[]kg.Claim{claim("b", by("actor:hospital"))}, ""},
		{"rows of a release", []kg.Claim{claim("a", of("release:r"))}, []kg.Claim{claim("b", of("release:r"))}, ""},
		{"a row is stored", []kg.Claim{claim("a", of("release:r"))}, []kg.Claim{claim("b")}, ""},
		{"no document", []kg.Claim{claim("a", in(""))}, []kg.Claim{claim("b", in(""))}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := show(changed.Find(c.input, changed.Stored{Claims: c.store}, namedIn(c.input))); got != c.want {
				t.Errorf("%q; want %q", got, c.want)
			}
		})
	}
}

// show returns the ids of changes without "claim:".
func show(changes []changed.Change) string {
	var all []string
	for _, c := range changes {
		ids := []string{string(c.New.ID) + ":"}
		for _, m := range c.Missing {
			ids = append(ids, string(m.ID))
		}
		all = append(all, strings.ReplaceAll(strings.Join(ids, " "), "claim:", ""))
	}
	return strings.Join(all, "; ")
}

// A checked span is not other content: a file may be loaded again after a text was supplied.
func TestCheckedSpansAreNotAChange(t *testing.T) {
	words := func(state kg.SpanState, start, end int) func(*kg.Claim) {
		return func(c *kg.Claim) { c.Spans = []kg.Span{{Exact: "struck", Start: start, End: end, State: state}} }
	}
	stored := []kg.Claim{claim("a", words(kg.SpanVerified, 3, 9))}
	input := []kg.Claim{claim("a", words(kg.SpanUnverifiable, 0, 0))}
	if got := show(changed.Find(input, changed.Stored{Claims: stored}, namedIn(input))); got != "" {
		t.Error(got)
	}
}

// An input may lack forgotten claims, and has to name the claims that a forgotten one superseded.
func TestForgottenClaims(t *testing.T) {
	stored := changed.Stored{
		Claims:    []kg.Claim{claim("a"), claim("b", supersedes("claim:a"))},
		Forgotten: map[kg.ID]bool{"claim:b": true},
	}
	for _, c := range []struct {
		name, want string
		input      []kg.Claim
	}{
		{"the forgotten claim and what it superseded", "c: a", []kg.Claim{claim("c")}},
		{"the forgotten claim alone is named", "c: a", []kg.Claim{claim("c", supersedes("claim:b"))}},
		{"the other is named", "", []kg.Claim{claim("c", supersedes("claim:a"))}},
		{"the forgotten claim is no new one", "", []kg.Claim{claim("b", supersedes("claim:a"))}},
	} {
		if got := show(changed.Find(c.input, stored, namedIn(c.input))); got != c.want {
			t.Errorf("%s: %q; want %q", c.name, got, c.want)
		}
	}
}

// The changes of an input are the changes of its parts, if each part knows what the whole names, in every order.
func TestPartsOfAnInput(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	found := 0
	for range 500 {
		var stored, input []kg.Claim
		for _, id := range []string{"a", "b", "c", "d", "e"} {
			c := claim(id, about([]string{"event:strike", "event:fire"}[random.IntN(2)]))
			if random.IntN(4) == 0 {
				c.Supersedes = []kg.ID{kg.ID("claim:" + string(rune('a'+random.IntN(5))))}
			}
			if random.IntN(2) == 0 {
				stored = append(stored, c)
			}
			if random.IntN(2) == 0 {
				input = append(input, c)
			}
		}
		named := namedIn(input)
		whole := strings.Split(show(changed.Find(input, changed.Stored{Claims: stored}, named)), "; ")
		random.Shuffle(len(input), func(i, j int) { input[i], input[j] = input[j], input[i] })
		var parts []string
		for part := range slices.Chunk(input, 2) {
			for _, c := range changed.Find(part, changed.Stored{Claims: stored}, named) {
				parts = append(parts, show([]changed.Change{c}))
			}
		}
		slices.Sort(whole)
		slices.Sort(parts)
		if w, p := strings.Join(whole, "; "), strings.Join(parts, "; "); w != p {
			t.Fatalf("as a whole %q, in parts %q", w, p)
		}
		found += len(parts)
	}
	if found < 100 {
		t.Errorf("only %d changes: the inputs are too tame", found)
	}
}

// namedIn returns a function for Find that reports which ids the claims have or name in supersedes, for an input that
// is given as a whole.
func namedIn(claims []kg.Claim) func(kg.ID) bool {
	ids := make(map[kg.ID]bool, len(claims))
	for _, c := range claims {
		ids[c.ID] = true
		for _, id := range c.Supersedes {
			ids[id] = true
		}
	}
	return func(id kg.ID) bool { return ids[id] }
}
