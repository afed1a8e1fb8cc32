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

// Reading is what a page of events takes as of a moment, against the same page with everything known: both the least of
// several, for what else the machine does can only add to them.
type Reading struct {
	What        string
	Then, Known time.Duration
}

// readings is how often a page is read, after it was read some times unmeasured.
const readings, unmeasured = 15, 5

// asking is a page that is asked for.
type asking struct {
	what string
	store.EventQuery
}

// ReadingThen measures pages of a store's events, with everything known and as of moments at which a given share of all
// claims was known: 1 is just after the last. Whatever else the machine does meanwhile it does to both alike.
func ReadingThen(ctx context.Context, st store.Reader, shares []float64) ([]Reading, error) {
	moments, err := momentsOf(ctx, st, shares)
	if err != nil {
		return nil, err
	}
	asked, err := askings(ctx, st)
	if err != nil {
		return nil, err
	}
	var all []Reading
	for _, q := range asked {
		views := make([]kg.View, 1, len(moments)+1) // first with everything known
		for _, at := range moments {
			views = append(views, kg.View{KnownAt: &at})
		}
		took := make([][]time.Duration, len(views))
		for i := range unmeasured + readings {
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
			all = append(all, Reading{fmt.Sprintf("%s, when %g %% was known", q.what, share*100), slices.Min(took[i+1]), slices.Min(took[0])})
		}
	}
	return all, nil
}

// askings are first pages in all orders, of several filters, pages from the middle, and the timeline of the actor with the
// most events.
func askings(ctx context.Context, st store.Reader) ([]asking, error) {
	actors, err := st.Actors(ctx, store.ActorQuery{Order: store.ActorOrder{Field: store.ActorsByEvents, Direction: store.Desc}, Window: store.Window{Limit: 1}})
	if err != nil {
		return nil, err
	}
	if len(actors[0].Items) == 0 {
		return nil, kg.Errorf(kg.NotFound, "there are no actors")
	}
	hub := []kg.ID{actors[0].Items[0].ID}
	one := 1
	filters := []struct {
		what   string
		filter *store.EventFilter
	}{
		{"", nil},
		{", of one category", &store.EventFilter{Categories: []kg.EventCategory{kg.CategoryProtest}}},
		{", confirmed or corroborated", &store.EventFilter{Statuses: []kg.ClaimStatus{kg.StatusConfirmed, kg.StatusCorroborated}}},
		{", with killed", &store.EventFilter{Killed: &store.IntRange{Min: &one}}},
		{", of one actor", &store.EventFilter{Participants: []store.ParticipantFilter{{AnyOf: hub}}}},
	}
	window := store.Window{Limit: store.DefaultPageSize}
	var all []asking
	for _, field := range []store.EventOrderField{store.EventsByTime, store.EventsByFirstAsserted, store.EventsByKilled} {
		for _, direction := range []store.Direction{store.Asc, store.Desc} {
			order := store.EventOrder{Field: field, Direction: direction}
			name := fmt.Sprintf("events by %s %s", field, direction)
			for _, f := range filters {
				if field == store.EventsByTime || f.filter == nil {
					all = append(all, asking{name + f.what, store.EventQuery{Filter: f.filter, Order: order, Window: window}})
				}
			}
		}
	}
	q := store.EventQuery{Order: store.EventOrder{Field: store.EventsByTime, Direction: store.Desc}, Window: store.Window{Limit: store.MaxPageSize}}
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
	all = append(all, asking{"events by TIME DESC, a page from further on", store.EventQuery{Order: q.Order, Window: store.Window{Limit: store.DefaultPageSize, After: q.Window.After}}},
		asking{"timeline of one actor", store.EventQuery{Order: q.Order, Window: window, Scope: &store.Scope{Relation: store.ActorTimeline, IDs: hub}}})
	return all, nil
}

// momentsOf finds them by the claims' own order.
func momentsOf(ctx context.Context, st store.Reader, shares []float64) ([]edtf.Instant, error) {
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
		return nil, kg.Errorf(kg.Internal, "%d claims are counted and %d listed", total, len(known))
	}
	moments := make([]edtf.Instant, len(shares))
	for i, share := range shares {
		moments[i] = known[int(share*float64(len(known)-1))]
	}
	return moments, nil
}
