// Package curation has the conformance tests of corrections of claims, of reviews of their coding, and of the removal
// of these and of identity decisions.
package curation

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// Test runs all tests of the package, each on new, empty stores.
func Test(t *testing.T, newStore func(testing.TB) store.Store) {
	for name, test := range map[string]func(*testing.T, store.Store){
		"effects": testEffects, "known from": testKnownFrom, "order": testOrders, "repeated": testRepeated,
		"references": testReferences, "checks": testChecks, "releases": testReleases, "curations": testCurations,
		"identities": testIdentities, "provenance": testProvenance,
	} {
		t.Run(name, func(t *testing.T) { test(t, newStore(t)) })
	}
}

// apply applies a batch. An error or a rejected claim stops the test.
func apply(t *testing.T, s store.Store, b kg.Batch) kg.ApplyResult {
	t.Helper()
	applied, err := s.Apply(t.Context(), b)
	if err != nil || len(applied.Conflicts) > 0 {
		t.Fatalf("%v, conflicts %v", err, applied.Conflicts)
	}
	return applied
}

func wantEqual(t *testing.T, what string, want, got any) {
	t.Helper()
	if d := gocmp.Diff(want, got); d != "" {
		t.Errorf("%s (-want +got):\n%s", what, d)
	}
}

// summary describes an event as it is shown: its status, title and best number of killed people.
func summary(t *testing.T, s store.Store, event kg.ID) string {
	t.Helper()
	nodes, err := s.Nodes(t.Context(), kg.View{}, []kg.ID{event})
	if err != nil {
		t.Fatal(err)
	}
	e, ok := nodes[0].(kg.Event)
	if !ok {
		return "absent"
	}
	killed := "no number"
	if k := e.Toll.Killed; k != nil && k.Best != nil {
		killed = fmt.Sprint(*k.Best)
	}
	return fmt.Sprintf("%s, %s, %s", e.Status, kg.BestName(e.Titles, ""), killed)
}

// dump returns everything that a store holds and derives, without the times of recording.
func dump(t *testing.T, s store.Store) []store.ScanPage {
	t.Helper()
	var all []store.ScanPage
	for _, kind := range append(kg.NodeKinds.Values(), store.KindOriginal) {
		for page, err := range store.Walk(t.Context(), s, kind, 0) {
			if err != nil {
				t.Fatal(err)
			}
			for _, claims := range [][]kg.Claim{page.Claims, page.Originals} {
				clearRecordedAt(claims)
			}
			for _, r := range page.Subjects {
				clearRecordedAt(r.Claims)
			}
			all = append(all, page)
		}
	}
	return all
}

func clearRecordedAt(claims []kg.Claim) {
	for i := range claims {
		claims[i].RecordedAt = 0
	}
}

