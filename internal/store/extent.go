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
	// Box contains all their locations that have a point; see BoxAround.
	Box *BoxFilter
	// Sums are the sums over all events.
	sums.Sums
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
