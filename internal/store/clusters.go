package store

import (
	"casus/internal/kg"
	"casus/internal/kg/sums"
	"cmp"
	"math"
	"slices"
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
	// Sums are the sums to compute.
	Sums sums.Set
}

// Check returns BAD_INPUT for a zoom out of range.
func (q ClusterQuery) Check() error {
	if q.Zoom < 0 || q.Zoom > MaxZoom {
		return kg.Errorf(kg.BadInput, "zoom is %d; it must be between 0 and %d", q.Zoom, MaxZoom)
	}
	return nil
}

// Cluster counts the events of one cell of a map's grid.
type Cluster struct {
	// Point is the mean of the events' points.
	Point  kg.Point
	Events int
	// Sums add up what its events contribute to the sums of all selected events, on the map or not.
	sums.Sums
	// Event is the event of a cluster of one; "" for larger clusters.
	Event kg.ID
}

// PlacedEvents counts the events at one location on a map. An event counts once, at its first location with a point in
// the order of SortEdges: by role (VENUE, TARGET, ORIGIN), then by id.
type PlacedEvents struct {
	Place  kg.ID
	Point  kg.Point
	Events int
	// Sums is their part of the sums of all selected events.
	Sums sums.Part
	// Event is any of the events.
	Event kg.ID
}

// Clusters groups distinct places by the cells of a grid. A cell's side is a quarter of the side of a web map's tile at
// the zoom (Web Mercator; one tile for the whole world at zoom 0). Cells end at the antimeridian, where 180 degrees
// east equals 180 west. Places near the poles, outside the tiles, are in the first and last row. Clusters are ordered
// by events, most first, then from north to south and from west to east. It returns LIMIT_EXCEEDED for more than
// MaxClusters.
func Clusters(zoom int, places []PlacedEvents) ([]Cluster, error) {
	places = slices.Clone(places)
	slices.SortFunc(places, func(a, b PlacedEvents) int { return cmp.Compare(a.Place, b.Place) })
	cells := map[cell]*clusterSum{}
	for _, p := range places {
		if p.Point.Longitude == 180 {
			p.Point.Longitude = -180
		}
		at := cellOf(zoom, p.Point)
		g := cells[at]
		if g == nil {
			if len(cells) >= MaxClusters {
				return nil, kg.Errorf(kg.LimitExceeded,
					"the answer would have more than %d clusters: choose a lower zoom or a smaller box", MaxClusters)
			}
			g = &clusterSum{first: p.Point, at: at}
			cells[at] = g
		}
		g.add(p)
	}
	all := make([]*clusterSum, 0, len(cells))
	for _, g := range cells {
		all = append(all, g)
	}
	slices.SortFunc(all, func(a, b *clusterSum) int {
		return cmp.Or(cmp.Compare(b.Events, a.Events), cmp.Compare(a.at.row, b.at.row), cmp.Compare(a.at.column, b.at.column))
	})
	clusters := make([]Cluster, len(all))
	for i, g := range all {
		clusters[i] = g.cluster()
	}
	return clusters, nil
}

// cell is a cell of the grid, counted from the north and from the antimeridian eastwards.
type cell struct{ row, column int }

func cellOf(zoom int, p kg.Point) cell {
	side := float64(int(4) << zoom)
	sin := math.Sin(p.Latitude * math.Pi / 180)
	south := 0.5 - math.Log((1+sin)/(1-sin))/(4*math.Pi)
	east := (p.Longitude + 180) / 360
	within := func(share float64) int { return int(max(0, min(side-1, math.Floor(share*side)))) }
	return cell{within(south), within(east)}
}

// clusterSum accumulates a cluster. The mean is relative to the first place, so that a single place keeps its exact
// point. The conversions to float64 round products before they are added, so that every machine computes the same.
type clusterSum struct {
	Cluster
	part        sums.Part
	first       kg.Point
	at          cell
	north, east float64
}

func (g *clusterSum) add(p PlacedEvents) {
	g.Events += p.Events
	g.part = g.part.Plus(p.Sums)
	g.Event = p.Event
	n := float64(p.Events)
	g.north += float64(n * (p.Point.Latitude - g.first.Latitude))
	g.east += float64(n * (p.Point.Longitude - g.first.Longitude))
}

func (g *clusterSum) cluster() Cluster {
	n := float64(g.Events)
	g.Point = kg.Point{Latitude: g.first.Latitude + g.north/n, Longitude: g.first.Longitude + g.east/n}
	if g.Events > 1 {
		g.Event = ""
	}
	g.Sums = g.part.Sums()
	return g.Cluster
}
