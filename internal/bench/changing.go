package bench

import (
	"context"
	"fmt"
	"slices"
	"time"

	"casus/internal/kg"
	"casus/internal/store"
)

// Changing is what a page of changes takes, the least of three.
type Changing struct {
	What string
	Took time.Duration
}

// ReadingChanges measures first pages of the changes of a store's later half of knowledge, and of its last hundredth, with
// and without filters, and the count of all but those of the half without a filter, which takes as long as reading them all.
func ReadingChanges(ctx context.Context, st store.Reader) ([]Changing, error) {
	moments, err := momentsOf(ctx, st, []float64{0.5, 0.99, 1})
	if err != nil {
		return nil, err
	}
	many := 12
	filters := []struct {
		what   string
		filter *store.EventFilter
	}{
		{"", nil},
		{" of what is retracted", &store.EventFilter{Statuses: []kg.ClaimStatus{kg.StatusRetracted}}},
		{" of what is confirmed", &store.EventFilter{Statuses: []kg.ClaimStatus{kg.StatusConfirmed}}},
		{" of what killed many", &store.EventFilter{Killed: &store.IntRange{Min: &many}}},
	}
	var all []Changing
	for i, share := range []string{"half", "hundredth"} {
		for _, f := range filters {
			for _, total := range []bool{false, true} {
				if total && f.filter == nil && i == 0 {
					continue
				}
				q := store.ChangeQuery{View: kg.View{KnownAt: &moments[2]}, From: moments[i], Filter: f.filter, Window: store.Window{Limit: store.DefaultPageSize}, Total: total}
				what := "changes in the last " + share + f.what
				if total {
					what += ", all counted"
				}
				var took []time.Duration
				for range 3 {
					began := time.Now()
					page, err := st.Changes(ctx, q)
					if err != nil {
						return nil, err
					}
					took = append(took, time.Since(began))
					if total && len(took) == 1 {
						what += fmt.Sprintf(", %d", *page.Total)
					}
				}
				all = append(all, Changing{What: what, Took: slices.Min(took)})
			}
		}
	}
	return all, nil
}
