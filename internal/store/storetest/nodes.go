package storetest

import (
	"context"
	"slices"
	"testing"
	"time"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// testNodes reads nodes of every kind in one call, with repeated and unknown ids.
func testNodes(t *testing.T, s store.Store) {
	ids := []kg.ID{"claim:s4", "actor:us", "event:strike", "actor:unknown", "location:crimea", "document:r2",
		"affiliation:office",
		"actor:us", "event:nothing", "affiliation:member", "affiliation:hold", "identity:none", "release:ged", "claim:none",
		"nonsense"}
	got := must[[]kg.Node](t)(s.Nodes(t.Context(), kg.View{}, ids))
	if len(got) != len(ids) {
		t.Fatalf("%d nodes for %d ids", len(got), len(ids))
	}
	for i, found := range []bool{true, true, true, false, true, true, true, true, false, false, false, false, false,
		false, false} {
		switch {
		case (got[i] != nil) != found:
			t.Errorf("%s: got %v, found: %t", ids[i], got[i], found)
		case found && got[i].NodeID() != ids[i]:
			t.Errorf("%s: got %s", ids[i], got[i].NodeID())
		}
	}
	w := world()
	wantEqual(t, "an actor", w.Actors[8], got[1])
	wantEqual(t, "a location", w.Locations[2], got[4])
	wantEqual(t, "a document", w.Documents[4], got[5])
	affiliation := w.Affiliations[3]
	affiliation.Claims = nodeIDs(kg.KindClaim, "f1")
	wantEqual(t, "an affiliation", affiliation, got[6])
	for _, c := range w.Claims {
		stored := c
		stored.KnownTo, stored.RecordedAt = edtf.EndOfTime, w.RecordedAt
		switch c.ID {
		case "claim:s3":
			stored.KnownTo, stored.WithdrawnBy = noon(7), nodeIDs(kg.KindClaim, "s7")
		case "claim:s4":
			stored.KnownTo, stored.WithdrawnBy = noon(6), nodeIDs(kg.KindClaim, "s6")
		case "claim:m1":
			stored.KnownTo, stored.WithdrawnBy = noon(4), nodeIDs(kg.KindClaim, "m2")
		case "claim:f3":
			stored.KnownTo, stored.WithdrawnBy = noon(6), nodeIDs(kg.KindClaim, "f4")
		}
		switch c.Release {
		case "release:acled":
			stored.Dataset = &w.Releases[0]
		case "release:ged":
			stored.Dataset = &w.Releases[1]
		}
		wantEqual(t, "a claim", []kg.Node{stored}, must[[]kg.Node](t)(s.Nodes(t.Context(), kg.View{}, []kg.ID{c.ID})))
	}
	wantEqual(t, "an event", kg.Event{ID: "event:talks", EventState: kg.EventState{
		KnownFrom: noon(5), KnownTo: edtf.EndOfTime, Status: kg.StatusConfirmed,
		Headline: kg.Headline{
			Titles: []kg.Name{{Value: "Peace talks", Language: "en"}}, Category: kg.CategoryConsult,
			Modality: kg.ModalityPlanned,
			Codes:    []kg.Code{{Scheme: "plover", Value: "CONSULT"}}, Time: *at("2025-03-20"),
		},
		FirstAsserted: *at(noon(2).String()), Sources: kg.SourceCount{Documents: 2, Publishers: 2, Voices: 2},
		Codings: kg.Codings.Bits(kg.CodingHuman), Because: nodeIDs(kg.KindClaim, "t2"),
	}}, must[[]kg.Node](t)(s.Nodes(t.Context(), kg.View{}, []kg.ID{"event:talks"}))[0])

	early := must[[]kg.Node](t)(s.Nodes(t.Context(), known(noon(2)),
		[]kg.ID{"event:speech", "event:reply", "claim:s3", "claim:s4", "affiliation:hold", "actor:us"}))
	for i, found := range []bool{true, false, true, false, true, true} {
		if (early[i] != nil) != found {
			t.Errorf("knownAt the 2nd, %d: got %v, found: %t", i, early[i], found)
		}
	}
	wantEqual(t, "no ids", 0, len(must[[]kg.Node](t)(s.Nodes(t.Context(), kg.View{}, nil))))
}

// scan returns all records of one kind in chunks of a size.
func scan(t *testing.T, s store.Store, kind kg.NodeKind, size int) []store.ScanPage {
	t.Helper()
	var all []store.ScanPage
	for after := kg.ID(""); ; {
		page := must[store.ScanPage](t)(s.Scan(t.Context(), kind, after, size))
		ids := scannedIDs(kind, page)
		if len(ids) > size {
			t.Fatalf("scan of %s: %d records, limit %d", kind, len(ids), size)
		}
		if len(ids) == 0 {
			return all
		}
		for _, id := range ids {
			if id <= after {
				t.Fatalf("scan of %s: %s follows %s", kind, id, after)
			}
			after = id
		}
		all = append(all, page)
	}
}

// scannedIDs returns the ids of the records that a scan of a kind must return.
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
	case kg.KindReview:
		return idsOf(p.Reviews)
	case kg.KindCorrection:
		return idsOf(p.Corrections)
	}
	var ids []kg.ID
	for _, r := range p.Subjects {
		ids = append(ids, r.History.Subject)
	}
	return ids
}

