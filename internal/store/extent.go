package store

import (
	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/kg/sums"
	"slices"
)

// ExtentQuery selects the events for Extent.
type ExtentQuery struct {
	View   kg.View
	Filter *EventFilter
	// Known requests FirstKnown and LastKnown, Bulk the bulk.
	Known, Bulk bool
	// Sums are the sums to compute.
	Sums sums.Set
}

// Extent is the range of events in time and space, and their sums.
type Extent struct {
	Events int
	// WithoutPlace counts the events that are in no Cluster, because none of their locations has a point.
	WithoutPlace int
	// WithoutTime counts the events without a start, which are in the Bucket without bounds.
	WithoutTime int
	// Earliest and Latest are the first and the last known bound of the events' times; nil without any. A time that is
	// open at one end has one bound.
	Earliest, Latest *edtf.Instant
	// FirstKnown is the moment from which any of the events is known. LastKnown is the last moment at which any of them
	// appeared or changed, in the view. Both are nil unless requested, and without events.
	FirstKnown, LastKnown *edtf.Instant
	// Bulk is nil unless requested, and if no event has a start.
	Bulk *Bulk
	// Box contains all their locations that have a point; see BoxAround.
	Box *BoxFilter
	// Sums are the sums over all events.
	sums.Sums
}

// Bulk is the time in which most events begin. It leaves out a twentieth at each end: of n events in order of the
// moments at which Buckets counts them in UTC, Start is the moment of the event with the number n/20, rounded up,
// and End the moment of the event with the number 19n/20, rounded up. Of 20 events or more, if three quarters of them,
// rounded up, begin within a tenth of this time, it is the shortest time in which as many begin, the latest of several.
// Events without a start are not counted.
type Bulk struct{ Start, End edtf.Instant }

// NewBulk returns the bulk of events by the moments at which they are counted; unbounded ones are ignored.
func NewBulk(events map[edtf.Instant]int) *Bulk {
	n := 0
	var moments []edtf.Instant
	for at, count := range events {
		if at.Bounded() && count > 0 {
			moments = append(moments, at)
			n += count
		}
	}
	if n == 0 {
		return nil
	}
	slices.Sort(moments)
	// number returns the moment of an event by its number.
	number := func(number int) edtf.Instant {
		for _, at := range moments {
			if number -= events[at]; number <= 0 {
				return at
			}
		}
		return moments[len(moments)-1]
	}
	most := Bulk{number((n + 19) / 20), number((19*n + 19) / 20)}
	if n < 20 {
		return &most
	}
	if core := shortest(moments, events, (3*n+3)/4); 10*core.length() <= most.length() {
		return &core
	}
	return &most
}

func (b Bulk) length() edtf.Instant { return b.End - b.Start }

// shortest returns the shortest time in which n events begin, the latest of several. The moments are sorted.
func shortest(moments []edtf.Instant, events map[edtf.Instant]int, n int) Bulk {
	least := Bulk{moments[0], moments[len(moments)-1]}
	first, within := 0, 0
	for _, end := range moments {
		within += events[end]
		for within-events[moments[first]] >= n {
			within -= events[moments[first]]
			first++
		}
		if b := (Bulk{moments[first], end}); within >= n && b.length() <= least.length() {
			least = b
		}
	}
	return least
}

// BoxAround returns the narrowest box that contains points, or nil without points. It crosses the antimeridian if that
// is narrower. Among equally narrow boxes it prefers one that does not cross it, then the westernmost.
func BoxAround(points []kg.Point) *BoxFilter {
	if len(points) == 0 {
		return nil
	}
	box := BoxFilter{South: points[0].Latitude, North: points[0].Latitude}
	east := make([]float64, len(points))
	for i, p := range points {
		box.South, box.North = min(box.South, p.Latitude), max(box.North, p.Latitude)
		east[i] = p.Longitude
	}
	slices.Sort(east)
	// The box is the complement of the widest gap between neighbours.
	box.West, box.East = east[0], east[len(east)-1]
	widest := east[0] + 360 - east[len(east)-1]
	for i := 1; i < len(east); i++ {
		if gap := east[i] - east[i-1]; gap > widest {
			widest, box.West, box.East = gap, east[i], east[i-1]
		}
	}
	return &box
}
