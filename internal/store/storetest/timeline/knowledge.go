package timeline

import (
	"fmt"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// testKnowledge compares what became known on each day with the lists of versions and claims, of all events and of
// those of a status, within a window too.
func (c tester) testKnowledge() {
	for _, f := range []store.EventFilter{{}, {Statuses: []kg.ClaimStatus{kg.StatusUnverified}}, {IDs: []kg.ID{}}} {
		for _, w := range []*store.BucketWindow{nil, {From: parse("2025-03-03"), To: parse("2025-03-09T11:00:00Z")}} {
			want := c.knownByDay(f, w)
			days, err := c.Knowledge(c.Context(), store.KnowledgeQuery{
				View: c.view, Filter: &f, Interval: edtf.IntervalDay, Window: w,
			})
			if err != nil {
				c.Fatal(err)
			}
			got := map[string]string{}
			for i, b := range days {
				if i > 0 && b.Start != days[i-1].End {
					c.Errorf("%s does not follow %s", b.Start, days[i-1].End)
				}
				if b.Claims+b.Appeared+b.Changed > 0 {
					day := b.Start.Time().UTC().Format("2006-01-02")
					got[day] = fmt.Sprint(b.Claims, b.Appeared, b.Changed)
				}
			}
			if diff := gocmp.Diff(want, got); diff != "" {
				c.Errorf("knowledge as of %v (-want +got):\n%s", c.view.KnownAt, diff)
			}
		}
	}
}

// knownByDay returns the numbers of claims, of events that appeared and of changes by day.
func (c tester) knownByDay(f store.EventFilter, w *store.BucketWindow) map[string]string {
	var ids []kg.ID
	for _, e := range c.events(f) {
		ids = append(ids, e.ID)
	}
	counts, days := map[string]*[3]int{}, map[string]string{}
	add := func(at edtf.Instant, what int) {
		if lo, hi := w.Bounds(time.UTC); at <= lo || at > hi {
			return
		}
		day := at.Time().UTC().Add(-time.Nanosecond).Format("2006-01-02") // a day includes its end, not its start
		if counts[day] == nil {
			counts[day] = &[3]int{}
		}
		counts[day][what]++
	}
	if len(ids) > 0 {
		states, err := c.States(c.Context(), c.view, ids)
		if err != nil {
			c.Fatal(err)
		}
		for _, versions := range states {
			for i, v := range versions {
				add(v.KnownFrom, min(1+i, 2))
			}
		}
		claims, err := c.Claims(c.Context(), store.ClaimQuery{
			View: c.view, Filter: &store.ClaimFilter{Subjects: ids}, Window: store.Window{Limit: store.MaxPageSize},
			Order: store.ClaimOrder{Field: store.ClaimsByAsserted, Direction: store.Asc},
		})
		if err != nil {
			c.Fatal(err)
		}
		for _, claim := range claims[0].Items {
			add(claim.KnownFrom(), 0)
		}
	}
	for day, n := range counts {
		days[day] = fmt.Sprint(n[0], n[1], n[2])
	}
	return days
}
