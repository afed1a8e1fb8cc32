package storetest

import (
	"context"
	"testing"
	"time"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// testNodes asks for nodes of every kind mixed, twice, and unknown ones.
func testNodes(t *testing.T, s store.Store) {
	ids := []kg.ID{"claim:s4", "actor:us", "event:strike", "actor:nobody", "location:crimea", "document:r2", "affiliation:office",
		"actor:us", "event:nothing", "affiliation:member", "affiliation:hold", "identity:none", "release:ged", "claim:none", "nonsense"}
	got := must[[]kg.Node](t)(s.Nodes(t.Context(), kg.View{}, ids))
	if len(got) != len(ids) {
		t.Fatalf("%d nodes for %d ids", len(got), len(ids))
	}
	for i, there := range []bool{true, true, true, false, true, true, true, true, false, false, false, false, false, false, false} {
		switch {
		case (got[i] != nil) != there:
			t.Errorf("%s: got %v, there: %t", ids[i], got[i], there)
		case there && got[i].NodeID() != ids[i]:
			t.Errorf("%s: got %s", ids[i], got[i].NodeID())
		}
	}
	w := world()
	same(t, "an actor", w.Actors[8], got[1])
	same(t, "a location", w.Locations[2], got[4])
	same(t, "a document", w.Documents[4], got[5])
	affiliation := w.Affiliations[3]
	affiliation.Claims = short(kg.KindClaim, "f1")
	same(t, "an affiliation", affiliation, got[6])
	for _, c := range w.Claims {
		stored := c
		stored.KnownTo, stored.RecordedAt = edtf.EndOfTime, w.RecordedAt
		switch c.ID {
		case "claim:s3":
			stored.KnownTo, stored.WithdrawnBy = noon(7), short(kg.KindClaim, "s7")
		case "claim:s4":
			stored.KnownTo, stored.WithdrawnBy = noon(6), short(kg.KindClaim, "s6")
		case "claim:m1":
			stored.KnownTo, stored.WithdrawnBy = noon(4), short(kg.KindClaim, "m2")
		case "claim:f3":
			stored.KnownTo, stored.WithdrawnBy = noon(6), short(kg.KindClaim, "f4")
		}
		switch c.Release {
		case "release:acled":
			stored.Dataset = &w.Releases[0]
		case "release:ged":
			stored.Dataset = &w.Releases[1]
		}
		same(t, "a claim", []kg.Node{stored}, must[[]kg.Node](t)(s.Nodes(t.Context(), kg.View{}, []kg.ID{c.ID})))
	}
	same(t, "an event", kg.Event{ID: "event:talks", EventState: kg.EventState{
		KnownFrom: noon(5), KnownTo: edtf.EndOfTime, Status: kg.StatusConfirmed,
		Headline: kg.Headline{
			Titles: []kg.Name{{Value: "Peace talks", Language: "en"}}, Category: kg.CategoryConsult, Modality: kg.ModalityPlanned,
			Codes: []kg.Code{{Scheme: "plover", Value: "CONSULT"}}, Time: *at("2025-03-20"),
		},
		FirstAsserted: *at(noon(2).String()), Sources: kg.SourceCount{Documents: 2, Publishers: 2, Voices: 2}, Because: short(kg.KindClaim, "t2"),
	}}, must[[]kg.Node](t)(s.Nodes(t.Context(), kg.View{}, []kg.ID{"event:talks"}))[0])

	then := must[[]kg.Node](t)(s.Nodes(t.Context(), known(noon(2)), []kg.ID{"event:speech", "event:reply", "claim:s3", "claim:s4", "affiliation:hold", "actor:us"}))
	for i, there := range []bool{true, false, true, false, true, true} {
		if (then[i] != nil) != there {
			t.Errorf("as known on the 2nd, %d: got %v, there: %t", i, then[i], there)
		}
	}
	same(t, "no ids", 0, len(must[[]kg.Node](t)(s.Nodes(t.Context(), kg.View{}, nil))))
}

// scan gathers all of one kind, in stretches of a size.
func scan(t *testing.T, s store.Store, kind kg.NodeKind, size int) []store.ScanPage {
	t.Helper()
	var all []store.ScanPage
	for after := kg.ID(""); ; {
		page := must[store.ScanPage](t)(s.Scan(t.Context(), kind, after, size))
		ids := scannedIDs(kind, page)
		if len(ids) > size {
			t.Fatalf("scan of %s: %d records where %d were asked for", kind, len(ids), size)
		}
		if len(ids) == 0 {
			return all
		}
		for _, id := range ids {
			if id <= after {
				t.Fatalf("scan of %s: %s comes after %s", kind, id, after)
			}
			after = id
		}
		all = append(all, page)
	}
}

// scannedIDs are those of the records that a scan of a kind must give.
func scannedIDs(kind kg.NodeKind, p store.ScanPage) []kg.ID {
	switch kind {
	case kg.KindActor:
		return idsOf(p.Actors)
	case kg.KindLocation:
		return idsOf(p.Locations)
	case kg.KindDocument:
		return idsOf(p.Documents)
	case kg.KindClaim:
		return idsOf(p.Claims)
	case kg.KindAffiliation:
		return idsOf(p.Affiliations)
	case kg.KindIdentity:
		return idsOf(p.Identities)
	case kg.KindRelease:
		return idsOf(p.Releases)
	}
	var ids []kg.ID
	for _, r := range p.Subjects {
		ids = append(ids, r.History.Subject)
	}
	return ids
}

// testScan reads everything in stretches of every size, and compares the records with those that were loaded.
func testScan(t *testing.T, s store.Store) {
	w := world()
	want := map[kg.NodeKind][]kg.ID{
		kg.KindActor: idsOf(w.Actors), kg.KindLocation: idsOf(w.Locations), kg.KindDocument: idsOf(w.Documents), kg.KindRelease: idsOf(w.Releases),
		kg.KindAffiliation: idsOf(w.Affiliations), kg.KindClaim: short(kg.KindClaim, allClaims), kg.KindIdentity: nil,
		kg.KindEvent: short(kg.KindEvent, allEvents),
	}
	for _, kind := range kg.NodeKinds() {
		for _, size := range []int{1, 2, 5, 100} {
			var ids []kg.ID
			for _, page := range scan(t, s, kind, size) {
				ids = append(ids, scannedIDs(kind, page)...)
			}
			same(t, "scan of "+string(kind), sorted(want[kind]), ids)
		}
	}
	all := dump(t, s)
	same(t, "actors", w.Actors, all.Actors)
	same(t, "locations", w.Locations, all.Locations)
	same(t, "documents", w.Documents, all.Documents)
	same(t, "releases", w.Releases, all.Releases)
	same(t, "affiliations", w.Affiliations, all.Affiliations)
	for _, r := range all.Subjects {
		var claims, lives []kg.ID
		for _, c := range w.Claims { // in claim order
			if c.Subject == r.History.Subject {
				claims = append(claims, c.ID)
			}
		}
		for _, l := range r.History.Lifetimes {
			lives = append(lives, l.Claim)
		}
		same(t, "claims of "+string(r.History.Subject), claims, idsOf(r.Claims))
		same(t, "lives of "+string(r.History.Subject), claims, lives)
	}
	for _, r := range must[store.ScanPage](t)(s.Scan(t.Context(), kg.KindEvent, "event:strijk", 1)).Subjects {
		var at []edtf.Instant
		for _, state := range r.History.States {
			at = append(at, state.KnownFrom)
		}
		same(t, "versions of the strike", []edtf.Instant{noon(1), noon(2), noon(3), noon(4), noon(6), noon(7)}, at)
		for _, c := range r.Claims {
			same(t, "recorded", w.RecordedAt, c.RecordedAt)
		}
	}
}

func testStats(t *testing.T, s store.Store) {
	got := must[store.Stats](t)(s.Stats(t.Context()))
	if got.Engine == "" {
		t.Error("the engine has no name")
	}
	got.Engine, got.SchemaVersion = "", 0
	same(t, "stats", store.Stats{
		Nodes: map[kg.NodeKind]int{kg.KindActor: 10, kg.KindLocation: 9, kg.KindEvent: 12, kg.KindDocument: 6, kg.KindClaim: 27,
			kg.KindAffiliation: 4, kg.KindIdentity: 0, kg.KindRelease: 2},
		Edges: map[store.EdgeType]int{store.EdgeParticipatedIn: 22, store.EdgeOccurredAt: 8, store.EdgeWithin: 7, store.EdgePartOf: 2,
			store.EdgeRespondsTo: 3, store.EdgeAnnounces: 1, store.EdgeAffiliatedWith: 2},
		States: 20,
	}, got)
	if err := s.Ready(t.Context()); err != nil {
		t.Errorf("not ready: %v", err)
	}
}

// testCancelled asks everything of a store in a context that has ended.
func testCancelled(t *testing.T, s store.Store) {
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	expired, cancel := context.WithDeadline(t.Context(), time.Now().Add(-time.Second))
	defer cancel()
	us := short(kg.KindActor, "us")
	for _, ctx := range []context.Context{cancelled, expired} {
		for name, ask := range map[string]func() error{
			"Apply":      func() error { _, err := s.Apply(ctx, world()); return err },
			"Checkpoint": func() error { _, err := s.Checkpoint(ctx, "k"); return err },
			"Nodes":      func() error { _, err := s.Nodes(ctx, kg.View{}, us); return err },
			"Events": func() error {
				_, err := pages(ctx, s.Events, store.EventQuery{Window: store.Window{Limit: 1}})
				return err
			},
			"Actors": func() error {
				_, err := pages(ctx, s.Actors, store.ActorQuery{Window: store.Window{Limit: 1}})
				return err
			},
			"Locations": func() error {
				_, err := pages(ctx, s.Locations, store.LocationQuery{Window: store.Window{Limit: 1}})
				return err
			},
			"Documents": func() error {
				_, err := pages(ctx, s.Documents, store.DocumentQuery{Window: store.Window{Limit: 1}})
				return err
			},
			"Claims": func() error {
				_, err := pages(ctx, s.Claims, store.ClaimQuery{Window: store.Window{Limit: 1}})
				return err
			},
			"Search": func() error {
				_, err := s.Search(ctx, store.SearchQuery{Text: "harbour", Window: store.Window{Limit: 1}})
				return err
			},
			"EventEdges": func() error {
				_, err := s.EventEdges(ctx, kg.View{}, everyEdge, short(kg.KindEvent, "strike"))
				return err
			},
			"Affiliations": func() error { _, err := s.Affiliations(ctx, store.AffiliationQuery{Actors: us}); return err },
			"CoParticipants": func() error {
				_, err := s.CoParticipants(ctx, store.CoParticipantQuery{Actors: us, Window: store.Window{Limit: 1}})
				return err
			},
			"Buckets": func() error { _, err := s.Buckets(ctx, store.BucketQuery{Interval: edtf.IntervalYear}); return err },
			"Extent":  func() error { _, err := s.Extent(ctx, store.ExtentQuery{}); return err },
			"Facets": func() error {
				_, err := s.Facets(ctx, store.FacetQuery{Fields: store.FacetFields(), Top: 1})
				return err
			},
			"Clusters": func() error { _, err := s.Clusters(ctx, store.ClusterQuery{}); return err },
			"Scan":     func() error { _, err := s.Scan(ctx, kg.KindActor, "", 1); return err },
			"Stats":    func() error { _, err := s.Stats(ctx); return err },
			"Ready":    func() error { return s.Ready(ctx) },
		} {
			wantCode(t, name, ask(), kg.Timeout)
		}
	}
}
