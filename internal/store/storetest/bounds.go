package storetest

import (
	"testing"

	"casus/internal/kg"
	"casus/internal/store"
)

// byTime is the default order of events.
var byTime = (*store.EventOrder)(nil).Normalize()

// testBounds passes out-of-range windows and scan limits to every method that takes one.
func testBounds(t *testing.T, s store.Store) {
	ctx := t.Context()
	ids := []kg.ID{"actor:navy"}
	for name, list := range map[string]func(store.Window) error{
		"Events": func(w store.Window) error {
			_, err := s.Events(ctx, store.EventQuery{Order: byTime, Window: w})
			return err
		},
		"Actors":    func(w store.Window) error { _, err := s.Actors(ctx, store.ActorQuery{Window: w}); return err },
		"Locations": func(w store.Window) error { _, err := s.Locations(ctx, store.LocationQuery{Window: w}); return err },
		"Documents": func(w store.Window) error { _, err := s.Documents(ctx, store.DocumentQuery{Window: w}); return err },
		"Claims":    func(w store.Window) error { _, err := s.Claims(ctx, store.ClaimQuery{Window: w}); return err },
		"Search": func(w store.Window) error {
			_, err := s.Search(ctx, store.SearchQuery{Text: "navy", Window: w})
			return err
		},
		"Changes": func(w store.Window) error { _, err := s.Changes(ctx, store.ChangeQuery{Window: w}); return err },
		"CoParticipants": func(w store.Window) error {
			_, err := s.CoParticipants(ctx, store.CoParticipantQuery{Actors: ids, Window: w})
			return err
		},
	} {
		wantCode(t, name+" with a limit above the maximum", list(store.Window{Limit: store.MaxPageSize + 1}),
			kg.LimitExceeded)
		wantCode(t, name+" with a negative limit", list(store.Window{Limit: -1}), kg.BadInput)
		if err := list(store.Window{Limit: store.MaxPageSize}); err != nil {
			t.Errorf("%s with the maximum limit: %v", name, err)
		}
	}
	for _, limit := range []int{-1, 0, store.MaxScan + 1} {
		_, err := s.Scan(ctx, kg.KindActor, "", limit)
		wantCode(t, "Scan", err, kg.BadInput)
	}
	_, err := s.ClaimsAbout(ctx, make([]kg.ID, store.MaxScan+1))
	wantCode(t, "ClaimsAbout", err, kg.BadInput)
}

// testPageRevisions compares the revisions of pages with the store's. Only pages of events must have one.
func testPageRevisions(t *testing.T, s store.Store) {
	now := must[int64](t)(s.Revision(t.Context()))
	w := store.Window{Limit: 3}
	check := func(list string, revisions []int64, required bool) {
		for _, r := range revisions {
			if r != now && (required || r != 0) {
				t.Errorf("page of %s: revision %d, want %d", list, r, now)
			}
		}
	}
	for _, q := range []store.EventQuery{
		{Order: byTime, Window: w}, {Order: byTime, Window: w,
			Prefetch: store.Prefetch{Edges: kg.WantLocations, Neighbors: true}},
		{Order: byTime, Window: w, Scope: &store.Scope{Relation: store.ActorTimeline, IDs: []kg.ID{"actor:navy"}}},
		{Order: byTime, Window: w, View: kg.View{Identity: kg.IdentityExact}},
	} {
		found := must[[]store.Page[kg.Event]](t)(s.Events(t.Context(), q))
		if len(found[0].Items) == 0 {
			t.Errorf("no events: %+v", q)
		}
		check("events", pageRevisions(found), true)
	}
	check("actors", pageRevisions(must[[]store.Page[kg.Actor]](t)(
		s.Actors(t.Context(), store.ActorQuery{Window: w}))), false)
	check("locations", pageRevisions(must[[]store.Page[kg.Location]](t)(
		s.Locations(t.Context(), store.LocationQuery{Window: w}))), false)
	check("documents", pageRevisions(must[[]store.Page[kg.Document]](t)(
		s.Documents(t.Context(), store.DocumentQuery{Window: w}))), false)
	check("claims", pageRevisions(must[[]store.Page[kg.Claim]](t)(
		s.Claims(t.Context(), store.ClaimQuery{Window: w}))), false)
}

func pageRevisions[T any](pages []store.Page[T]) (all []int64) {
	for _, p := range pages {
		all = append(all, p.Revision)
	}
	return all
}
