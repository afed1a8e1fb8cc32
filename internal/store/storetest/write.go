package storetest

import (
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"casus/internal/kg"
	"casus/internal/store"
)

// newStore returns a new store that holds the batches.
func newStore(t *testing.T, h Harness, batches ...kg.Batch) store.Store {
	t.Helper()
	s := h.New(t)
	load(t, s, batches...)
	return s
}

// worldDump returns the dump of a store that loaded the world in one batch.
func worldDump(t *testing.T, h Harness) store.ScanPage {
	t.Helper()
	return dump(t, newStore(t, h, world()))
}

// testIdempotence applies the world twice: the second batch changes nothing.
func testIdempotence(t *testing.T, h Harness) {
	s := h.New(t)
	first := must[kg.ApplyResult](t)(s.Apply(t.Context(), world()))
	counts := map[kg.NodeKind]int{kg.KindActor: 10, kg.KindLocation: 9, kg.KindDocument: 6, kg.KindRelease: 2,
		kg.KindAffiliation: 4, kg.KindClaim: 27}
	events := map[kg.NodeKind]int{kg.KindEvent: 12}
	maps.Copy(events, counts)
	wantEqual(t, "the first time: added", events, first.Added)
	wantEqual(t, "the first time: changed", map[kg.NodeKind]int{}, first.Changed)
	wantEqual(t, "the first time: unchanged", map[kg.NodeKind]int{}, first.Unchanged)
	before := dump(t, s)
	again := world()
	again.RecordedAt++
	second := must[kg.ApplyResult](t)(s.Apply(t.Context(), again))
	wantEqual(t, "the second time", kg.ApplyResult{Added: map[kg.NodeKind]int{}, Changed: map[kg.NodeKind]int{},
		Unchanged: counts}, second)
	wantEqual(t, "stored graph", before, dump(t, s))
	if c := list(t, s.Claims, store.ClaimQuery{})[0]; c.RecordedAt != world().RecordedAt {
		t.Errorf("%s: recorded at %s, want %s", c.ID, c.RecordedAt, world().RecordedAt)
	}
}

// testAtomicity applies invalid batches: no part of them may be stored.
func testAtomicity(t *testing.T, h Harness) {
	invalidBatch := func(c kg.Claim) kg.Batch {
		return kg.Batch{
			Actors:     []kg.Actor{{ID: "actor:new", Kind: kg.ActorPerson, Names: []kg.Name{name("en", "New")}}},
			RecordedAt: noon(31),
			Claims:     []kg.Claim{claim("ok", "event:new", '+', 8, category(kg.CategoryAid)), c},
			Checkpoint: &kg.Checkpoint{Key: "load", Value: "1"},
		}
	}
	s := newStore(t, h, world())
	before := dump(t, s)
	for what, c := range map[string]kg.Claim{
		"an unknown claimant": claim("bad", "event:new", '+', 8, claimedBy("actor:unknown")),
		"an unknown document": claim("bad", "event:new", '+', 8, inDocument("document:none")),
		"an unknown event":    claim("bad", "event:new", '+', 8, partOf("event:none")),
		"an unknown place":    claim("bad", "event:new", '+', 8, place("location:none", kg.LocationRoleVenue, 0)),
		"an unknown claim":    claim("bad", "event:new", '+', 8, supersedes("claim:none")),
		"an unknown release":  claim("bad", "event:new", '+', 8, fromRelease("release:none")),
		"an unknown subject":  claim("bad", "affiliation:none", '+', 8),
		"an invalid claim":    claim("bad", "actor:us", '+', 8),
	} {
		_, err := s.Apply(t.Context(), invalidBatch(c))
		wantCode(t, what, err, kg.BadInput)
		wantEqual(t, what+": stored graph", before, dump(t, s))
		if v := must[string](t)(s.Checkpoint(t.Context(), "load")); v != "" {
			t.Errorf("%s: checkpoint %q is stored", what, v)
		}
	}
	// An event defined only by a failed batch is unknown.
	_, err := s.Apply(t.Context(), kg.Batch{Claims: []kg.Claim{claim("late", "event:late", '+', 8, partOf("event:new"))}})
	wantCode(t, "an event of a failed batch", err, kg.BadInput)
}

