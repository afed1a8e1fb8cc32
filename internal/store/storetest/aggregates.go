package storetest

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// valueFields are the fields that FieldValues streams.
var valueFields = []store.FacetField{
	store.FacetActor, store.FacetCountry, store.FacetAdmin1, store.FacetPublisher, store.FacetClaimant, store.FacetDataset,
	store.FacetLanguage, store.FieldOnMap,
}

// streams are the aggregate streams of events.
type streams struct {
	versions map[kg.ID][]store.EventRow
	wholes   map[kg.ID]map[kg.ID][]kg.Interval
	values   map[store.FacetField]map[kg.ID][]knownValue
}

type knownValue struct {
	value string
	known kg.Interval
}

// readStreams reads the streams of subjects. Field values of ids without a version are left out.
func readStreams(ctx context.Context, s store.AggregateReader, subjects []kg.ID) (all streams, err error) {
	all = streams{map[kg.ID][]store.EventRow{}, map[kg.ID]map[kg.ID][]kg.Interval{},
		map[store.FacetField]map[kg.ID][]knownValue{}}
	for _, f := range valueFields {
		all.values[f] = map[kg.ID][]knownValue{}
	}
	err = s.EventRows(ctx, subjects, store.EventRowSink{
		Event: func(id kg.ID, r store.EventRow) error { all.versions[id] = append(all.versions[id], r); return nil },
		Part: func(part, whole kg.ID, known kg.Interval) error {
			if all.wholes[part] == nil {
				all.wholes[part] = map[kg.ID][]kg.Interval{}
			}
			all.wholes[part][whole] = append(all.wholes[part][whole], known)
			return nil
		},
	})
	if err != nil {
		return all, err
	}
	var mu sync.Mutex
	yield := func(f store.FacetField, event kg.ID, value string, known kg.Interval) {
		mu.Lock()
		defer mu.Unlock()
		if value != "" && all.versions[event] != nil {
			all.values[f][event] = append(all.values[f][event], knownValue{value, known})
		}
	}
	return all, s.FieldValues(ctx, valueFields, subjects, yield)
}

// at returns an event's values of a field as of a moment, each once, in the order of the stream.
func (all streams) at(f store.FacetField, event kg.ID, moment edtf.Instant) (values []string) {
	for _, v := range all.values[f][event] {
		if v.known.Holds(moment) && !slices.Contains(values, v.value) {
			values = append(values, v.value)
		}
	}
	return values
}

// changes returns the moments at which an event's values of a field change, in order.
func (all streams) changes(f store.FacetField, event kg.ID) (moments []edtf.Instant) {
	for _, v := range all.values[f][event] {
		moments = append(moments, v.known.KnownFrom, v.known.KnownTo)
	}
	slices.Sort(moments)
	return slices.Compact(moments)
}

// aggregateLines returns the streams of events as sorted lines: each version, and each value with the intervals in which
// it is known, united where they touch. The places on a map are listed for each moment at which they change, because
// their order matters.
func aggregateLines(ctx context.Context, s store.AggregateReader, subjects []kg.ID) ([]string, error) {
	all, err := readStreams(ctx, s, subjects)
	lines := []string{}
	add := func(format string, args ...any) { lines = append(lines, fmt.Sprintf(format, args...)) }
	for id, versions := range all.versions {
		for _, r := range versions {
			add("%s %v from %d (%t) to %d (%t) %s, nominal %s, %s %s %q %s, %d voices, killed %s", id, r.Known,
				r.Time.Earliest, r.Time.EarliestFloats, r.Time.Latest, r.Time.LatestFloats, r.Time.Precision,
				textOf(r.Nominal), r.Status, r.Category, r.Mode, r.Modality, r.Voices, estimateText(r.Killed))
		}
		for _, f := range valueFields {
			intervals := map[string][]kg.Interval{}
			for _, v := range all.values[f][id] {
				intervals[v.value] = append(intervals[v.value], v.known)
			}
			for value, known := range intervals {
				add("%s has %s %s %v", id, f, value, union(known))
			}
		}
		var places []string
		for _, m := range all.changes(store.FieldOnMap, id) {
			if now := all.at(store.FieldOnMap, id, m); !slices.Equal(now, places) {
				add("%s is at %v from %s", id, now, m)
				places = now
			}
		}
	}
	for part, wholes := range all.wholes {
		for whole, known := range wholes {
			add("%s is part of %s %v", part, whole, union(known))
		}
	}
	slices.Sort(lines)
	return slices.Compact(lines), err
}

// union returns the union of intervals as few intervals.
func union(all []kg.Interval) (united []kg.Interval) {
	slices.SortFunc(all, func(a, b kg.Interval) int { return cmp.Compare(a.KnownFrom, b.KnownFrom) })
	for _, i := range all {
		if n := len(united); n > 0 && i.KnownFrom <= united[n-1].KnownTo {
			united[n-1].KnownTo = max(united[n-1].KnownTo, i.KnownTo)
		} else {
			united = append(united, i)
		}
	}
	return united
}

