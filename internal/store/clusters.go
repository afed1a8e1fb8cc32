package store

import (
	"casus/internal/kg"
	"cmp"
	"math"
	"slices"
)

// The bounds of what is asked for a map.
const (
	MaxZoom = 22
	// MaxClusters bounds how many clusters an answer has.
	MaxClusters = 5000
)

// ClusterQuery asks where the events of a filter lie on a map of Zoom, 0..MaxZoom.
type ClusterQuery struct {
	View   kg.View
	Filter *EventFilter
	Zoom   int
	// Killed asks for tolls.
	Killed bool
}

// Check says what no store could answer.
func (q ClusterQuery) Check() error {
	if q.Zoom < 0 || q.Zoom > MaxZoom {
		return kg.Errorf(kg.BadInput, "zoom is %d; it must be between 0 and %d", q.Zoom, MaxZoom)
	}
	return nil
}

// Cluster is the events of one cell of a map's grid.
type Cluster struct {
	// Point is the mean of where they lie.
	Point  kg.Point
	Events int
	// Killed sums the tolls of those that have no parts, as a Bucket does.
	Killed *kg.Estimate
	// Event is the one event of a cluster of one.
	Event kg.ID
}

// PlacedEvents are events that lie at one place of a map. An event lies at the first of its places that has a point: by role
// (VENUE, TARGET, ORIGIN), then by id, as SortEdges has them. So it is counted once.
type PlacedEvents struct {
	Place  kg.ID
	Point  kg.Point
	Events int
	Killed *kg.Estimate
	// Event is any of them.
	Event kg.ID
}

// Clusters gathers places, each given once, in the cells of a grid: those of a quarter of a tile's side, of the tiles that
// maps on the web have at a zoom (Web Mercator; at 0 one for the whole world). Cells end at the antimeridian, 180 degrees east being
// 180 west; what lies beyond the tiles, about the poles, is in their first and last row. Clusters are ordered by events,
// most first, then from north to south and from west to east. More than MaxClusters are LIMIT_EXCEEDED.
func Clusters(zoom int, places []PlacedEvents) ([]Cluster, error) {
	places = slices.Clone(places)
	slices.SortFunc(places, func(a, b PlacedEvents) int { return cmp.Compare(a.Place, b.Place) })
	cells := map[cell]*gathered{}
	for _, p := range places {
		if p.Point.Longitude == 180 {
			p.Point.Longitude = -180
		}
		at := cellOf(zoom, p.Point)
		g := cells[at]
		if g == nil {
			if len(cells) >= MaxClusters {
				return nil, kg.Errorf(kg.LimitExceeded, "the answer would have more than %d clusters: choose a lower zoom or a smaller box", MaxClusters)
			}
			g = &gathered{first: p.Point, at: at}
			cells[at] = g
		}
		g.add(p)
	}
	all := make([]*gathered, 0, len(cells))
	for _, g := range cells {
		all = append(all, g)
	}
	slices.SortFunc(all, func(a, b *gathered) int {
		return cmp.Or(cmp.Compare(b.Events, a.Events), cmp.Compare(a.at.row, b.at.row), cmp.Compare(a.at.column, b.at.column))
	})
	clusters := make([]Cluster, len(all))
	for i, g := range all {
		clusters[i] = g.cluster()
	}
	return clusters, nil
}

// cell is a cell of the grid, counted from the north and from the antimeridian.
type cell struct{ row, column int }

func cellOf(zoom int, p kg.Point) cell {
	side := float64(int(4) << zoom)
	sin := math.Sin(p.Latitude * math.Pi / 180)
	south := 0.5 - math.Log((1+sin)/(1-sin))/(4*math.Pi)
	east := (p.Longitude + 180) / 360
	within := func(share float64) int { return int(max(0, min(side-1, math.Floor(share*side)))) }
	return cell{within(south), within(east)}
}

// gathered is a cluster on its way. Its mean is told from its first place, so that of one place alone it is that very point;
// what is multiplied is rounded before it is added, so that every machine has the same.
type gathered struct {
	Cluster
	first       kg.Point
	at          cell
	north, east float64
}

func (g *gathered) add(p PlacedEvents) {
	g.Events += p.Events
	g.Killed = g.Killed.Plus(p.Killed)
	g.Event = p.Event
	n := float64(p.Events)
	g.north += float64(n * (p.Point.Latitude - g.first.Latitude))
	g.east += float64(n * (p.Point.Longitude - g.first.Longitude))
}

func (g *gathered) cluster() Cluster {
	n := float64(g.Events)
	g.Point = kg.Point{Latitude: g.first.Latitude + g.north/n, Longitude: g.first.Longitude + g.east/n}
	if g.Events > 1 {
		g.Event = ""
	}
	return g.Cluster
}
