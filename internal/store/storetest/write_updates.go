package storetest

import (
	"testing"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

func status(t *testing.T, s store.Store, event kg.ID) kg.ClaimStatus {
	t.Helper()
	e, ok := must[[]kg.Node](t)(s.Nodes(t.Context(), kg.View{}, []kg.ID{event}))[0].(kg.Event)
	if !ok {
		t.Fatalf("%s not found", event)
	}
	return e.Status
}

// testLateSyndication adds, after the claims, that one document reprints the other: they become one voice.
func testLateSyndication(t *testing.T, h Harness) {
	s := newStore(t, h, kg.Batch{
		Actors: worldActors(), Documents: []kg.Document{
			{ID: "document:a", Titles: []kg.Name{name("en", "A")}, Publisher: "actor:reuters"},
			{ID: "document:b", Titles: []kg.Name{name("en", "B")}, Publisher: "actor:courier"},
			{ID: "document:c", Titles: []kg.Name{name("en", "C")}, Publisher: "actor:un", Syndicates: "document:b"},
		},
		Claims: []kg.Claim{claim("a", "event:x", '+', 1, inDocument("document:a")),
			claim("c", "event:x", '+', 2, inDocument("document:c"))},
	})
	wantEqual(t, "before", kg.StatusCorroborated, status(t, s, "event:x"))
	load(t, s, kg.Batch{Documents: []kg.Document{
		{ID: "document:b", Titles: []kg.Name{name("en", "B")}, Publisher: "actor:courier", Syndicates: "document:a"},
	}})
	wantEqual(t, "after", kg.StatusUnverified, status(t, s, "event:x"))
	// A document without a publisher is its own voice until the publisher is known.
	load(t, s, kg.Batch{Documents: []kg.Document{{ID: "document:d", Titles: []kg.Name{name("en", "D")}}}})
	load(t, s, kg.Batch{Claims: []kg.Claim{claim("d", "event:y", '+', 1, inDocument("document:d")),
		claim("e", "event:y", '+', 1, claimedBy("actor:us"))}})
	wantEqual(t, "no publisher", kg.StatusCorroborated, status(t, s, "event:y"))
	load(t, s, kg.Batch{Documents: []kg.Document{{ID: "document:d", Titles: []kg.Name{name("en", "D")},
		Publisher: "actor:us"}}})
	wantEqual(t, "the claimant publishes it", kg.StatusUnverified, status(t, s, "event:y"))
}

// testLateIdentity decides, after the claims, that two claimants are the same, and reverses it.
func testLateIdentity(t *testing.T, h Harness) {
	decide := func(id kg.ID, a, b kg.ID, same bool, at edtf.Instant) kg.Batch {
		return kg.Batch{Identities: []kg.IdentityDecision{{ID: id, A: a, B: b, Same: same, DecidedBy: "a test",
			DecidedAt: at}}}
	}
	s := newStore(t, h, world())
	before := dump(t, s)
	wantEqual(t, "before any decision", kg.StatusDisputed, status(t, s, "event:week"))
	load(t, s, kg.Batch{Claims: []kg.Claim{claim("v1", "event:v", '+', 1, claimedBy("actor:group")),
		claim("v2", "event:v", '+', 2, inDocument("document:c1"))}})
	load(t, s, kg.Batch{Claims: []kg.Claim{claim("u1", "event:u", '+', 1, claimedBy("actor:group")),
		claim("u2", "event:u", '!', 2, claimedBy("actor:militia"))}})
	wantEqual(t, "claimant and publisher, not merged", kg.StatusCorroborated, status(t, s, "event:v"))
	wantEqual(t, "two claimants, not merged", kg.StatusConfirmed, status(t, s, "event:u"))
	// A reprint has the voice of its original's publisher.
	load(t, s, kg.Batch{Claims: []kg.Claim{claim("r1", "event:r", '+', 1, inDocument("document:c2")),
		claim("r2", "event:r", '+', 2, claimedBy("actor:navy"))}})
	wantEqual(t, "a claimant and a reprint's publisher, not merged", kg.StatusCorroborated, status(t, s, "event:r"))
	load(t, s, decide("identity:4", "actor:navy", "actor:reuters", true, noon(1)))
	wantEqual(t, "a claimant and a reprint's publisher, merged", kg.StatusUnverified, status(t, s, "event:r"))
	load(t, s, decide("identity:4", "actor:navy", "actor:reuters", false, noon(2)))
	load(t, s, decide("identity:1", "actor:group", "actor:militia", true, noon(1)))
	wantEqual(t, "two claimants, merged", kg.StatusUnverified, status(t, s, "event:u"))
	load(t, s, decide("identity:2", "actor:militia", "actor:courier", true, noon(1)))
	wantEqual(t, "merged with the publisher through another actor", kg.StatusUnverified, status(t, s, "event:v"))
	load(t, s, decide("identity:3", "actor:courier", "actor:militia", false, noon(2)))
	wantEqual(t, "reversed", kg.StatusCorroborated, status(t, s, "event:v"))
	load(t, s, decide("identity:1", "actor:group", "actor:militia", false, noon(3)))
	wantEqual(t, "reversed by the same decision", kg.StatusConfirmed, status(t, s, "event:u"))
	after := dump(t, s)
	for i, r := range before.Subjects {
		for _, now := range after.Subjects {
			if now.History.Subject == r.History.Subject {
				wantEqual(t, "restored: "+string(r.History.Subject), before.Subjects[i], now)
			}
		}
	}
	if n := len(after.Identities); n != 4 {
		t.Errorf("%d decisions are stored, want 4", n)
	}
}

// testCycles rejects places that lie in themselves and documents that reprint themselves, in one batch or over
// several.
func testCycles(t *testing.T, h Harness) {
	lies := func(in ...string) kg.Batch {
		var b kg.Batch
		for i := 0; i < len(in); i += 2 {
			b.Locations = append(b.Locations, kg.Location{ID: kg.ID("location:" + in[i]), Kind: kg.LocationRegion,
				Names: []kg.Name{name("en", in[i])}, Parents: []kg.ID{kg.ID("location:" + in[i+1])}})
		}
		return b
	}
	reprints := func(of ...string) kg.Batch {
		var b kg.Batch
		for i := 0; i < len(of); i += 2 {
			b.Documents = append(b.Documents, kg.Document{ID: kg.ID("document:" + of[i]), Titles: []kg.Name{name("en", of[i])},
				Syndicates: kg.ID("document:" + of[i+1])})
		}
		return b
	}
	s := newStore(t, h, world(), lies("a", "crimea", "b", "a"))
	before := dump(t, s)
	for what, b := range map[string]kg.Batch{
		"a cycle of places in one batch":        lies("x", "y", "y", "z", "z", "x"),
		"a cycle of places over two batches":    lies("crimea", "b"),
		"a cycle of documents in one batch":     reprints("x", "y", "y", "x"),
		"a cycle of documents over two batches": reprints("r1", "c2"),
	} {
		_, err := s.Apply(t.Context(), b)
		wantCode(t, what, err, kg.BadInput)
		wantEqual(t, what+": stored graph", before, dump(t, s))
	}
}

// testCheckpoint writes and reads checkpoints.
func testCheckpoint(t *testing.T, h Harness) {
	s := h.New(t)
	read := func(key string) string { return must[string](t)(s.Checkpoint(t.Context(), key)) }
	wantEqual(t, "none", "", read("a"))
	load(t, s, kg.Batch{Checkpoint: &kg.Checkpoint{Key: "a", Value: "1"}})
	load(t, s, kg.Batch{Checkpoint: &kg.Checkpoint{Key: "b", Value: "é\n"}})
	wantEqual(t, "one", "1", read("a"))
	load(t, s, kg.Batch{Checkpoint: &kg.Checkpoint{Key: "a", Value: "2"}})
	wantEqual(t, "overwritten", "2", read("a"))
	wantEqual(t, "another", "é\n", read("b"))
	load(t, s, kg.Batch{Checkpoint: &kg.Checkpoint{Key: "a", Value: ""}})
	wantEqual(t, "cleared", "", read("a"))
}

// testRemovals removes and replaces claims: the graph is the one of a store that never had them.
func testRemovals(t *testing.T, h Harness) {
	extra := func(n int) kg.Claim {
		return claim("extra", "event:strike", '+', 9, inDocument("document:r2"), claimedBy("actor:un"),
			quote(kg.Quote{Text: "Zanzibar", Speaker: "actor:un"}), killed(kg.QualifierExact, n),
			participant("actor:un", kg.RoleMediator, "", ""), code("cameo", "042"))
	}
	alone := claim("alone", "event:alone", '+', 9, title("en", "Quokka"))
	want := dump(t, newStore(t, h, world(), kg.Batch{Claims: []kg.Claim{extra(70), alone,
		claim("last", "event:strike", '-', 10, supersedes("claim:extra"))}})) // an engine may have one graph for all stores
	s := newStore(t, h, world())
	before, stats := dump(t, s), must[store.Stats](t)(s.Stats(t.Context()))
	load(t, s, kg.Batch{Claims: []kg.Claim{extra(7), alone,
		claim("last", "event:strike", '-', 10, supersedes("claim:extra"))}})
	hits := func(words string) int {
		page := must[store.Page[store.Hit]](t)(s.Search(t.Context(),
			store.SearchQuery{Text: words, Window: store.Window{Limit: 10}}))
		return len(page.Items)
	}
	wantEqual(t, "found before", [2]int{1, 1}, [2]int{hits("zanzibar"), hits("quokka")})
	with := dump(t, s)

	if _, err := s.Apply(t.Context(), kg.Batch{Removals: []kg.ID{"claim:extra"}}); kg.CodeOf(err) != kg.BadInput {
		t.Errorf("a claim that another names was removed: %v", err)
	}
	if _, err := s.Apply(t.Context(), kg.Batch{Removals: []kg.ID{"event:strike"}}); kg.CodeOf(err) != kg.BadInput {
		t.Errorf("an event was removed: %v", err)
	}
	wantEqual(t, "after a failure", with, dump(t, s))

	applied := must[kg.ApplyResult](t)(s.Apply(t.Context(),
		kg.Batch{Removals: []kg.ID{"claim:extra", "claim:unknown"}, Claims: []kg.Claim{extra(70)}}))
	wantEqual(t, "replaced", [3]int{0, 1, 0},
		[3]int{applied.Added[kg.KindClaim], applied.Changed[kg.KindClaim], applied.Removed})
	wantEqual(t, "the graph with the other content", want, dump(t, s))
	wantEqual(t, "found once", 1, hits("zanzibar"))

	applied = must[kg.ApplyResult](t)(s.Apply(t.Context(),
		kg.Batch{Removals: []kg.ID{"claim:extra", "claim:last", "claim:alone"}}))
	wantEqual(t, "removed", 3, applied.Removed)
	wantEqual(t, "the graph before", before, dump(t, s))
	wantEqual(t, "the counts before", stats.Nodes, must[store.Stats](t)(s.Stats(t.Context())).Nodes)
	wantEqual(t, "found after", [2]int{}, [2]int{hits("zanzibar"), hits("quokka")})
	nodes := must[[]kg.Node](t)(s.Nodes(t.Context(), kg.View{}, []kg.ID{"event:alone", "claim:extra"}))
	if nodes[0] != nil || nodes[1] != nil {
		t.Errorf("still there: %v", nodes)
	}
}

// testMoves moves a claim to another release of its data set: the graph is the one of a store in which that release
// stated it from the beginning.
func testMoves(t *testing.T, h Harness) {
	releases := kg.Batch{Releases: []kg.Release{
		{ID: "release:rows1", Name: "Rows", Release: "1"}, {ID: "release:rows2", Name: "Rows", Release: "2"},
		{ID: "release:others", Name: "Others", Release: "1"},
	}}
	coded := func(release kg.ID) kg.Claim {
		return claim("coded", "event:strike", '+', 9, fromRelease(release), title("en", "Quokka"),
			killed(kg.QualifierExact, 7), participant("actor:un", kg.RoleMediator, "", ""))
	}
	datasets := func(s store.Store) []string {
		return facetLines(must[[]store.Facet](t)(s.Facets(t.Context(),
			store.FacetQuery{Fields: []store.FacetField{store.FacetDataset}, Top: 10})))
	}
	reference := newStore(t, h, world(), releases, kg.Batch{Claims: []kg.Claim{coded("release:rows1")}})
	want, wantDatasets := dump(t, reference), datasets(reference) // an engine may have one graph for both stores
	s := newStore(t, h, world(), releases, kg.Batch{Claims: []kg.Claim{coded("release:rows2")}})
	stored := dump(t, s)
	move := func(c kg.Claim, from kg.ID) kg.Batch {
		return kg.Batch{Claims: []kg.Claim{c}, Moves: []kg.Move{{Claim: c.ID, From: from}}}
	}

	other := coded("release:rows1")
	other.Note = "changed"
	for _, c := range []struct {
		name  string
		batch kg.Batch
		code  kg.ErrorCode
	}{
		{"a claim with other content", move(other, "release:rows2"), kg.Conflict},
		{"a claim of another release", move(coded("release:rows1"), "release:rows1"), kg.Conflict},
		{"an unknown claim", move(claim("none", "event:strike", '+', 9, fromRelease("release:rows1")), "release:rows2"),
			kg.Conflict},
		{"another data set", move(coded("release:others"), "release:rows2"), kg.BadInput},
		{"an unknown release", move(coded("release:none"), "release:rows2"), kg.BadInput},
		{"not a release", move(coded("release:rows1"), "event:strike"), kg.BadInput},
	} {
		if _, err := s.Apply(t.Context(), c.batch); kg.CodeOf(err) != c.code {
			t.Errorf("%s: %v, want %s", c.name, err, c.code)
		}
	}
	wantEqual(t, "after failures", stored, dump(t, s))

	revision := must[int64](t)(s.Revision(t.Context()))
	for _, attempt := range []string{"moved", "moved again, as after a lost answer"} {
		applied := must[kg.ApplyResult](t)(s.Apply(t.Context(), move(coded("release:rows1"), "release:rows2")))
		wantEqual(t, attempt, [4]int{0, 1, 0, 0}, [4]int{applied.Added[kg.KindClaim], applied.Changed[kg.KindClaim],
			applied.Unchanged[kg.KindClaim], applied.Removed})
		wantEqual(t, attempt, want, dump(t, s))
		if next := must[int64](t)(s.Revision(t.Context())); next <= revision {
			t.Errorf("%s: the revision is still %d", attempt, next)
		}
	}
	wantEqual(t, "data sets", wantDatasets, datasets(s))
	back := must[kg.ApplyResult](t)(s.Apply(t.Context(), kg.Batch{Removals: []kg.ID{"claim:coded"}}))
	wantEqual(t, "removed", 1, back.Removed)
}