// testScan reads everything in chunks of several sizes and compares the records with the loaded ones.
func testScan(t *testing.T, s store.Store) {
	w := world()
	want := map[kg.NodeKind][]kg.ID{
		kg.KindActor: idsOf(w.Actors), kg.KindLocation: idsOf(w.Locations), kg.KindDocument: idsOf(w.Documents),
		kg.KindRelease:     idsOf(w.Releases),
		kg.KindAffiliation: idsOf(w.Affiliations), kg.KindClaim: nodeIDs(kg.KindClaim, allClaims), kg.KindIdentity: nil,
		kg.KindEvent: nodeIDs(kg.KindEvent, allEvents),
	}
	for _, kind := range kg.NodeKinds.Values() {
		for _, size := range []int{1, 2, 5, 100} {
			var ids []kg.ID
			for _, page := range scan(t, s, kind, size) {
				ids = append(ids, scannedIDs(kind, page)...)
			}
			wantEqual(t, "scan of "+string(kind), sorted(want[kind]), ids)
		}
	}
	all := dump(t, s)
	wantEqual(t, "actors", w.Actors, all.Actors)
	wantEqual(t, "locations", w.Locations, all.Locations)
	wantEqual(t, "documents", w.Documents, all.Documents)
	wantEqual(t, "releases", w.Releases, all.Releases)
	wantEqual(t, "affiliations", w.Affiliations, all.Affiliations)
	for _, r := range all.Subjects {
		about := must[[]kg.Claim](t)(s.ClaimsAbout(t.Context(), []kg.ID{r.History.Subject, "event:unknown"}))
		slices.SortFunc(about, kg.CompareClaims)
		for i := range about {
			wantEqual(t, "recorded", w.RecordedAt, about[i].RecordedAt)
			about[i].RecordedAt = 0 // as in the dump
		}
		wantEqual(t, "claims about "+string(r.History.Subject), r.Claims, about)
		var claims, lifetimes []kg.ID
		for _, c := range w.Claims { // in claim order
			if c.Subject == r.History.Subject {
				claims = append(claims, c.ID)
			}
		}
		for _, l := range r.History.Lifetimes {
			lifetimes = append(lifetimes, l.Claim)
		}
		wantEqual(t, "claims of "+string(r.History.Subject), claims, idsOf(r.Claims))
		wantEqual(t, "lifetimes of "+string(r.History.Subject), claims, lifetimes)
	}
	for _, r := range must[store.ScanPage](t)(s.Scan(t.Context(), kg.KindEvent, "event:strijk", 1)).Subjects {
		var at []edtf.Instant
		for _, state := range r.History.States {
			at = append(at, state.KnownFrom)
		}
		wantEqual(t, "versions of the strike", []edtf.Instant{noon(1), noon(2), noon(3), noon(4), noon(6), noon(7)}, at)
		for _, c := range r.Claims {
			wantEqual(t, "recorded", w.RecordedAt, c.RecordedAt)
		}
	}
}

