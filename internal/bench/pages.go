package bench

import (
	"context"
	"fmt"
	"slices"
	"time"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// PageTime is the time of a page of events at a moment of knowledge and without one. Both are the shortest of several
// measurements, because other load can only add to them.
type PageTime struct {
	What            string
	KnownAt, Latest time.Duration
}

// repetitions is the number of measurements of a page, after some unmeasured ones.
const repetitions, unmeasured = 15, 5

// pageQuery is a page to measure.
type pageQuery struct {
	what string
	store.EventQuery
}

// MeasurePagesKnownAt measures pages of a store's events, without a moment of knowledge and at the moments at which the
// given shares of all claims are known; 1 is the last. The views alternate, so that other load affects all of them.
func MeasurePagesKnownAt(ctx context.Context, st store.Reader, shares []float64) ([]PageTime, error) {
	moments, err := knowledgeMoments(ctx, st, shares)
	if err != nil {
		return nil, err
	}
	queries, err := pageQueries(ctx, st)
	if err != nil {
		return nil, err
	}
	var all []PageTime
	for _, q := range queries {
		views := make([]kg.View, 1, len(moments)+1) // the first has no moment
		for _, at := range moments {
			views = append(views, kg.View{KnownAt: &at})
		}
		took := make([][]time.Duration, len(views))
		for i := range unmeasured + repetitions {
			for n, v := range views {
				q.View = v
				began := time.Now()
				if _, err := st.Events(ctx, q.EventQuery); err != nil {
					return nil, err
				}
				if i >= unmeasured {
					took[n] = append(took[n], time.Since(began))
				}
			}
		}
		for i, share := range shares {
			all = append(all, PageTime{fmt.Sprintf("%s, when %g %% is known", q.what, share*100), slices.Min(took[i+1]),
				slices.Min(took[0])})
		}
	}
	return all, nil
}

// pageQueries returns first pages in all orders, with several filters, pages from the middle, and the timeline of the
// actor with the most events.
func pageQueries(ctx context.Context, st store.Reader) ([]pageQuery, error) {
	actors, err := st.Actors(ctx,
		store.ActorQuery{Order: store.ActorOrder{Field: store.ActorsByEvents, Direction: store.Desc},
			Window: store.Window{Limit: 1}})
	if err != nil {
		return nil, err
	}
	if len(actors[0].Items) == 0 {
		return nil, kg.Errorf(kg.NotFound, "no actors")
	}
	hub := []kg.ID{actors[0].Items[0].ID}
	one := 1
	filters := []struct {
		what   string
		filter *store.EventFilter
	}{
		{"", nil},
		{", of one category", &store.EventFilter{Categories: []kg.EventCategory{kg.CategoryProtest}}},
		{", confirmed or corroborated",
			&store.EventFilter{Statuses: []kg.ClaimStatus{kg.StatusConfirmed, kg.StatusCorroborated}}},
		{", with killed", &store.EventFilter{Killed: &store.IntRange{Min: &one}}},
		{", of one actor", &store.EventFilter{Participants: []store.ParticipantFilter{{AnyOf: hub}}}},
	}
	window := store.Window{Limit: store.DefaultPageSize}
	var all []pageQuery
	for _, field := range []store.EventOrderField{store.EventsByTime, store.EventsByFirstAsserted, store.EventsByKilled} {
		for _, direction := range []store.Direction{store.Asc, store.Desc} {
			order := store.EventOrder{Field: field, Direction: direction}
			name := fmt.Sprintf("events by %s %s", field, direction)
			for _, f := range filters {
				if field == store.EventsByTime || f.filter == nil {
					all = append(all, pageQuery{name + f.what, store.EventQuery{Filter: f.filter, Order: order, Window: window}})
				}
			}
		}
	}
	q := store.EventQuery{Order: store.EventOrder{Field: store.EventsByTime, Direction: store.Desc},
		Window: store.Window{Limit: store.MaxPageSize}}
	for range 4 {
		page, err := st.Events(ctx, q)
		if err != nil {
			return nil, err
		}
		if !page[0].HasNext {
			break
		}
		q.Window.After = &page[0].Positions[len(page[0].Positions)-1]
	}
	all = append(all, pageQuery{"events by TIME DESC, a page from the middle",
		store.EventQuery{Order: q.Order, Window: store.Window{Limit: store.DefaultPageSize, After: q.Window.After}}},
		pageQuery{"timeline of one actor", store.EventQuery{Order: q.Order, Window: window,
			Scope: &store.Scope{Relation: store.ActorTimeline, IDs: hub}}})
	return all, nil
}

// knowledgeMoments returns the moments at which the given shares of claims are known, from the order of claims.
func knowledgeMoments(ctx context.Context, st store.Reader, shares []float64) ([]edtf.Instant, error) {
	count, err := st.Claims(ctx, store.ClaimQuery{Total: true, Window: store.Window{Limit: 1}})
	if err != nil {
		return nil, err
	}
	var known []edtf.Instant
	for window := (store.Window{Limit: store.MaxPageSize}); ; {
		page, err := st.Claims(ctx, store.ClaimQuery{Window: window})
		if err != nil {
			return nil, err
		}
		for _, p := range page[0].Positions {
			known = append(known, edtf.Instant(p.Int))
		}
		if !page[0].HasNext {
			break
		}
		window.After = &page[0].Positions[len(page[0].Positions)-1]
	}
	if total := *count[0].Total; total != len(known) || total == 0 {
		return nil, kg.Errorf(kg.Internal, "the total of claims is %d, but %d are listed", total, len(known))
	}
	moments := make([]edtf.Instant, len(shares))
	for i, share := range shares {
		moments[i] = known[int(share*float64(len(known)-1))]
	}
	return moments, nil
}