// testEffects applies decisions one after another, each with its expected effect, and takes them back in the opposite
// order.
func testEffects(t *testing.T, s store.Store) {
	apply(t, s, world(t))
	before := dump(t, s)
	const strike, alone = kg.ID("event:strike"), kg.ID("event:alone")
	// The Daily says 4, its correction 6, and the mayor confirms without a number. The wire tells of an event alone.
	steps := []struct {
		name          string
		batch         kg.Batch
		strike, alone string
	}{
		{"a claim is forgotten: its withdrawal is undone", corrects(forget("correction:1", "claim:second", 1)),
			"CONFIRMED, Strike, 4", "UNVERIFIED, Alone, no number"},
		{"a later one corrects it, and withdraws nothing", corrects(replace("correction:2", 2, claims(t)["claim:second"],
			killed(9), supersedes())),
			"CONFIRMED, Strike, 9", "UNVERIFIED, Alone, no number"},
		{"an earlier one changes nothing", corrects(forget("correction:3", "claim:second", 1)),
			"CONFIRMED, Strike, 9", "UNVERIFIED, Alone, no number"},
		{"an only claim is forgotten", corrects(forget("correction:4", "claim:alone", 1)),
			"CONFIRMED, Strike, 9", "absent"},
		{"what names the event is left", corrects(forget("correction:5", "claim:mayor", 1)),
			"UNVERIFIED, Strike, 9", "absent"},
		{"a machine coded the document", reviews(kg.Review{ID: "review:1", Document: "document:daily2",
			Verdict: kg.CodingMachine, By: "ann", At: 1}),
			"UNVERIFIED, Strike, 4", "absent"},
		{"a person did, after all", reviews(kg.Review{ID: "review:2", Claims: []kg.ID{"claim:second"},
			Verdict: kg.CodingMachineReviewed, By: "ann", At: 2}),
			"UNVERIFIED, Strike, 9", "absent"},
		{"a claim is about another event", corrects(replace("correction:6", 1, claims(t)["claim:first"],
			about("event:alone"))),
			"UNVERIFIED, Strike, 9", "UNVERIFIED, Strike, 4"},
	}
	seen := []string{summary(t, s, strike) + "; " + summary(t, s, alone)}
	wantEqual(t, "loaded", "CONFIRMED, Strike, 6; UNVERIFIED, Alone, no number", seen[0])
	for _, step := range steps {
		unchanged, old := dump(t, s), Read(t, s)
		effects, err := s.Preview(t.Context(), step.batch)
		if err != nil {
			t.Fatal(err)
		}
		wantEqual(t, "after a preview", unchanged, dump(t, s))
		apply(t, s, step.batch)
		seen = append(seen, summary(t, s, strike)+"; "+summary(t, s, alone))
		wantEqual(t, step.name, step.strike+"; "+step.alone, seen[len(seen)-1])
		wantEqual(t, step.name+": the preview", Difference(old, Read(t, s)), effects)
	}
	for i, step := range slices.Backward(steps) {
		id := append(idsOf(step.batch.Corrections), idsOf(step.batch.Reviews)...)
		old := Read(t, s)
		effects, err := s.Preview(t.Context(), kg.Batch{Removals: id})
		if err != nil {
			t.Fatal(err)
		}
		wantEqual(t, "removed", 1, apply(t, s, kg.Batch{Removals: id}).Removed)
		wantEqual(t, step.name+": the preview of taking it back", Difference(old, Read(t, s)), effects)
		wantEqual(t, "taken back: "+step.name, seen[i], summary(t, s, strike)+"; "+summary(t, s, alone))
	}
	wantEqual(t, "after all are taken back", before, dump(t, s))
}

// testKnownFrom corrects a claim long after: as of any moment the graph is as if the claim had always said so.
func testKnownFrom(t *testing.T, s store.Store) {
	apply(t, s, world(t))
	first := claims(t)["claim:first"]
	apply(t, s, corrects(replace("correction:1", 1e13, first, killed(50))))
	for _, c := range []struct {
		moment edtf.Instant
		want   []int
	}{{first.KnownFrom() - 1, nil}, {first.KnownFrom(), []int{50}}, {day(3).Latest, []int{50, 6}}} {
		states, err := s.States(t.Context(), kg.View{KnownAt: &c.moment}, []kg.ID{"event:strike"})
		if err != nil {
			t.Fatal(err)
		}
		var got []int
		for _, state := range states[0] {
			got = append(got, *state.Toll.Killed.Best)
		}
		wantEqual(t, "killed as of "+c.moment.String(), c.want, got)
	}
}

// testOrders applies the same decisions in many orders, before and after the claims they are about, in batches of any
// size. The stores have equal contents.
func testOrders(t *testing.T, s store.Store) {
	w := world(t)
	decided := []kg.Batch{
		corrects(forget("correction:1", "claim:second", 1)), corrects(forget("correction:2", "claim:alone", 1)),
		corrects(replace("correction:3", 1, w.Claims[1], killed(7))), // the content counts: of one instant it sorts last
		corrects(replace("correction:4", 3, w.Claims[0], killed(5))), corrects(forget("correction:5", "claim:first", 2)),
		reviews(kg.Review{ID: "review:1", Claims: []kg.ID{"claim:first", "claim:alone"}, Verdict: kg.CodingMachine, By: "ann",
			At: 1}),
	}
	once := w
	for _, b := range decided {
		once.Corrections = append(once.Corrections, b.Corrections...)
		once.Reviews = append(once.Reviews, b.Reviews...)
	}
	apply(t, s, once) // everything at once
	want := dump(t, s)
	wantEqual(t, "the strike", "CONFIRMED, Strike, 7", summary(t, s, "event:strike"))
	wantEqual(t, "the event alone", "absent", summary(t, s, "event:alone"))
	var all []kg.ID
	for _, b := range decided {
		all = append(append(all, idsOf(b.Corrections)...), idsOf(b.Reviews)...)
	}
	for turn := range 12 {
		random := rand.New(rand.NewPCG(uint64(turn), 1))
		apply(t, s, kg.Batch{Removals: all})
		random.Shuffle(len(decided), func(i, j int) { decided[i], decided[j] = decided[j], decided[i] })
		for _, b := range decided {
			apply(t, s, b)
		}
		wantEqual(t, fmt.Sprint("order ", turn), want, dump(t, s))
	}
}

