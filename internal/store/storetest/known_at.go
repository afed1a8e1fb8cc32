package storetest

import (
	"fmt"
	"slices"
	"testing"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// testBucketsKnownAt splits events at moments between which claims appear and are withdrawn. It compares the
// groups of the year's bucket and the bucket's killed.
func testBucketsKnownAt(t *testing.T, s store.Store) {
	endOf9th := at("2025-03-09").Latest // the raid, a part of the strike, is known from the 11th
	for _, c := range []struct {
		split  store.BucketSplit
		events string
		at     edtf.Instant
		killed string
		want   []string
	}{
		{store.SplitByStatus, "strike talks", noon(1) - 1, "", nil},
		{store.SplitByStatus, "strike talks", noon(1), "3..3..3", []string{"UNVERIFIED 1 3..3..3"}},
		{store.SplitByStatus, "strike talks", noon(2), "3..5..5", []string{"CORROBORATED 1 3..5..5", "UNVERIFIED 1 -"}},
		{store.SplitByStatus, "strike talks", noon(4), "3..5..5", []string{"DISPUTED 1 3..5..5", "UNVERIFIED 1 -"}},
		{store.SplitByStatus, "strike talks", noon(5), "3..5..5", []string{"CONFIRMED 1 -", "DISPUTED 1 3..5..5"}},
		{store.SplitByStatus, "strike talks", noon(7), "3..4..4", []string{"CONFIRMED 1 -", "CORROBORATED 1 3..4..4"}},
		{store.SplitByStatus, "strike raid", endOf9th, "3..4..4", []string{"CORROBORATED 1 3..4..4"}},
		{store.SplitByStatus, "strike raid", noon(11), "2..2..?", []string{"CORROBORATED 1 -", "UNVERIFIED 1 2..2..?"}},
		{store.SplitByModality, "talks spring", noon(4), "-", []string{"PLANNED 1 -"}},
		{store.SplitByModality, "talks spring", noon(5), "-", []string{"HYPOTHETICAL 1 -", "PLANNED 1 -"}},
		{store.SplitByCategory, "strike week", noon(7), "3..4..4", []string{"ASSAULT 1 3..4..4"}},
		{store.SplitByCategory, "strike week", noon(10), "5..6..6", []string{"ASSAULT 1 3..4..4", "PROTEST 1 2..2..2"}},
		{store.SplitByPublisher, "strike talks", noon(1), "3..3..3",
			[]string{"actor:courier 1 3..3..3", "actor:reuters 1 3..3..3"}},
		{store.SplitByPublisher, "strike talks", noon(4), "3..5..5",
			[]string{"actor:reuters 2 3..5..5", "actor:courier 1 3..5..5"}},
		{store.SplitByPublisher, "strike talks", noon(5), "3..5..5",
			[]string{"actor:reuters 2 3..5..5", "actor:courier 1 3..5..5", "actor:un 1 -"}},
		{store.SplitByClaimant, "strike", noon(1), "3..3..3", []string{" 1 3..3..3"}},
		{store.SplitByClaimant, "strike", noon(3), "3..5..5", []string{"actor:russia 1 3..5..5", "actor:ukraine 1 3..5..5"}},
		{store.SplitByClaimant, "strike", noon(6), "3..5..5", []string{"actor:navy 1 3..5..5", "actor:ukraine 1 3..5..5"}},
		{store.SplitByCountry, "strike talks", noon(2), "3..5..5", []string{" 1 3..5..5", "RU 1 -"}},
		{store.SplitByAdmin1, "strike talks", noon(2), "3..5..5",
			[]string{"location:chukotka 1 -", "location:crimea 1 3..5..5"}},
		{store.SplitByAdmin1, "rumour", noon(3), "-", []string{"location:chukotka 1 -"}},
		{store.SplitByAdmin1, "rumour", noon(4), "-", []string{" 1 -"}},
	} {
		q := store.BucketQuery{View: known(c.at), Interval: edtf.IntervalYear, SplitBy: c.split,
			Filter: &store.EventFilter{IDs: nodeIDs(kg.KindEvent, c.events)}}
		what := fmt.Sprintf("%s by %s at %s", c.events, c.split, c.at)
		buckets := must[[]store.Bucket](t)(s.Buckets(t.Context(), q))
		if len(buckets) == 0 {
			wantEqual(t, what, c.want, []string(nil))
			continue
		}
		wantEqual(t, what, c.want, bucketLines(buckets[:1])[1:])
		wantEqual(t, what+": killed", c.killed, tollText(buckets[0].Killed))
	}
}

// testFiltersKnownAt filters by status, voices and responses at moments before, between and after the claims that
// change them.
func testFiltersKnownAt(t *testing.T, s store.Store) {
	unanswered := func(kinds ...kg.ResponseKind) store.EventFilter {
		return store.EventFilter{IDs: nodeIDs(kg.KindEvent, "reply strike talks"),
			Responses: &store.ResponseFilter{Exists: ref(false), Kinds: slices.Clip(kinds)}}
	}
	statuses := func(s ...kg.ClaimStatus) store.EventFilter { return store.EventFilter{Statuses: s} }
	voices := func(low, high int) store.EventFilter {
		return store.EventFilter{Voices: &store.IntRange{Min: &low, Max: &high}}
	}
	for _, c := range []struct {
		name   string
		filter store.EventFilter
		want   map[edtf.Instant]string
	}{
		{"retracted", statuses(kg.StatusRetracted), map[edtf.Instant]string{noon(4) - 1: "", noon(4): "rumour",
			noon(30): "rumour"}},
		{"corroborated", statuses(kg.StatusCorroborated), map[edtf.Instant]string{noon(1): "", noon(2): "strike", noon(3): "",
			noon(6): "strike", noon(10): "strike"}},
		{"disputed or denied", statuses(kg.StatusDisputed, kg.StatusDenied),
			map[edtf.Instant]string{noon(3) - 1: "", noon(3): "denied strike", noon(6): "denied", noon(12): "denied week"}},
		{"two voices", voices(2, 2), map[edtf.Instant]string{noon(1): "", noon(2): "strike", noon(3): "strike",
			noon(5): "strike talks", noon(10): "strike talks week"}},
		{"no voice", voices(0, 0), map[edtf.Instant]string{noon(2): "", noon(3): "denied", noon(4): "denied rumour"}},
		{"unanswered", unanswered(), map[edtf.Instant]string{noon(1): "strike", noon(2): "strike talks",
			noon(3): "reply strike", noon(4): "strike"}},
		{"not refused", unanswered(kg.ResponseRejects), map[edtf.Instant]string{noon(2): "strike talks",
			noon(3): "reply strike"}},
		{"not countered", unanswered(kg.ResponseCounters), map[edtf.Instant]string{noon(3): "reply strike talks",
			noon(4): "reply strike"}},
	} {
		for moment, want := range c.want {
			found := list(t, s.Events, store.EventQuery{View: known(moment), Filter: &c.filter})
			wantEqual(t, fmt.Sprintf("%s at %s", c.name, moment), nodeIDs(kg.KindEvent, want), sorted(idsOf(found)))
		}
	}
	announced := func(at edtf.Instant, want int) {
		for id, edges := range map[kg.ID]func(kg.EventEdges) []kg.Announcement{
			"event:speech": func(e kg.EventEdges) []kg.Announcement { return e.Announces },
			"event:talks":  func(e kg.EventEdges) []kg.Announcement { return e.AnnouncedBy },
		} {
			all := must[[]kg.EventEdges](t)(s.EventEdges(t.Context(), known(at), kg.WantAnnounces|kg.WantAnnouncedBy,
				[]kg.ID{id}))
			wantEqual(t, fmt.Sprintf("announcements of %s at %s", id, at), want, len(edges(all[0])))
		}
	}
	announced(noon(2)-1, 0)
	announced(noon(2), 1)
	announced(noon(30), 1)
}
