package store

import (
	"casus/internal/edtf"
	"casus/internal/kg"
	"math"
	"slices"
)

// AroundQuery asks, of an event, for those that possibly fall between Earlier before it and Later after it.
type AroundQuery struct {
	View           kg.View
	Earlier, Later edtf.Duration
	// Km keeps those with a place within so many kilometres of one of its places; nil: wherever they are.
	Km     *float64
	Filter *EventFilter
	Window Window
	Total  bool
}

// MaxAroundPlaces bounds the places of an event around which others are looked for.
const MaxAroundPlaces = 50

// Check says what is wrong with the query's distance: BAD_INPUT.
func (q AroundQuery) Check() error {
	if q.Km != nil && (!(*q.Km > 0) || math.IsInf(*q.Km, 1)) {
		return kg.Errorf(kg.BadInput, "km is %v: it must be a distance greater than 0", *q.Km)
	}
	return nil
}

// FilterAround is the filter of what lies around an event: one that asks for the time, the places and what the query's own
// filter, which is normalized, asks for, and leaves out the event, its wholes at any depth, which are given, and its parts. An
// end that is unbounded is so in the filter. nothing says that there can be none: a distance is asked for, and no place of
// the event has a point.
func (q AroundQuery) FilterAround(e kg.Event, points []kg.Point, wholes []kg.ID) (f *EventFilter, nothing bool, err error) {
	f = &EventFilter{}
	if q.Filter != nil {
		*f = *q.Filter
		f.And = slices.Clone(q.Filter.And)
	}
	within := &TimeRange{From: boundary(q.Earlier.Before(e.Time.Earliest)), To: boundary(q.Later.After(e.Time.Latest))}
	if f.Time == nil {
		f.Time = within
	} else {
		f.And = append(f.And, EventFilter{Time: within})
	}
	f.And = append(f.And, EventFilter{Not: &EventFilter{Or: []EventFilter{{IDs: append([]kg.ID{e.ID}, wholes...)}, {PartOf: []kg.ID{e.ID}}}}})
	if q.Km == nil {
		return f, false, nil
	}
	if len(points) > MaxAroundPlaces {
		return nil, false, kg.Errorf(kg.LimitExceeded, "%s has %d places, of at most %d to look around: ask without km", e.ID, len(points), MaxAroundPlaces)
	}
	var near []EventFilter
	for _, p := range points {
		near = append(near, EventFilter{Place: &PlaceFilter{Near: &NearFilter{Latitude: p.Latitude, Longitude: p.Longitude, Km: *q.Km}}})
	}
	f.And = append(f.And, EventFilter{Or: near})
	return f, len(near) == 0, nil
}

// boundary is an end of a range; one that is unbounded is none.
func boundary(at edtf.Instant) *edtf.Time {
	if !at.Bounded() {
		return nil
	}
	return &edtf.Time{EDTF: at.String(), Earliest: at, Latest: at, Precision: edtf.PrecisionInstant}
}