// testRepeated loads claims again that are corrected or forgotten: nothing changes, and the result names them.
func testRepeated(t *testing.T, s store.Store) {
	w := world(t)
	apply(t, s, w)
	apply(t, s, corrects(forget("correction:1", "claim:alone", 1), replace("correction:2", 1, w.Claims[0], killed(5))))
	before := dump(t, s)
	for range 2 {
		again := apply(t, s, kg.Batch{Claims: w.Claims,
			Corrections: corrects(forget("correction:1", "claim:alone", 1)).Corrections})
		wantEqual(t, "unchanged", map[kg.NodeKind]int{kg.KindClaim: len(w.Claims), kg.KindCorrection: 1}, again.Unchanged)
		wantEqual(t, "forgotten", []kg.ID{"claim:alone"}, again.Forgotten)
		wantEqual(t, "corrected", []kg.ID{"claim:first"}, again.Corrected)
		wantEqual(t, "written", 0, len(again.Written))
	}
	other := w.Claims[0]
	other.Note = "another content"
	conflict, err := s.Apply(t.Context(), kg.Batch{Claims: []kg.Claim{other}})
	if err != nil || len(conflict.Conflicts) != 1 || conflict.Conflicts[0].Stored.Digest() != w.Claims[0].Digest() {
		t.Errorf("a second content of a corrected claim: %+v, %v", conflict, err)
	}
	wantEqual(t, "after loading again", before, dump(t, s))
	replaced := apply(t, s, kg.Batch{Removals: []kg.ID{"correction:1"},
		Corrections: corrects(replace("correction:1", 1, claims(t)["claim:alone"], title("Not alone"))).Corrections})
	wantEqual(t, "replaced", [2]int{1, 0}, [2]int{replaced.Changed[kg.KindCorrection], replaced.Removed})
	wantEqual(t, "the event alone", "UNVERIFIED, Not alone, no number", summary(t, s, "event:alone"))
}

// testReferences refers to forgotten claims and events, and corrects unknown ones.
func testReferences(t *testing.T, s store.Store) {
	w := world(t)
	apply(t, s, w)
	empty := dump(t, s)
	for what, b := range map[string]kg.Batch{
		"a correction of an unknown claim": corrects(forget("correction:1", "claim:unknown", 1)),
		"a review of an unknown document": reviews(kg.Review{
			ID: "review:1", Document: "document:unknown", Verdict: kg.CodingHuman, By: "ann"}),
		"an unknown claim in a content":    corrects(replace("correction:1", 1, w.Claims[0], supersedes("claim:unknown"))),
		"a content about an unknown event": corrects(replace("correction:1", 1, w.Claims[0], about("event:unknown"))),
		"a correction without a target":    corrects(kg.Correction{ID: "correction:1", By: "ann"}),
		"a correction without a person":    corrects(kg.Correction{ID: "correction:1", Claim: "claim:first"}),
	} {
		if _, err := s.Apply(t.Context(), b); kg.CodeOf(err) != kg.BadInput {
			t.Errorf("%s: %v", what, err)
		}
	}
	wantEqual(t, "after the rejected batches", empty, dump(t, s))
	apply(t, s, corrects(forget("correction:1", "claim:alone", 1), forget("correction:2", "claim:first", 1)))
	late := w.Claims[4]
	late.ID, late.Subject, late.Says.Wholes = "claim:late", "event:late", []kg.ID{"event:alone"}
	late.Supersedes = []kg.ID{"claim:first"}
	new := kg.Claim{ID: "claim:new", Subject: "event:new", Stance: kg.StanceAsserts, Aspect: kg.AspectOccurrence,
		AssertedAt: day(5)}
	first := apply(t, s, kg.Batch{Claims: []kg.Claim{late, new},
		Corrections: corrects(forget("correction:3", "claim:new", 1)).Corrections})
	wantEqual(t, "forgotten at once", []kg.ID{"claim:new"}, first.Forgotten)
	part := late
	part.ID, part.Subject, part.Supersedes, part.Says.Wholes = "claim:part", "event:part", nil, []kg.ID{"event:new"}
	apply(t, s, kg.Batch{Claims: []kg.Claim{part}})
	wantEqual(t, "events that nothing tells of", "absent, absent",
		summary(t, s, "event:alone")+", "+summary(t, s, "event:new"))
	edges, err := s.EventEdges(t.Context(), kg.View{}, kg.WantWholes, []kg.ID{"event:raid", "event:late", "event:part"})
	if err != nil {
		t.Fatal(err)
	}
	var wholes [][]kg.ID
	for _, e := range edges {
		var ids []kg.ID
		for _, w := range e.Wholes {
			ids = append(ids, w.Whole)
		}
		wholes = append(wholes, ids)
	}
	wantEqual(t, "wholes", [][]kg.ID{{"event:alone", "event:strike"}, {"event:alone"}, {"event:new"}}, wholes)
	apply(t, s, kg.Batch{Removals: []kg.ID{"correction:1", "correction:2", "correction:3"}})
	wantEqual(t, "after all", "UNVERIFIED, Alone, no number", summary(t, s, "event:alone"))
	wantEqual(t, "after all", "UNVERIFIED, , no number", summary(t, s, "event:new"))
}