func testStats(t *testing.T, s store.Store) {
	got := must[store.Stats](t)(s.Stats(t.Context()))
	if got.Engine == "" {
		t.Error("the engine has no name")
	}
	got.Engine, got.SchemaVersion = "", 0
	wantEqual(t, "stats", store.Stats{
		Nodes: map[kg.NodeKind]int{kg.KindActor: 10, kg.KindLocation: 9, kg.KindEvent: 12, kg.KindDocument: 6,
			kg.KindClaim:       27,
			kg.KindAffiliation: 4, kg.KindIdentity: 0, kg.KindRelease: 2, kg.KindReview: 0, kg.KindCorrection: 0},
		Edges: map[store.EdgeType]int{store.EdgeParticipatedIn: 22, store.EdgeOccurredAt: 8, store.EdgeWithin: 7,
			store.EdgePartOf:     2,
			store.EdgeRespondsTo: 3, store.EdgeAnnounces: 1, store.EdgeAffiliatedWith: 2},
		States: 20,
	}, got)
	if err := s.Ready(t.Context()); err != nil {
		t.Errorf("not ready: %v", err)
	}
}

// testCancellation calls every method with a context that is cancelled or past its deadline.
func testCancellation(t *testing.T, s store.Store) {
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	expired, cancel := context.WithDeadline(t.Context(), time.Now().Add(-time.Second))
	defer cancel()
	us := nodeIDs(kg.KindActor, "us")
	for _, ctx := range []context.Context{cancelled, expired} {
		for name, ask := range map[string]func() error{
			"Apply":       func() error { _, err := s.Apply(ctx, world()); return err },
			"Checkpoint":  func() error { _, err := s.Checkpoint(ctx, "k"); return err },
			"Checkpoints": func() error { _, err := s.Checkpoints(ctx, "k", "", 1); return err },
			"Nodes":       func() error { _, err := s.Nodes(ctx, kg.View{}, us); return err },
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
				_, err := s.EventEdges(ctx, kg.View{}, everyEdge, nodeIDs(kg.KindEvent, "strike"))
				return err
			},
			"Affiliations": func() error { _, err := s.Affiliations(ctx, store.AffiliationQuery{Actors: us}); return err },
			"CoParticipants": func() error {
				_, err := s.CoParticipants(ctx, store.CoParticipantQuery{Actors: us, Window: store.Window{Limit: 1}})
				return err
			},
			"Buckets": func() error { _, err := s.Buckets(ctx, store.BucketQuery{Interval: edtf.IntervalYear}); return err },
			"Knowledge": func() error {
				_, err := s.Knowledge(ctx, store.KnowledgeQuery{Interval: edtf.IntervalYear})
				return err
			},
			"Extent": func() error { _, err := s.Extent(ctx, store.ExtentQuery{}); return err },
			"Facets": func() error {
				_, err := s.Facets(ctx, store.FacetQuery{Fields: store.FacetFields.Values(), Top: 1})
				return err
			},
			"Clusters":    func() error { _, err := s.Clusters(ctx, store.ClusterQuery{}); return err },
			"Scan":        func() error { _, err := s.Scan(ctx, kg.KindActor, "", 1); return err },
			"ClaimsAbout": func() error { _, err := s.ClaimsAbout(ctx, []kg.ID{"event:a"}); return err },
			"Stats":       func() error { _, err := s.Stats(ctx); return err },
			"Ready":       func() error { return s.Ready(ctx) },
		} {
			wantCode(t, name, ask(), kg.Timeout)
		}
	}
}
