package bench

import (
	"context"
	"fmt"
	"slices"
	"time"

	"casus/internal/kg"
)

// Reading is what a page of events takes as of a moment, against the same page with everything known. Both are medians.
type Reading struct {
	What        string
	Then, Known time.Duration
}

// readings is how often a page is read, after it was read once.
const readings = 15

// ReadingThen measures the first pages of a store's events, both ways, with and without a filter, as of moments at which a
// given share of all claims was known: 1 is just after the last.
func ReadingThen(ctx context.Context, store kg.Reader, shares []float64) ([]Reading, error) {
	moments, err := momentsOf(ctx, store, shares)
	if err != nil {
		return nil, err
	}
	category := kg.EventFilter{Categories: []kg.EventCategory{kg.CategoryProtest}}
	var all []Reading
	for _, order := range []kg.Direction{kg.Asc, kg.Desc} {
		for name, filter := range map[string]*kg.EventFilter{"": nil, ", filtered by category": &category} {
			q := kg.EventQuery{Filter: filter, Order: kg.EventOrder{Field: kg.EventsByTime, Direction: order}, Window: kg.Window{Limit: kg.DefaultPageSize}}
			known, err := median(ctx, store, q)
			if err != nil {
				return nil, err
			}
			for i, at := range moments {
				q.View.KnownAt = &at
				then, err := median(ctx, store, q)
				if err != nil {
					return nil, err
				}
				all = append(all, Reading{fmt.Sprintf("page of events, %s%s, when %g %% was known", order, name, shares[i]*100), then, known})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b Reading) int { return len(a.What) - len(b.What) })
	return all, nil
}

// momentsOf finds them by the claims' own order.
func momentsOf(ctx context.Context, store kg.Reader, shares []float64) ([]kg.Instant, error) {
	count, err := store.Claims(ctx, kg.ClaimQuery{Total: true, Window: kg.Window{Limit: 1}})
	if err != nil {
		return nil, err
	}
	var known []kg.Instant
	for window := (kg.Window{Limit: kg.MaxPageSize}); ; {
		page, err := store.Claims(ctx, kg.ClaimQuery{Window: window})
		if err != nil {
			return nil, err
		}
		for _, p := range page[0].Positions {
			known = append(known, kg.Instant(p.Int))
		}
		if !page[0].HasNext {
			break
		}
		window.After = &page[0].Positions[len(page[0].Positions)-1]
	}
	if total := *count[0].Total; total != len(known) || total == 0 {
		return nil, kg.Errorf(kg.Internal, "%d claims are counted and %d listed", total, len(known))
	}
	moments := make([]kg.Instant, len(shares))
	for i, share := range shares {
		moments[i] = known[int(share*float64(len(known)-1))]
	}
	return moments, nil
}

func median(ctx context.Context, store kg.Reader, q kg.EventQuery) (time.Duration, error) {
	took := make([]time.Duration, readings)
	for i := range readings + 5 {
		began := time.Now()
		if _, err := store.Events(ctx, q); err != nil {
			return 0, err
		}
		if i >= 5 {
			took[i-5] = time.Since(began)
		}
	}
	slices.Sort(took)
	return took[readings/2], nil
}