// testConflicts applies two contents under one claim id: the stored one stays, and the rest of the batch is
// applied.
func testConflicts(t *testing.T, h Harness) {
	s := newStore(t, h, world())
	other := claim("s1", "event:strike", '+', 1, inDocument("document:r1"), title("en", "Something else"))
	applied := must[kg.ApplyResult](t)(s.Apply(t.Context(), kg.Batch{
		Claims: []kg.Claim{other, claim("fine", "event:strike", '+', 20, claimedBy("actor:un"))}, RecordedAt: noon(31),
	}))
	if len(applied.Conflicts) != 1 {
		t.Fatalf("rejected: %v", applied.Conflicts)
	}
	given, stored := []kg.Claim{applied.Conflicts[0].Given}, []kg.Claim{applied.Conflicts[0].Stored}
	clearLoadTimes(given)
	clearLoadTimes(stored)
	wantEqual(t, "given", []kg.Claim{other}, given)
	wantEqual(t, "stored", worldClaims()[5:6], stored)
	wantEqual(t, "added", map[kg.NodeKind]int{kg.KindClaim: 1}, applied.Added)
	nodes := must[[]kg.Node](t)(s.Nodes(t.Context(), kg.View{}, []kg.ID{"claim:s1", "claim:fine"}))
	if nodes[1] == nil || nodes[0].(kg.Claim).Says.Titles[0].Value != "Strike on the harbour" {
		t.Errorf("stored: %v", nodes)
	}
	twice := claim("twice", "event:strike", '+', 21)
	twice.Note = "one"
	again := twice
	again.Note = "two"
	applied = must[kg.ApplyResult](t)(s.Apply(t.Context(),
		kg.Batch{Claims: []kg.Claim{twice, again, twice}, RecordedAt: noon(31)}))
	if len(applied.Conflicts) != 1 || applied.Added[kg.KindClaim] != 1 || applied.Unchanged[kg.KindClaim] != 1 {
		t.Errorf("two contents in one batch: %+v", applied)
	}
}

// testFieldConflicts applies two values of one node: the stored value does not depend on their order.
func testFieldConflicts(t *testing.T, h Harness) {
	one := kg.Actor{ID: "actor:x", Kind: kg.ActorUnidentified, Names: []kg.Name{name("en", "X")}, Country: "UA",
		Sectors: []string{"b"}}
	other := kg.Actor{ID: "actor:x", Kind: kg.ActorPerson, Names: []kg.Name{name("en", "X"), alias("uk", "Ікс")},
		Country: "PL", Sectors: []string{"a"}}
	want := kg.Actor{ID: "actor:x", Kind: kg.ActorPerson, Names: []kg.Name{name("en", "X"), alias("uk", "Ікс")},
		Country: "PL", Sectors: []string{"a", "b"}}
	want.Undecided = []string{"country"}
	want.Values = []kg.FieldValue{
		{Field: "country", Value: "PL", Sources: []kg.Source{""}}, {Field: "country", Value: "UA", Sources: []kg.Source{""}},
		{Field: "kind", Value: "PERSON", Sources: []kg.Source{""}},
	}
	for _, order := range [][]kg.Actor{{one, other}, {other, one}} {
		s := h.New(t)
		load(t, s, kg.Batch{Actors: order[:1]})
		applied := must[kg.ApplyResult](t)(s.Apply(t.Context(), kg.Batch{Actors: order[1:]}))
		wantEqual(t, "changed", map[kg.NodeKind]int{kg.KindActor: 1}, applied.Changed)
		wantEqual(t, "written", []kg.ID{"actor:x"}, applied.Written)
		wantEqual(t, "field conflicts", []kg.FieldConflict{{ID: "actor:x", Field: "country", Kept: "PL", Dropped: "UA"}},
			applied.FieldConflicts)
		wantEqual(t, "stored", []kg.Node{want}, must[[]kg.Node](t)(s.Nodes(t.Context(), kg.View{}, []kg.ID{"actor:x"})))
		applied = must[kg.ApplyResult](t)(s.Apply(t.Context(), kg.Batch{Actors: order[1:]}))
		wantEqual(t, "repeated: unchanged", map[kg.NodeKind]int{kg.KindActor: 1 - applied.Changed[kg.KindActor]},
			applied.Unchanged)
		if applied.Changed[kg.KindActor] != 0 || len(applied.Written) != 0 {
			t.Errorf("repeated: changed %v, written %v", applied.Changed, applied.Written)
		}
	}
}

// testLoadOrder applies the world claim by claim in shuffled orders.
func testLoadOrder(t *testing.T, h Harness) {
	want := worldDump(t, h)
	orders := uint64(3)
	if h.fewer() {
		orders = 1
	}
	for seed := range orders {
		r := rand.New(rand.NewPCG(seed, 7))
		w := world()
		claims := slices.Clone(w.Claims)
		r.Shuffle(len(claims), func(i, j int) { claims[i], claims[j] = claims[j], claims[i] })
		nodes := w
		nodes.Claims = nil
		s := newStore(t, h, nodes)
		for _, b := range dependencyBatches(claims, r) {
			load(t, s, b)
		}
		wantEqual(t, "stored graph", want, dump(t, s))
	}
}

// dependencyBatches splits claims into batches of one to four. Claims follow the claims and events that they refer to.
func dependencyBatches(claims []kg.Claim, r *rand.Rand) []kg.Batch {
	known := map[kg.ID]bool{}
	var batches []kg.Batch
	for len(claims) > 0 {
		size := 1 + r.IntN(4)
		b := kg.Batch{RecordedAt: noon(31)}
		claims = slices.DeleteFunc(claims, func(c kg.Claim) bool {
			if len(b.Claims) >= size {
				return false
			}
			for _, id := range c.References() {
				if k := id.Kind(); (k == kg.KindEvent || k == kg.KindClaim) && id != c.Subject && !known[id] {
					return false
				}
			}
			b.Claims = append(b.Claims, c)
			return true
		})
		for _, c := range b.Claims {
			known[c.ID], known[c.Subject] = true, true
		}
		batches = append(batches, b)
	}
	return batches
}
