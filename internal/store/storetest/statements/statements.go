// Package statements has the conformance tests of the values that sources state about nodes: which value a node gets,
// in any order in which records, dates, identity decisions and corrections arrive.
package statements

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/kg/merge"
	"casus/internal/store"
)

// Test runs all tests of the package, each on new, empty stores.
func Test(t *testing.T, newStore func(testing.TB) store.Store) {
	t.Run("order", func(t *testing.T) { testOrders(t, newStore) })
	t.Run("corrections", func(t *testing.T) { testCorrections(t, newStore(t)) })
	t.Run("merged", func(t *testing.T) { testMerged(t, newStore(t)) })
	t.Run("references", func(t *testing.T) { testReferences(t, newStore(t)) })
}

func apply(t *testing.T, s store.Store, b kg.Batch) kg.ApplyResult {
	t.Helper()
	applied, err := s.Apply(t.Context(), b)
	if err != nil {
		t.Fatal(err)
	}
	return applied
}

func day(value string) *edtf.Time {
	at, err := edtf.ParseTime(value)
	if err != nil {
		panic(err) // a bug of the suite
	}
	return &at
}

func named(name string) []kg.Name { return []kg.Name{{Value: name, Language: "en"}} }

func actor(id, country string, s kg.Source) kg.Batch {
	a := kg.Actor{ID: kg.ID("actor:" + id), Kind: kg.ActorPerson, Names: named(id), Country: country}
	return kg.Batch{Actors: []kg.Actor{merge.Actors.From(a, s)}}
}

func place(latitude float64, s kg.Source) kg.Batch {
	l := kg.Location{
		ID: "location:l", Kind: kg.LocationCity, Names: named("l"), Point: &kg.Point{Latitude: latitude, Longitude: 30},
	}
	return kg.Batch{Locations: []kg.Location{merge.Locations.From(l, s)}}
}

func document(id string, publisher kg.ID, published *edtf.Time, s kg.Source) kg.Batch {
	d := kg.Document{ID: kg.ID("document:" + id), Titles: named(id), Publisher: publisher, PublishedAt: published}
	return kg.Batch{Documents: []kg.Document{merge.Documents.From(d, s)}}
}

func release(number string, released *edtf.Time) kg.Batch {
	return kg.Batch{Releases: []kg.Release{
		{ID: kg.ID("release:" + number), Name: "geo data", Release: number, ReleasedAt: released},
	}}
}

// ring returns a release of a data set of its own, dated by a source.
func ring(number, released string, s kg.Source) kg.Batch {
	r := kg.Release{ID: kg.ID("release:" + number), Name: "ring " + number, Release: number, ReleasedAt: day(released)}
	return kg.Batch{Releases: []kg.Release{merge.Releases.From(r, s)}}
}

// geo is the source of the rows of both releases.
const geo = kg.Source("dataset:geo data")

// base has the nodes that the steps refer to. Nothing is dated, and the strike has one claim, in document:d.
func base() kg.Batch {
	b := kg.Batch{RecordedAt: 1, Claims: []kg.Claim{{
		ID: "claim:1", Subject: "event:strike", Stance: kg.StanceAsserts, Aspect: kg.AspectOccurrence, Document: "document:d",
		AssertedAt: *day("2025-03-01"), Says: kg.Statement{
			Titles: named("Strike"), Places: []kg.Place{{Location: "location:l", Role: kg.LocationRoleVenue}},
		},
	}}}
	for _, id := range []string{"a", "b", "d", "e"} {
		b.Documents = append(b.Documents, document(id, "", nil, "").Documents...)
	}
	for _, id := range []string{"v", "w", "x", "y", "z"} {
		b.Actors = append(b.Actors, actor(id, "", "").Actors...)
	}
	b.Locations = place(10, "").Locations
	b.Locations[0] = merge.Locations.From(b.Locations[0], "document:e")
	b.Releases = append(release("1", nil).Releases, release("2", nil).Releases...)
	return b
}

// steps may be applied after the base in any order.
func steps() []kg.Batch {
	return []kg.Batch{
		actor("x", "AA", "document:a"), actor("x", "BB", "document:b"),
		actor("y", "CC", geo), actor("y", "DD", "document:a"),
		actor("z", "EE", "document:d"), actor("z", "FF", ""), actor("z", "GG", "document:e"), actor("z", "GG", "document:e"),
		actor("w", "II", "document:e"), actor("w", "HH", ""),
		place(20, "document:a"), place(30, "document:b"),
		document("a", "", day("2025-01-03"), ""), document("b", "", day("2025-01-02"), ""),
		document("d", "actor:x", day("2025-02-01"), "document:a"), document("d", "actor:y", day("2025-02-02"), "document:b"),
		document("d", "", day("2025-02-03"), "document:e"),
		release("1", day("2025-06-01")), release("2", day("2025-01-01")),
		actor("v", "JJ", "dataset:ring 3"), actor("v", "KK", "document:b"),
		ring("3", "2025-01-01", "dataset:ring 4"), ring("3", "2025-05-01", "document:a"),
		ring("4", "2025-01-02", "dataset:ring 3"), ring("4", "2025-06-01", "document:b"),
		{Identities: []kg.IdentityDecision{
			{ID: "identity:1", A: "actor:x", B: "actor:y", Same: true, DecidedBy: "me", DecidedAt: 1},
		}},
	}
}