func textOf(at *edtf.Instant) string {
	if at == nil {
		return "none"
	}
	return at.String()
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

// testAggregates compares the aggregate streams with the lists, edges and facets of the same events, as of each moment
// at which an event changes.
func testAggregates(t *testing.T, s store.Store) {
	ctx := t.Context()
	all := must[streams](t)(readStreams(ctx, s, nil))
	moments := []edtf.Instant{edtf.EndOfTime - 1}
	for _, versions := range all.versions {
		for _, v := range versions {
			moments = append(moments, v.Known.KnownFrom-1, v.Known.KnownFrom)
		}
	}
	slices.Sort(moments)
	if moments = slices.Compact(moments); len(moments) < 15 {
		t.Fatalf("only %d moments", len(moments))
	}
	for _, m := range moments {
		compareStreams(t, s, all, m)
	}
	lines := must[[]string](t)(aggregateLines(ctx, s, nil))
	got := must[[]string](t)(aggregateLines(ctx, s, []kg.ID{"event:strike", "event:nothing", "actor:navy"}))
	var want []string
	for _, line := range lines {
		if strings.HasPrefix(line, "event:strike ") {
			want = append(want, line)
		}
	}
	wantEqual(t, "the streams of one event", want, got)
	stop := kg.Errorf(kg.Conflict, "enough")
	err := s.EventRows(ctx, nil, store.EventRowSink{Event: func(kg.ID, store.EventRow) error { return stop }})
	wantCode(t, "a failing sink", err, kg.Conflict)
}

// compareStreams compares the streams as of a moment with the lists, edges and facets in that view.
func compareStreams(t *testing.T, s store.Store, all streams, m edtf.Instant) {
	t.Helper()
	ctx, at := t.Context(), " at "+m.String()
	q := store.EventQuery{View: known(m), Window: store.Window{Limit: store.MaxPageSize}}
	events := must[[]store.Page[kg.Event]](t)(pages(ctx, s.Events, q))[0].Items
	ids := idsOf(events)
	edges := must[[]kg.EventEdges](t)(s.EventEdges(ctx, known(m), kg.WantWholes, ids))
	listed := map[kg.ID]bool{}
	counts := map[string]int{}
	for i, e := range events {
		listed[e.ID] = true
		var got []store.EventRow
		for _, r := range all.versions[e.ID] {
			if r.Known.Holds(m) {
				got = append(got, r)
			}
		}
		want := store.EventRow{
			Known: kg.Interval{KnownFrom: e.KnownFrom, KnownTo: e.KnownTo}, Time: e.Time, Nominal: e.Nominal.Start(),
			Status: e.Status, Category: e.Category, Mode: e.Mode, Modality: e.Modality, Voices: e.Sources.Voices,
			Killed: e.Toll.Killed,
		}
		if len(got) != 1 {
			t.Fatalf("%s has %d versions%s", e.ID, len(got), at)
		}
		want.Time.EDTF, got[0].Time.EDTF = "", ""
		wantEqual(t, "the row of "+string(e.ID)+at, want, got[0])
		var wholes, streamed []kg.ID
		for _, w := range edges[i].Wholes {
			wholes = append(wholes, w.Whole)
		}
		for whole, intervals := range all.wholes[e.ID] {
			if slices.ContainsFunc(intervals, func(k kg.Interval) bool { return k.Holds(m) }) {
				streamed = append(streamed, whole)
			}
		}
		wantEqual(t, "the wholes of "+string(e.ID)+at, sorted(wholes), sorted(streamed))
		for _, f := range valueFields {
			for _, v := range all.at(f, e.ID, m) {
				counts[string(f)+" "+v]++
			}
		}
	}
	for id, versions := range all.versions {
		if !listed[id] && slices.ContainsFunc(versions, func(r store.EventRow) bool { return r.Known.Holds(m) }) {
			t.Errorf("%s is not listed%s", id, at)
		}
	}
	fields := slices.DeleteFunc(slices.Clone(valueFields),
		func(f store.FacetField) bool { return f == store.FieldOnMap })
	for _, f := range must[[]store.Facet](t)(s.Facets(ctx,
		store.FacetQuery{View: known(m), Fields: fields, Top: store.MaxFacetGroups})) {
		for _, g := range f.Groups {
			if g.Key != "" {
				key := string(f.Field) + " " + g.Key
				wantEqual(t, key+at, g.Events, counts[key])
				delete(counts, key)
			}
		}
	}
	for key := range counts {
		if !strings.HasPrefix(key, string(store.FieldOnMap)) {
			t.Errorf("no facet counts %s%s", key, at)
		}
	}
}
