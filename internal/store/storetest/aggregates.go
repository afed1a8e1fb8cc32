package storetest

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"

	"casus/internal/kg"
	"casus/internal/store"
)

// valueFields are the fields that FieldValues streams.
var valueFields = []store.FacetField{
	store.FacetActor, store.FacetCountry, store.FacetAdmin1, store.FacetPublisher, store.FacetClaimant, store.FacetDataset,
	store.FacetLanguage, store.FieldOnMap,
}

// aggregateLines returns the aggregate streams of events as sorted lines without duplicates. Field values of ids
// without an event row are left out.
func aggregateLines(ctx context.Context, s store.AggregateReader, subjects []kg.ID) ([]string, error) {
	var mu sync.Mutex
	lines := []string{}
	events := map[kg.ID]bool{}
	add := func(format string, args ...any) error {
		mu.Lock()
		defer mu.Unlock()
		lines = append(lines, fmt.Sprintf(format, args...))
		return nil
	}
	err := s.EventRows(ctx, subjects, store.EventRowSink{
		Event: func(id kg.ID, r store.EventRow) error {
			events[id] = true
			return add("%s from %d (%t) to %d (%t) %s, %s %s %q %s, %d voices, killed %s", id,
				r.Time.Earliest, r.Time.EarliestFloats, r.Time.Latest, r.Time.LatestFloats, r.Time.Precision,
				r.Status, r.Category, r.Mode, r.Modality, r.Voices, estimateText(r.Killed))
		},
		Part: func(part, whole kg.ID) error { return add("%s is part of %s", part, whole) },
	})
	if err != nil {
		return nil, err
	}
	if err := s.FieldValues(ctx, valueFields, subjects, func(f store.FacetField, event kg.ID, value string) {
		if value != "" && events[event] {
			_ = add("%s has %s %s", event, f, value)
		}
	}); err != nil {
		return nil, err
	}
	slices.Sort(lines)
	return slices.Compact(lines), nil
}

func estimateText(e *kg.Estimate) string {
	if e == nil {
		return "none"
	}
	n := func(i *int) string {
		if i == nil {
			return "-"
		}
		return fmt.Sprint(*i)
	}
	return fmt.Sprintf("%s/%s/%s agreed %t", n(e.Low), n(e.Best), n(e.High), e.Agreed)
}

// testAggregates compares the aggregate streams with the lists, edges and facets of the same events.
func testAggregates(t *testing.T, s store.Store) {
	ctx := t.Context()
	all := must[[]string](t)(aggregateLines(ctx, s, nil))
	rows := map[kg.ID]store.EventRow{}
	parts := map[kg.ID][]kg.ID{}
	if err := s.EventRows(ctx, nil, store.EventRowSink{
		Event: func(id kg.ID, r store.EventRow) error {
			if _, ok := rows[id]; ok {
				t.Errorf("%s has two rows", id)
			}
			rows[id] = r
			return nil
		},
		Part: func(part, whole kg.ID) error { parts[part] = append(parts[part], whole); return nil },
	}); err != nil {
		t.Fatal(err)
	}
	q := store.EventQuery{Window: store.Window{Limit: store.MaxPageSize}}
	events := must[[]store.Page[kg.Event]](t)(pages(ctx, s.Events, q))[0].Items
	if len(events) == 0 || len(events) != len(rows) {
		t.Fatalf("%d rows for %d events", len(rows), len(events))
	}
	for _, e := range events {
		want := store.EventRow{
			Time: e.Time, Status: e.Status, Category: e.Category, Mode: e.Mode, Modality: e.Modality, Voices: e.Sources.Voices,
			Killed: e.Toll.Killed,
		}
		got := rows[e.ID]
		want.Time.EDTF, got.Time.EDTF = "", ""
		wantEqual(t, "the row of "+string(e.ID), want, got)
		edges := must[[]kg.EventEdges](t)(s.EventEdges(ctx, kg.View{}, kg.WantWholes, []kg.ID{e.ID}))
		var wholes []kg.ID
		for _, w := range edges[0].Wholes {
			wholes = append(wholes, w.Whole)
		}
		slices.Sort(parts[e.ID])
		wantEqual(t, "the wholes of "+string(e.ID), wholes, parts[e.ID])
	}
	got := must[[]string](t)(aggregateLines(ctx, s, []kg.ID{events[0].ID, "event:nothing", "actor:navy"}))
	var want []string
	for _, line := range all {
		if len(line) > len(events[0].ID) && line[:len(events[0].ID)+1] == string(events[0].ID)+" " {
			want = append(want, line)
		}
	}
	wantEqual(t, "the streams of one event", want, got)
	stop := kg.Errorf(kg.Conflict, "enough")
	err := s.EventRows(ctx, nil, store.EventRowSink{Event: func(kg.ID, store.EventRow) error { return stop }})
	wantCode(t, "a failing sink", err, kg.Conflict)
}