// want returns the values that result from the steps, each worked out by hand.
func want() map[string]string {
	return map[string]string{
		"EXACT actor:x":    "BB",                 // document:b is the earlier one
		"EXACT actor:y":    "CC",                 // release 2 is before document:a
		"RESOLVED actor:x": "CC",                 // so is it in their class
		"EXACT actor:z":    "EE",                 // only document:d is dated
		"EXACT actor:w":    "HH?",                // neither source is
		"EXACT actor:v":    "JJ",                 // the two data sets could date one another before or after document:b
		"EXACT location:l": "30",                 // document:b is the earlier one, document:e has no date
		"EXACT document:d": "actor:y 2025-02-02", // document:b again
		"voice":            "actor:x",            // the class of actor:y
		"countries":        "actor:x EXACT BB, actor:x RESOLVED CC",
	}
}

// summary returns what want describes.
func summary(t *testing.T, s store.Store) map[string]string {
	t.Helper()
	found := map[string]string{}
	for _, mode := range []kg.IdentityMode{kg.IdentityExact, kg.IdentityResolved} {
		ids := []kg.ID{"actor:x", "actor:y", "actor:z", "actor:w", "actor:v", "location:l", "document:d"}
		if mode == kg.IdentityResolved {
			ids = ids[:1]
		}
		nodes, err := s.Nodes(t.Context(), kg.View{Identity: mode}, ids)
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range nodes {
			key := fmt.Sprintf("%s %s", mode, n.NodeID())
			switch n := n.(type) {
			case kg.Actor:
				found[key] = n.Country + strings.Repeat("?", len(n.Undecided))
			case kg.Location:
				found[key] = fmt.Sprint(n.Point.Latitude) + strings.Repeat("?", len(n.Undecided))
			case kg.Document:
				found[key] = fmt.Sprintf("%s %s", n.Publisher, n.PublishedAt.EDTF) + strings.Repeat("?", len(n.Undecided))
			}
		}
	}
	events, err := s.Nodes(t.Context(), kg.View{}, []kg.ID{"event:strike"})
	if err != nil {
		t.Fatal(err)
	}
	corroboration := events[0].(kg.Event)
	if corroboration.Sources.Publishers == 1 {
		docs, err := s.Nodes(t.Context(), kg.View{}, []kg.ID{"document:d"})
		if err != nil {
			t.Fatal(err)
		}
		found["voice"] = string(docs[0].(kg.Document).Publisher)
	}
	var lists []string
	for _, l := range []struct {
		country string
		mode    kg.IdentityMode
	}{{"BB", kg.IdentityExact}, {"CC", kg.IdentityResolved}} {
		pages, err := s.Actors(t.Context(), store.ActorQuery{
			View: kg.View{Identity: l.mode}, Filter: &store.ActorFilter{Countries: []string{l.country}},
			Window: store.Window{Limit: 10},
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range pages[0].Items {
			lists = append(lists, fmt.Sprintf("%s %s %s", a.ID, l.mode, a.Country))
		}
	}
	found["countries"] = strings.Join(lists, ", ")
	return found
}

// testOrders applies the steps in random orders, some of them in one batch, and once more: every graph is the same.
func testOrders(t *testing.T, newStore func(testing.TB) store.Store) {
	var first []store.ScanPage
	for seed := range uint64(6) {
		r := rand.New(rand.NewPCG(seed, 23))
		s := newStore(t)
		apply(t, s, base())
		all := steps()
		if seed > 0 {
			r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		}
		for len(all) > 0 {
			n := 1 + r.IntN(min(3, len(all)))
			apply(t, s, joined(all[:n]))
			all = all[n:]
		}
		if diff := gocmp.Diff(want(), summary(t, s)); diff != "" {
			t.Fatalf("order %d (-want +got):\n%s", seed, diff)
		}
		got := dump(t, s)
		if first == nil {
			first = got
		}
		if diff := gocmp.Diff(first, got); diff != "" {
			t.Fatalf("order %d makes another graph (-first +other):\n%s", seed, diff)
		}
		again := apply(t, s, joined(append(steps(), base())))
		if len(again.Written) > 0 || len(again.FieldConflicts) > 0 {
			t.Errorf("order %d: applied again it writes %v, undecided %v", seed, again.Written, again.FieldConflicts)
		}
	}
}

// joined returns one batch of several.
func joined(batches []kg.Batch) (all kg.Batch) {
	all.RecordedAt = 1
	for _, b := range batches {
		all.Actors, all.Locations = append(all.Actors, b.Actors...), append(all.Locations, b.Locations...)
		all.Documents, all.Releases = append(all.Documents, b.Documents...), append(all.Releases, b.Releases...)
		all.Identities, all.Claims = append(all.Identities, b.Identities...), append(all.Claims, b.Claims...)
		all.Corrections = append(all.Corrections, b.Corrections...)
		all.Affiliations = append(all.Affiliations, b.Affiliations...)
	}
	return all
}

func dump(t *testing.T, s store.Store) []store.ScanPage {
	t.Helper()
	var all []store.ScanPage
	for _, kind := range kg.NodeKinds.Values() {
		for page, err := range store.Walk(t.Context(), s, kind, 0) {
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, page)
		}
	}
	return all
}

func correction(id, node, field, value string, at edtf.Instant) kg.Correction {
	return kg.Correction{
		ID: kg.ID("correction:" + id), Node: kg.ID(node), Field: field, Value: value, By: "me", At: at,
	}
}

// testCorrections corrects fields of nodes in any order, and takes the corrections back: the graph is as before.
func testCorrections(t *testing.T, s store.Store) {
	apply(t, s, base())
	apply(t, s, joined(steps()))
	before := dump(t, s)
	all := []kg.Correction{
		correction("1", "actor:w", "country", `"UA"`, 5), correction("2", "actor:w", "country", `"PL"`, 4),
		correction("3", "actor:z", "country", "", 5), correction("4", "actor:x", "description", `"corrected"`, 5),
		correction("5", "location:l", "point", `{"latitude":1.5,"longitude":2}`, 5),
		correction("6", "document:d", "publisher", `"actor:w"`, 5),
		correction("7", "document:b", "publishedAt", `"2025-05-05"`, 5), // now document:a is the earlier one
	}
	check := func(what string, want map[string]string) {
		t.Helper()
		if diff := gocmp.Diff(want, summary(t, s)); diff != "" {
			t.Fatalf("%s (-want +got):\n%s", what, diff)
		}
	}
	corrected := want()
	for key, value := range map[string]string{
		"EXACT actor:w": "UA", "EXACT actor:z": "", "EXACT location:l": "1.5", "EXACT document:d": "actor:w 2025-02-01",
		"EXACT actor:x": "AA", "voice": "actor:w", "countries": "actor:x RESOLVED CC",
	} {
		corrected[key] = value
	}
	var ids []kg.ID
	var first []store.ScanPage
	for _, order := range [][]int{{0, 1, 2, 3, 4, 5, 6}, {6, 5, 4, 3, 2, 1, 0}} {
		ids = nil
		for _, i := range order {
			apply(t, s, kg.Batch{Corrections: all[i : i+1]})
			ids = append(ids, all[i].ID)
		}
		check("corrected", corrected)
		if first == nil {
			for _, id := range ids {
				apply(t, s, kg.Batch{Removals: []kg.ID{id}})
			}
			if diff := gocmp.Diff(before, dump(t, s)); diff != "" {
				t.Fatalf("taken back, the graph is not as before:\n%s", diff)
			}
			apply(t, s, kg.Batch{Corrections: all})
		}
		apply(t, s, actor("w", "NN", "document:a")) // a correction outweighs all sources
		check("corrected, then stated again", corrected)
		if got := dump(t, s); first == nil {
			first = got
		} else if diff := gocmp.Diff(first, got); diff != "" {
			t.Fatalf("another order makes another graph:\n%s", diff)
		}
		slices.Reverse(ids)
		for _, id := range ids {
			apply(t, s, kg.Batch{Removals: []kg.ID{id}})
		}
		after := want()
		after["EXACT actor:w"] = "NN"
		check("taken back", after)
	}
	for _, wrong := range []kg.Correction{
		correction("w", "actor:x", "names", `"X"`, 1), correction("w", "actor:x", "kind", `"BEING"`, 1),
		correction("w", "location:l", "point", `"here"`, 1), correction("w", "document:d", "publisher", `"actor:unknown"`, 1),
		correction("w", "actor:unknown", "country", `"UA"`, 1), correction("w", "document:d", "publishedAt", `"soon"`, 1),
	} {
		if _, err := s.Apply(t.Context(), kg.Batch{Corrections: []kg.Correction{wrong}}); kg.CodeOf(err) != kg.BadInput {
			t.Errorf("%s of %s to %s: %v, want BAD_INPUT", wrong.Field, wrong.Node, wrong.Value, err)
		}
	}
}

// testReferences states a value by a document that is not stored.
func testReferences(t *testing.T, s store.Store) {
	if _, err := s.Apply(t.Context(), actor("x", "AA", "document:unknown")); kg.CodeOf(err) != kg.BadInput {
		t.Errorf("a source that is not stored: %v, want BAD_INPUT", err)
	}
	for _, s := range []kg.Source{"actor:x", "dataset:"} {
		if err := actor("x", "AA", s).Check(); kg.CodeOf(err) != kg.BadInput {
			t.Errorf("the source %q: %v, want BAD_INPUT", s, err)
		}
	}
}

// testMerged merges actors that statements name: in each view, the value that the node shows is among its statements.
func testMerged(t *testing.T, s store.Store) {
	apply(t, s, base())
	membership := func(id, holder string, source kg.Source) kg.Batch {
		a := kg.Affiliation{
			ID: kg.ID("affiliation:" + id), Type: kg.AffiliationMembership, Holder: kg.ID(holder), Counterpart: "actor:w",
		}
		return kg.Batch{Affiliations: []kg.Affiliation{merge.Affiliations.From(a, source)}, Claims: []kg.Claim{{
			ID: kg.ID("claim:of-" + id), Subject: a.ID, Stance: kg.StanceAsserts, Aspect: kg.AspectOccurrence,
			Document: "document:d", AssertedAt: *day("2025-03-01"),
		}}}
	}
	same := func(id, a, b string) kg.IdentityDecision {
		return kg.IdentityDecision{
			ID: kg.ID("identity:" + id), A: kg.ID(a), B: kg.ID(b), Same: true, DecidedBy: "me", DecidedAt: 1,
		}
	}
	apply(t, s, joined([]kg.Batch{
		document("d", "actor:z", nil, "document:a"), document("d", "actor:z", nil, "document:b"),
		document("d", "actor:y", nil, "document:e"), document("b", "actor:z", nil, "document:a"),
		document("b", "actor:y", nil, "document:e"), actor("y", "AA", "document:a"), actor("x", "BB", "document:b"),
		actor("y", "AA", "document:e"), membership("1", "actor:z", "document:a"), membership("1", "actor:x", "document:b"),
		{Identities: []kg.IdentityDecision{same("1", "actor:x", "actor:y"), same("2", "actor:w", "actor:z")}},
	}))
	for mode, want := range map[kg.IdentityMode][]string{
		kg.IdentityExact: {
			"document:d actor:y 1, actor:z 2 shown", "document:b actor:y 1 shown?, actor:z 1?",
			"affiliation:1 actor:x 1 shown?, actor:z 1?", "actor:x BB 1 shown", "actor:y AA 2 shown",
		},
		kg.IdentityResolved: {
			"document:d actor:w 2 shown, actor:x 1", "document:b actor:w 1?, actor:x 1 shown?",
			"affiliation:1 actor:w 1?, actor:x 1 shown?", "actor:x AA 2 shown, BB 1", "actor:x AA 2 shown, BB 1",
		},
	} {
		nodes, err := s.Nodes(t.Context(), kg.View{Identity: mode},
			[]kg.ID{"document:d", "document:b", "affiliation:1", "actor:x", "actor:y"})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, n := range nodes {
			switch n := n.(type) {
			case kg.Document:
				got = append(got, statementsOf(merge.Documents, n, "publisher"))
			case kg.Affiliation:
				got = append(got, statementsOf(merge.Affiliations, n, "holder"))
			case kg.Actor:
				got = append(got, statementsOf(merge.Actors, n, "country"))
			}
		}
		if diff := gocmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", mode, diff)
		}
	}
	apply(t, s, kg.Batch{Identities: []kg.IdentityDecision{same("3", "actor:x", "actor:z")}})
	nodes, err := s.Nodes(t.Context(), kg.View{}, []kg.ID{"document:b"})
	if err != nil {
		t.Fatal(err)
	}
	d, _ := nodes[0].(kg.Document)
	if got := statementsOf(merge.Documents, d, "publisher"); got != "document:b actor:w 2 shown" {
		t.Errorf("two values that become one: %s", got)
	}
}

// statementsOf lists the values of a field: each with the number of its sources, whether it is shown, and a question
// mark if the field is undecided.
func statementsOf[T kg.Identified](rules *merge.Kind[T], n T, field string) string {
	var all []string
	for _, v := range rules.Values(n) {
		if v.Field != field {
			continue
		}
		text := fmt.Sprintf("%s %d", v.Value, len(v.Sources))
		if rules.Has(n, v) {
			text += " shown"
		}
		if slices.Contains(rules.Provenance(n).Undecided, field) {
			text += "?"
		}
		all = append(all, text)
	}
	return fmt.Sprintf("%s %s", n.NodeID(), strings.Join(all, ", "))
}
