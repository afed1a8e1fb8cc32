package store

import (
	"casus/internal/edtf"
	"casus/internal/kg"
	"slices"
)

// ExtentQuery asks what the events of a filter span.
type ExtentQuery struct {
	View   kg.View
	Filter *EventFilter
}

// Extent is what some events span in time and space.
type Extent struct {
	Events int
	// WithoutPlace counts those that are on no map, for none of their places has a point: all others are in a Cluster.
	WithoutPlace int
	// WithoutTime counts those without a start: the Bucket without bounds.
	WithoutTime int
	// Earliest and Latest are the least and the greatest bound of their times that is known; nil where none is. A time that is
	// open at one end has but one.
	Earliest, Latest *edtf.Instant
	// Box is around all their places that have a point, see BoxAround.
	Box *BoxFilter
}

// BoxAround is the narrowest box that contains points: it crosses the antimeridian where it is narrower so. Of boxes that are
// equally narrow it is one that does not cross it, else the westernmost. nil: there are no points.
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
	// The box is what the widest gap between neighbours leaves.
	box.West, box.East = east[0], east[len(east)-1]
	widest := east[0] + 360 - east[len(east)-1]
	for i := 1; i < len(east); i++ {
		if gap := east[i] - east[i-1]; gap > widest {
			widest, box.West, box.East = gap, east[i], east[i-1]
		}
	}
	return &box
}
