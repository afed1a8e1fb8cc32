package bench

import (
	"context"
	"fmt"
	"slices"
	"time"

	"casus/internal/kg"
	"casus/internal/store"
)

// ChangeTime is the time of one page of changes, the shortest of three measurements.
type ChangeTime struct {
	What string
	Took time.Duration
}

// MeasureChanges measures first pages of changes, with and without filters and totals: of the later half of a store's
// knowledge and of its last hundredth. It leaves out the total of the unfiltered half, which takes as long as reading
// all changes.
func MeasureChanges(ctx context.Context, st store.Reader) ([]ChangeTime, error) {
	moments, err := knowledgeMoments(ctx, st, []float64{0.5, 0.99, 1})
	if err != nil {
		return nil, err
	}
	many := 12
	filters := []struct {
		what   string
		filter *store.EventFilter
	}{
		{"", nil},
		{" of retracted events", &store.EventFilter{Statuses: []kg.ClaimStatus{kg.StatusRetracted}}},
		{" of confirmed events", &store.EventFilter{Statuses: []kg.ClaimStatus{kg.StatusConfirmed}}},
		{" of events with many killed", &store.EventFilter{Killed: &store.IntRange{Min: &many}}},
	}
	var all []ChangeTime
	for i, share := range []string{"half", "hundredth"} {
		for _, f := range filters {
			for _, total := range []bool{false, true} {
				if total && f.filter == nil && i == 0 {
					continue
				}
				q := store.ChangeQuery{View: kg.View{KnownAt: &moments[2]}, From: moments[i], Filter: f.filter,
					Window: store.Window{Limit: store.DefaultPageSize}, Total: total}
				what := "changes in the last " + share + f.what
				if total {
					what += ", with the total"
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
				all = append(all, ChangeTime{What: what, Took: slices.Min(took)})
			}
		}
	}
	return all, nil
}
