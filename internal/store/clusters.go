package store

import (
	"cmp"

	"casus/internal/kg"
	"casus/internal/kg/sums"
)

// The bounds of cluster queries.
const (
	MaxZoom = 22
	// MaxClusters bounds the clusters of a result.
	MaxClusters = 5000
)

// ClusterQuery groups the events of a filter on a map of Zoom, 0..MaxZoom.
type ClusterQuery struct {
	View   kg.View
	Filter *EventFilter
	Zoom   int
	// SplitBy defines the groups of each cluster; "" makes none.
	SplitBy BucketSplit
	// Top is the number of values that have groups of their own, 1..MaxBucketGroups; 0 means DefaultBucketGroups.
	Top int
	// Sums are the sums to compute for each cluster and group.
	Sums sums.Set
}

// Groups returns the number of values that have groups of their own.
func (q ClusterQuery) Groups() int { return cmp.Or(q.Top, DefaultBucketGroups) }

// Check returns BAD_INPUT or LIMIT_EXCEEDED for an invalid query.
func (q ClusterQuery) Check() error {
	if q.Zoom < 0 || q.Zoom > MaxZoom {
		return kg.Errorf(kg.BadInput, "zoom is %d; it must be between 0 and %d", q.Zoom, MaxZoom)
	}
	return checkGroups("clusters", q.Top)
}

// Cluster counts the events of one cell of a map's grid.
type Cluster struct {
	// Point is the mean of the events' points. Cell is the cell in which these lie.
	Point  kg.Point
	Cell   BoxFilter
	Events int
	// Precisions count the events by how precisely their places are known, the most precise first.
	Precisions []PrecisionCount
	// Countries count the events of which no more than the country is known, by its code, most first, ties by code. ""
	// is the code of places without one.
	Countries []CountryCount
	// Sums add up what its events contribute to the sums of all selected events, on the map or not.
	sums.Sums
	// Place is the place of most events of which more than the country is known, ties by id; "" if there is none.
	Place kg.ID
	// Event is the event of a cluster of one; "" for larger clusters.
	Event kg.ID
	// Groups divide the events by the query's split.
	Groups []BucketGroup
}

// PrecisionCount counts the events whose places are known with one precision; see place.Precision. RadiusKm is the
// radius of the widest of these places, 0 for points and where there is no circle; see place.RadiusKm.
type PrecisionCount struct {
	Precision, Events int
	RadiusKm          float64
}

// CountryCount counts events that are somewhere in a country.
type CountryCount struct {
	Country string
	Events  int
}

// MapPlace is what a map shows of a location that has a point.
type MapPlace struct {
	Point   kg.Point
	Kind    kg.LocationKind
	Country string
	// ExtentKm is the result of place.ExtentKm.
	ExtentKm float64
}
