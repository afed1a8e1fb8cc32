package store

import (
	"casus/internal/edtf"
	"casus/internal/kg"
	"math"
	"slices"
)

// AroundQuery selects the events that may have happened between Earlier before an event and Later after it.
type AroundQuery struct {
	View           kg.View
	Earlier, Later edtf.Duration
	// Km is the maximum distance in kilometres between a location of a selected event and one of the given event; nil
	// means no limit.
	Km     *float64
	Filter *EventFilter
	Window Window
	Total  bool
}

// MaxAroundPlaces bounds the locations of the event when a distance is set.
const MaxAroundPlaces = 50

// Check returns BAD_INPUT for an invalid distance.
func (q AroundQuery) Check() error {
	if q.Km != nil && (!(*q.Km > 0) || math.IsInf(*q.Km, 1)) {
		return kg.Errorf(kg.BadInput, "km is %v: it must be a distance greater than 0", *q.Km)
	}
	return nil
}

// EventFilter returns the filter for the events around e: the time range, the distance from points and the query's
// normalized filter. It excludes e, its parts and its wholes, both at any depth; the caller passes the wholes. An
// unbounded end of e's time stays unbounded. nothing reports that no event can match, because a distance is set and
// points is empty.
func (q AroundQuery) EventFilter(
	e kg.Event, points []kg.Point, wholes []kg.ID,
) (f *EventFilter, nothing bool, err error) {
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
	related := EventFilter{Or: []EventFilter{{IDs: append([]kg.ID{e.ID}, wholes...)}, {PartOf: []kg.ID{e.ID}}}}
	f.And = append(f.And, EventFilter{Not: &related})
	if q.Km == nil {
		return f, false, nil
	}
	if len(points) > MaxAroundPlaces {
		return nil, false, kg.Errorf(kg.LimitExceeded,
			"%s has %d places; km allows at most %d: leave km out", e.ID, len(points), MaxAroundPlaces)
	}
	var near []EventFilter
	for _, p := range points {
		circle := NearFilter{Latitude: p.Latitude, Longitude: p.Longitude, Km: *q.Km}
		near = append(near, EventFilter{Place: &PlaceFilter{Near: &circle}})
	}
	f.And = append(f.And, EventFilter{Or: near})
	return f, len(near) == 0, nil
}

// boundary returns an end of a range, or nil for an unbounded one.
func boundary(at edtf.Instant) *edtf.Time {
	if !at.Bounded() {
		return nil
	}
	return &edtf.Time{EDTF: at.String(), Earliest: at, Latest: at, Precision: edtf.PrecisionInstant}
}