// testChecks loads the checks of spans and the extractions of corrected claims.
func testChecks(t *testing.T, s store.Store) {
	w := world(t)
	w.Claims[0].Spans = []kg.Span{{Exact: "four", State: kg.SpanUnverifiable}}
	w.Claims[0].Extractions = []kg.Extraction{{Tool: "program"}}
	apply(t, s, w)
	apply(t, s, corrects(forget("correction:1", "claim:second", 1), replace("correction:2", 1, w.Claims[0], killed(5))))
	checked := w.Claims[0]
	checked.Spans = []kg.Span{{Start: 1, End: 5, Exact: "four", State: kg.SpanVerified}}
	checked.Extractions = nil // a person wrote it too
	later := apply(t, s, kg.Batch{Claims: []kg.Claim{checked}})
	wantEqual(t, "changed", map[kg.NodeKind]int{kg.KindClaim: 1}, later.Changed)
	nodes, err := s.Nodes(t.Context(), kg.View{}, []kg.ID{"claim:first"})
	if err != nil {
		t.Fatal(err)
	}
	c, _ := nodes[0].(kg.Claim)
	wantEqual(t, "the corrected claim's spans", w.Claims[0].Spans, c.Spans)
	wantEqual(t, "its extractions", 0, len(c.Extractions))
	wantEqual(t, "the strike", "CONFIRMED, Strike, 5", summary(t, s, "event:strike"))
	apply(t, s, kg.Batch{Removals: []kg.ID{"correction:2"}})
	if nodes, err = s.Nodes(t.Context(), kg.View{}, []kg.ID{"claim:first"}); err != nil {
		t.Fatal(err)
	}
	c, _ = nodes[0].(kg.Claim)
	wantEqual(t, "the checked spans", checked.Spans, c.Spans)
}

// testReleases moves and removes corrected rows of a data set.
func testReleases(t *testing.T, s store.Store) {
	w := world(t)
	w.Claims = w.Claims[:4]
	for i := range w.Claims {
		w.Claims[i].Release = "release:2"
	}
	apply(t, s, w)
	c := corrects(forget("correction:1", "claim:alone", 1), replace("correction:2", 1, w.Claims[0], killed(5)))
	apply(t, s, c)
	moved := kg.Batch{RecordedAt: 8}
	for _, i := range []int{0, 3} {
		row := w.Claims[i]
		row.Release = "release:1"
		moved.Claims = append(moved.Claims, row)
		moved.Moves = append(moved.Moves, kg.Move{Claim: row.ID, From: "release:2"})
	}
	for range 2 {
		wantEqual(t, "moved", 2, apply(t, s, moved).Changed[kg.KindClaim])
	}
	about, err := s.ClaimsAbout(t.Context(), []kg.ID{"event:alone", "event:strike"})
	if err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(about, func(a, b kg.Claim) int { return cmp.Compare(a.ID, b.ID) })
	want := []kg.Claim{moved.Claims[1], moved.Claims[0], w.Claims[2], w.Claims[1]}
	slices.SortFunc(want, func(a, b kg.Claim) int { return cmp.Compare(a.ID, b.ID) })
	clearRecordedAt(about)
	wantEqual(t, "loaded claims", want, about)
	nodes, err := s.Nodes(t.Context(), kg.View{}, []kg.ID{"claim:first", "claim:alone"})
	if err != nil {
		t.Fatal(err)
	}
	row, _ := nodes[0].(kg.Claim)
	wantEqual(t, "the corrected row's release", kg.ID("release:1"), row.Release)
	if nodes[1] != nil {
		t.Errorf("the forgotten row came back: %v", nodes[1])
	}
	if _, err := s.Apply(t.Context(), kg.Batch{Removals: []kg.ID{"claim:first"}}); kg.CodeOf(err) != kg.BadInput {
		t.Errorf("a corrected claim is removed that another names: %v", err)
	}
	wantEqual(t, "removed", 1, apply(t, s, kg.Batch{Removals: []kg.ID{"claim:alone"}}).Removed)
	if about, err = s.ClaimsAbout(t.Context(), []kg.ID{"event:alone"}); err != nil || len(about) > 0 {
		t.Errorf("left of the removed claim: %v, %v", about, err)
	}
	again := apply(t, s, kg.Batch{Claims: []kg.Claim{moved.Claims[1]}})
	wantEqual(t, "what was removed stays forgotten when it comes again", []kg.ID{"claim:alone"}, again.Forgotten)
	wantEqual(t, "the event alone", "absent", summary(t, s, "event:alone"))
}

