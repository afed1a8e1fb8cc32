package storetest

import (
	"fmt"
	"testing"
	"time"
	_ "time/tzdata" // time zones on machines without a database

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/kg/sums"
	"casus/internal/store"
)

// testCoParticipants reads who took part in the same events. A line is "actor events first last".
func testCoParticipants(t *testing.T, s store.Store) {
	for _, c := range []struct {
		name   string
		q      store.CoParticipantQuery
		actors string
		want   [][]string
	}{
		{"events without parts that happened", store.CoParticipantQuery{}, "russia zelensky group unknown courier",
			[][]string{{"us 1 counter counter"}, nil, {"militia 1 week week", "navy 1 raid raid"}, nil, nil}},
		{"events of any modality", store.CoParticipantQuery{Filter: &store.EventFilter{Not: &store.EventFilter{
			Modalities: []kg.Modality{kg.ModalityHypothetical}}}}, "russia zelensky", [][]string{
			{"us 2 counter talks", "zelensky 1 talks talks"}, {"russia 1 talks talks", "us 1 talks talks"}}},
		{"events with parts", store.CoParticipantQuery{Filter: &store.EventFilter{HasParts: ref(true)}}, "russia navy",
			[][]string{
				{"navy 1 strike strike", "ukraine 1 campaign campaign"}, {"russia 1 strike strike"}}},
		{"several roles, absent starts neither first nor last",
			store.CoParticipantQuery{Roles: []kg.ParticipantRole{kg.RoleRecipient, kg.RoleInitiator, kg.RoleClaimant},
				Filter: &store.EventFilter{HasParts: ref(true)}}, "ukraine",
			[][]string{{"russia 2 strike strike", "navy 1 strike strike"}}},
		{"roles on both sides", store.CoParticipantQuery{Roles: []kg.ParticipantRole{kg.RoleMentioned}}, "zelensky us",
			[][]string{nil, nil}},
		{"roles excluded by default", store.CoParticipantQuery{Roles: []kg.ParticipantRole{kg.RoleMentioned, kg.RoleSpeaker}},
			"zelensky", [][]string{{"us 1 speech speech"}}},
		{"no roles", store.CoParticipantQuery{Roles: []kg.ParticipantRole{}}, "russia", [][]string{nil}},
		{"a filter", store.CoParticipantQuery{Filter: &store.EventFilter{
			Categories: []kg.EventCategory{kg.CategorySanction}}}, "russia", [][]string{{"us 1 counter counter"}}},
		{"at an earlier moment", store.CoParticipantQuery{View: known(noon(3))}, "russia",
			[][]string{{"navy 1 strike strike"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.q.Actors, c.q.Window, c.q.Total = nodeIDs(kg.KindActor, c.actors), store.Window{Limit: store.MaxPageSize}, true
			all := must[[]store.Page[store.CoParticipant]](t)(s.CoParticipants(t.Context(), c.q))
			if len(all) != len(c.q.Actors) {
				t.Fatalf("%d pages for %d actors", len(all), len(c.q.Actors))
			}
			for i, p := range all {
				var got []string
				for _, o := range p.Items {
					got = append(got, fmt.Sprintf("%s %d %s %s", o.Actor[len("actor:"):], o.Events, o.First[len("event:"):],
						o.Last[len("event:"):]))
				}
				wantEqual(t, string(c.q.Actors[i]), c.want[i], got)
				if p.Total == nil || *p.Total != len(c.want[i]) {
					t.Errorf("%s: total %v, want %d", c.q.Actors[i], p.Total, len(c.want[i]))
				}
			}
			for size := 1; size <= 4; size++ {
				if err := walkWindows(coParticipantPages(t, s, c.q), size); err != nil {
					t.Errorf("pages of %d: %v", size, err)
				}
			}
		})
	}
}

// coParticipantNode is a co-participant with an id.
type coParticipantNode struct{ store.CoParticipant }

func (c coParticipantNode) NodeID() kg.ID { return c.Actor }

// coParticipantPages returns the function that reads pages of the query's first actor.
func coParticipantPages(
	t *testing.T, s store.Store, q store.CoParticipantQuery,
) func(store.Window) (store.Page[coParticipantNode], error) {
	q.Actors = q.Actors[:1]
	return func(w store.Window) (store.Page[coParticipantNode], error) {
		q.Window = w
		all, err := s.CoParticipants(t.Context(), q)
		if err != nil {
			return store.Page[coParticipantNode]{}, err
		}
		as := store.Page[coParticipantNode]{Positions: all[0].Positions, HasNext: all[0].HasNext,
			HasPrevious: all[0].HasPrevious, Total: all[0].Total}
		for _, c := range all[0].Items {
			as.Items = append(as.Items, coParticipantNode{c})
		}
		return as, nil
	}
}

// testBuckets counts events. A line is "start events/imprecise killed", followed by its groups, each "key events
// killed".
func testBuckets(t *testing.T, s store.Store) {
	zone := func(name string) *time.Location { return must[*time.Location](t)(time.LoadLocation(name)) }
	event := func(words string) *store.EventFilter { return &store.EventFilter{IDs: nodeIDs(kg.KindEvent, words)} }
	for _, c := range []struct {
		name string
		q    store.BucketQuery
		want []string
	}{
		{"months, empty ones too", store.BucketQuery{Interval: edtf.IntervalMonth}, []string{
			"2024-06-01T00:00:00Z 1/0 -", "2024-07-01T00:00:00Z 0/0 -", "2024-08-01T00:00:00Z 0/0 -",
			"2024-09-01T00:00:00Z 0/0 -",
			"2024-10-01T00:00:00Z 0/0 -", "2024-11-01T00:00:00Z 0/0 -", "2024-12-01T00:00:00Z 0/0 -",
			"2025-01-01T00:00:00Z 1/1 -",
			"2025-02-01T00:00:00Z 2/0 3..4..4", "2025-03-01T00:00:00Z 6/2 2..2..2", "none 2/2 7..6..6"}},
		{"over the requested range", store.BucketQuery{Interval: edtf.IntervalYear, Filter: &store.EventFilter{
			IDs: nodeIDs(kg.KindEvent, "talks"), Time: between("2024", "2026")}}, []string{
			"2024-01-01T00:00:00Z 0/0 -", "2025-01-01T00:00:00Z 1/0 -", "2026-01-01T00:00:00Z 0/0 -"}},
		{"an instant in a zone", store.BucketQuery{Interval: edtf.IntervalDay, Filter: event("raid"),
			Zone: zone("Europe/Kyiv")}, []string{
			"2025-02-27T22:00:00Z 1/0 2..2..?"}},
		{"a date in a zone", store.BucketQuery{Interval: edtf.IntervalDay, Filter: event("reply"),
			Zone: zone("America/New_York")}, []string{
			"2025-03-02T05:00:00Z 1/0 -"}},
		{"no events", store.BucketQuery{Interval: edtf.IntervalDay, Filter: &store.EventFilter{IDs: []kg.ID{}}}, nil},
		{"no start alone", store.BucketQuery{Interval: edtf.IntervalDay, Filter: event("rumour campaign")},
			[]string{"none 2/2 10..10..10"}},
		{"at an earlier moment", store.BucketQuery{Interval: edtf.IntervalYear, View: known(noon(2))},
			[]string{"2025-01-01T00:00:00Z 3/0 3..5..5", "none 2/2 7..5..5"}},
		{"by category", store.BucketQuery{Interval: edtf.IntervalQuarter, SplitBy: store.SplitByCategory,
			Filter: event("strike raid week")}, []string{
			"2025-01-01T00:00:00Z 3/0 5..6..6", "ASSAULT 2 3..4..4", "PROTEST 1 2..2..2"}},
		{"by modality", store.BucketQuery{Interval: edtf.IntervalYear, SplitBy: store.SplitByModality,
			Filter: event("talks spring speech reply")}, []string{
			"2025-01-01T00:00:00Z 4/0 -", "OCCURRED 2 -", "HYPOTHETICAL 1 -", "PLANNED 1 -"}},
		{"by status", store.BucketQuery{Interval: edtf.IntervalYear, SplitBy: store.SplitByStatus,
			Filter: event("strike talks week raid campaign rumour")}, []string{
			"2025-01-01T00:00:00Z 4/0 5..6..6", "CONFIRMED 1 -", "CORROBORATED 1 3..4..4", "DISPUTED 1 2..2..2",
			"UNVERIFIED 1 2..2..2",
			"none 2/2 7..6..6", "RETRACTED 1 -", "UNVERIFIED 1 8..8..8"}},
		{"by country", store.BucketQuery{Interval: edtf.IntervalYear, SplitBy: store.SplitByCountry,
			Filter: event("strike raid talks year speech")}, []string{
			"2025-01-01T00:00:00Z 5/0 3..4..4", " 2 3..4..4", "UA 2 2..2..?", "RU 1 -"}},
		{"by admin1", store.BucketQuery{Interval: edtf.IntervalYear, SplitBy: store.SplitByAdmin1,
			Filter: event("strike raid talks year campaign")}, []string{
			"2025-01-01T00:00:00Z 4/0 3..4..4", "location:crimea 2 3..4..4", " 1 -", "location:chukotka 1 -", "none 1/1 7..6..6",
			"location:crimea 1 7..6..6"}},
		{"by publisher", store.BucketQuery{Interval: edtf.IntervalYear, SplitBy: store.SplitByPublisher,
			Filter: event("strike talks raid week")}, []string{
			"2025-01-01T00:00:00Z 4/0 5..6..6", "actor:reuters 3 5..6..6", "actor:courier 2 5..6..6", " 1 2..2..?",
			"actor:un 1 -"}},
		{"by claimant", store.BucketQuery{Interval: edtf.IntervalYear, SplitBy: store.SplitByClaimant,
			Filter: event("strike week raid")}, []string{
			"2025-01-01T00:00:00Z 3/0 5..6..6", "actor:ukraine 2 5..6..6", " 1 2..2..?", "actor:group 1 2..2..2",
			"actor:militia 1 2..2..2", "actor:navy 1 3..4..4", "actor:un 1 2..2..2"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.q.Sums = sums.Killed
			wantEqual(t, "buckets", c.want, bucketLines(must[[]store.Bucket](t)(s.Buckets(t.Context(), c.q))))
		})
	}
	_, err := s.Buckets(t.Context(), store.BucketQuery{Interval: edtf.IntervalDay,
		Filter: &store.EventFilter{Time: between("2000", "2025")}})
	wantCode(t, "too many buckets", err, kg.LimitExceeded)
}

func bucketLines(buckets []store.Bucket) []string {
	var lines []string
	for _, b := range buckets {
		start := "none"
		if b.Start != nil {
			start = b.Start.String()
		}
		lines = append(lines, fmt.Sprintf("%s %d/%d %s", start, b.Events, b.Imprecise, tollText(b.Sums)))
		for _, g := range b.Groups {
			lines = append(lines, fmt.Sprintf("%s %d %s", g.Key, g.Events, tollText(g.Sums)))
		}
	}
	return lines
}

// tollText formats the sum of the people killed as "low..best..high", with a question mark for no upper bound.
func tollText(all sums.Sums) string {
	if killed := all.Killed(); killed != nil {
		return sumText(*killed)
	}
	return "-"
}

func sumText(s sums.Sum) string {
	if s.High == nil {
		return fmt.Sprintf("%d..%d..?", s.Low, s.Best)
	}
	return fmt.Sprintf("%d..%d..%d", s.Low, s.Best, *s.High)
}
