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
	"casus/internal/store/codec"
)

// valueFields are the fields that FieldValues streams.
var valueFields = []store.FacetField{
	store.FacetActor, store.FacetLocation, store.FacetCountry, store.FacetAdmin1, store.FacetPublisher,
	store.FacetClaimant, store.FacetDataset, store.FacetLanguage, store.FieldOnMap,
	store.FieldPrecision,
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

// aggregateLines returns the streams of events as sorted lines: each version, and each value with the intervals in
// which it is known, united where they touch. The places on a map are listed for each moment at which they change,
// because their order matters.
func aggregateLines(ctx context.Context, s store.AggregateReader, subjects []kg.ID) ([]string, error) {
	all, err := readStreams(ctx, s, subjects)
	lines := []string{}
	add := func(format string, args ...any) { lines = append(lines, fmt.Sprintf(format, args...)) }
	for id, versions := range all.versions {
		for _, r := range versions {
			nominal := "none"
			if r.Nominal != nil {
				nominal = r.Nominal.String()
			}
			add("%s %v from %d (%t) to %d (%t) %s, nominal %s, %s %s %q %s, %d voices,"+
				" codings %d, disagreements %d, toll %s", id, r.Known,
				r.Time.Earliest, r.Time.EarliestFloats, r.Time.Latest, r.Time.LatestFloats, r.Time.Precision, nominal,
				r.Status, r.Category, r.Mode, r.Modality, r.Sources.Voices, r.Codings, r.Disagreements, codec.EncodeToll(r.Toll))
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
			if now := all.at(store.FieldOnMap, id, m); m < edtf.EndOfTime && !slices.Equal(now, places) {
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

// testAggregates reads the streams of a few events. Differential compares those of all events.
func testAggregates(t *testing.T, s store.Store) {
	ctx := t.Context()
	got := must[[]string](t)(aggregateLines(ctx, s, nodeIDs(kg.KindEvent, "rumour raid nothing")))
	const from11 = "{2025-03-11T00:00:00Z infinity}"
	const from2to4, from4 = "{2025-03-02T12:00:00Z 2025-03-04T12:00:00Z}", "{2025-03-04T12:00:00Z infinity}"
	raid, rumour := at("2025-02-27T22:00:00Z"), at("XXXX")
	wantEqual(t, "the streams of two events", []string{
		"event:raid has ACTOR actor:group [" + from11 + "]",
		"event:raid has ACTOR actor:navy [" + from11 + "]",
		"event:raid has ADMIN1 location:crimea [" + from11 + "]",
		"event:raid has COUNTRY UA [" + from11 + "]",
		"event:raid has DATASET ged [" + from11 + "]",
		"event:raid has LOCATION location:sevastopol [" + from11 + "]",
		"event:raid has ON_MAP location:sevastopol [" + from11 + "]",
		"event:raid has PRECISION 3 [" + from11 + "]",
		"event:raid is at [location:sevastopol] from 2025-03-11T00:00:00Z",
		"event:raid is part of event:strike [" + from11 + "]",
		fmt.Sprintf("event:raid %s from %d (false) to %d (false) INSTANT, nominal none, UNVERIFIED ASSAULT %q OCCURRED,"+
			" 0 voices, codings 1, disagreements 0, toll {\"killed\":{\"low\":2,\"best\":2,\"agreed\":true}}",
			from11, raid.Earliest, raid.Latest, "boat"),
		"event:rumour has ACTOR actor:group [" + from2to4 + "]",
		"event:rumour has ADMIN1 location:chukotka [" + from2to4 + "]",
		"event:rumour has CLAIMANT actor:group [" + from2to4 + "]",
		"event:rumour has COUNTRY RU [" + from2to4 + "]",
		"event:rumour has LOCATION location:wrangel [" + from2to4 + "]",
		"event:rumour has ON_MAP location:wrangel [" + from2to4 + "]",
		"event:rumour has PRECISION 0 [" + from2to4 + "]",
		"event:rumour is at [] from 2025-03-04T12:00:00Z",
		"event:rumour is at [location:wrangel] from 2025-03-02T12:00:00Z",
		fmt.Sprintf("event:rumour %s from %d (false) to %d (false) UNKNOWN, nominal none, UNVERIFIED OTHER %q OCCURRED,"+
			" 1 voices, codings 1, disagreements 0, toll ", from2to4, rumour.Earliest, rumour.Latest, ""),
		fmt.Sprintf("event:rumour %s from %d (false) to %d (false) UNKNOWN, nominal none, RETRACTED OTHER %q OCCURRED,"+
			" 0 voices, codings 0, disagreements 0, toll ", from4, rumour.Earliest, rumour.Latest, ""),
	}, got)
	all := must[[]string](t)(aggregateLines(ctx, s, nil))
	all = slices.DeleteFunc(all, func(line string) bool {
		return !strings.HasPrefix(line, "event:rumour ") && !strings.HasPrefix(line, "event:raid ")
	})
	wantEqual(t, "the same among all", got, all)
	stop := kg.Errorf(kg.Conflict, "enough")
	err := s.EventRows(ctx, nil, store.EventRowSink{Event: func(kg.ID, store.EventRow) error { return stop }})
	wantCode(t, "a failing sink", err, kg.Conflict)
}