// testCurations reads what was decided about claims.
func testCurations(t *testing.T, s store.Store) {
	w := world(t)
	w.Claims[0].Release = "release:1"
	apply(t, s, w)
	early, late := forget("correction:b", "claim:first", 1), replace("correction:a", 2, w.Claims[0], killed(5))
	gone := forget("correction:c", "claim:alone", 1)
	apply(t, s, corrects(late, early, gone))
	ofRelease := kg.Review{ID: "review:z", Release: "release:1", Verdict: kg.CodingMachine, By: "ann", At: 1}
	ofClaim := kg.Review{ID: "review:a", Claims: []kg.ID{"claim:alone", "claim:first"}, Verdict: kg.CodingHuman,
		By: "ben", At: 2, Note: "read"}
	ofDocument := kg.Review{ID: "review:d", Document: "document:wire1", Verdict: kg.CodingMachine, By: "ann", At: 3}
	apply(t, s, reviews(ofClaim, ofRelease, ofDocument))
	found, err := s.Curations(t.Context(), []kg.ID{"claim:alone", "claim:unknown", "claim:first", "claim:second"})
	if err != nil {
		t.Fatal(err)
	}
	for i := range found {
		if found[i].Original != nil {
			found[i].Original.RecordedAt = 0
		}
	}
	wantEqual(t, "curations", []kg.Curation{
		{Original: &w.Claims[3], Corrections: []kg.Correction{gone}, Reviews: []kg.Review{ofClaim, ofDocument}},
		{},
		{Original: &w.Claims[0], Corrections: []kg.Correction{early, late}, Reviews: []kg.Review{ofRelease, ofClaim}},
		{},
	}, found)
}

// testIdentities takes back identity decisions.
func testIdentities(t *testing.T, s store.Store) {
	apply(t, s, world(t))
	before := dump(t, s)
	same := func(id kg.ID, b kg.ID) kg.IdentityDecision {
		return kg.IdentityDecision{ID: id, A: "actor:mayor", B: b, Same: true, DecidedBy: "ann", DecidedAt: 1}
	}
	apply(t, s, kg.Batch{Identities: []kg.IdentityDecision{
		same("identity:1", "actor:daily"), same("identity:2", "actor:mayor-too"),
		{ID: "identity:3", A: "event:alone", B: "event:strike", Same: true, DecidedBy: "ann", DecidedAt: 1},
	}})
	wantEqual(t, "the mayor's word is the paper's, and the wire tells of it too", "CORROBORATED, Strike, 6",
		summary(t, s, "event:strike"))
	forgotten := corrects(forget("correction:1", "claim:alone", 1)) // the claim of the event that stands for the class
	apply(t, s, forgotten)
	wantEqual(t, "the class without its first event's claim", "UNVERIFIED, Strike, 6", summary(t, s, "event:alone"))
	wantEqual(t, "removed", 1, apply(t, s, kg.Batch{Removals: []kg.ID{"identity:1", "identity:unknown"}}).Removed)
	wantEqual(t, "after the paper's is taken back", "CONFIRMED, Strike, 6", summary(t, s, "event:strike"))
	wantEqual(t, "removed", 3, apply(t, s, kg.Batch{
		Removals: []kg.ID{"identity:2", "identity:1", "correction:1", "identity:3"},
	}).Removed)
	wantEqual(t, "after all are taken back", before, dump(t, s))
}
