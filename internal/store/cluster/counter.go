// Package cluster counts events by the cells of a map's grid, for engines and the aggregate index.
//
// A cell's side is a quarter of the side of a web map's tile at the zoom (Web Mercator; one tile for the whole world at
// zoom 0). Cells end at the antimeridian, where 180 degrees east equals 180 west. Places near the poles, outside the
// tiles, are in the first and last row.
package cluster

import (
	"cmp"
	"slices"

	"casus/internal/kg"
	"casus/internal/kg/place"
	"casus/internal/kg/sums"
	"casus/internal/store"
	"casus/internal/store/bucket"
)

// Placed is where events are on a map. An event counts once, at its first location with a point in the order of
// kg.SortEdges: by role (VENUE, TARGET, ORIGIN), then by id.
type Placed struct {
	Place kg.ID
	At    store.MapPlace
	// Precision is as the claims state it, 0 if they do not.
	Precision int
}

// Counter counts events into cells. Use NewCounter.
type Counter struct {
	zoom   int
	number map[cell]int
	cells  []*tally
}

// tally is what a cell counts.
type tally struct {
	at     cell
	event  kg.ID // any
	events int
	placed []placedEvents
	part   sums.Part
	groups map[string]*store.BucketGroup
	parts  map[string]sums.Part // by group
}

type placedEvents struct {
	Placed
	events int
}

// NewCounter returns a counter for the map of a zoom.
func NewCounter(zoom int) *Counter { return &Counter{zoom: zoom, number: map[cell]int{}} }

// Open returns the number of the cell of a point, counted from 0 in the order of opening. It returns LIMIT_EXCEEDED for
// more than store.MaxClusters cells.
func (c *Counter) Open(p kg.Point) (int, error) {
	at := cellOf(c.zoom, eastern(p))
	n, known := c.number[at]
	if known {
		return n, nil
	}
	if n = len(c.cells); n >= store.MaxClusters {
		return 0, kg.Errorf(kg.LimitExceeded,
			"the answer would have more than %d clusters: choose a lower zoom or a smaller box", store.MaxClusters)
	}
	c.number[at] = n
	c.cells = append(c.cells, &tally{
		at: at, groups: map[string]*store.BucketGroup{}, parts: map[string]sums.Part{},
	})
	return n, nil
}

// eastern returns the point west of the antimeridian for one on it.
func eastern(p kg.Point) kg.Point {
	if p.Longitude == 180 {
		p.Longitude = -180
	}
	return p
}

// Add counts events at one place in its cell; event is any of them.
func (c *Counter) Add(cell int, at Placed, events int, event kg.ID) {
	t := c.cells[cell]
	at.At.Point, at.Precision = eastern(at.At.Point), place.Precision(at.Precision, at.At.Kind)
	t.placed, t.events, t.event = append(t.placed, placedEvents{at, events}), t.events+events, event
}

// AddSums adds a part of the sums of all events to a cell.
func (c *Counter) AddSums(cell int, part sums.Part) {
	c.cells[cell].part = c.cells[cell].part.Plus(part)
}

// AddGroup counts events in a group of a cell.
func (c *Counter) AddGroup(cell int, key string, events int) {
	groups := c.cells[cell].groups
	g := groups[key]
	if g == nil {
		g = bucket.NewGroup(key)
		groups[key] = g
	}
	g.Events += events
}

// AddGroupSums adds a part of the sums of a group's events to the group in a cell, in which events are counted.
func (c *Counter) AddGroupSums(cell int, key string, part sums.Part) {
	parts := c.cells[cell].parts
	parts[key] = parts[key].Plus(part)
}

// Clusters returns the clusters by events, most first, then from north to south and from west to east.
func (c *Counter) Clusters() []store.Cluster {
	cells := slices.Clone(c.cells)
	slices.SortFunc(cells, func(a, b *tally) int {
		return cmp.Or(cmp.Compare(b.events, a.events), cmp.Compare(a.at.row, b.at.row), cmp.Compare(a.at.column, b.at.column))
	})
	clusters := make([]store.Cluster, len(cells))
	for i, t := range cells {
		clusters[i] = t.cluster(c.zoom)
	}
	return clusters
}

func (t *tally) cluster(zoom int) store.Cluster {
	c := store.Cluster{Cell: t.at.box(zoom), Events: t.events, Sums: t.part.Sums()}
	c.Point, c.Place = t.middle()
	if t.events == 1 {
		c.Event = t.event
	}
	c.Precisions, c.Countries = t.precisions()
	for key, g := range t.groups {
		g.Sums = t.parts[key].Sums()
	}
	c.Groups = bucket.Sorted(t.groups)
	return c
}

// middle returns the mean of the points of events of which more than the country is known, and the place of most of
// these, ties by id. If there are none, it returns the mean of all points, and no place.
//
// The mean is relative to the first place, so that a single place keeps its exact point. The conversions to float64
// round products before they are added, so that every machine computes the same.
func (t *tally) middle() (mean kg.Point, most kg.ID) {
	all := slices.DeleteFunc(slices.Clone(t.placed), func(p placedEvents) bool { return !place.OnMap(p.Precision) })
	onMap := len(all) > 0
	if !onMap {
		all = slices.Clone(t.placed)
	}
	slices.SortFunc(all, func(a, b placedEvents) int { return cmp.Compare(a.Place, b.Place) })
	first := all[0].At.Point
	events, largest, north, east := 0, 0, 0.0, 0.0
	for len(all) > 0 {
		here, n := all[0], 0
		for len(all) > 0 && all[0].Place == here.Place {
			n, all = n+all[0].events, all[1:]
		}
		if onMap && n > largest {
			most, largest = here.Place, n
		}
		events += n
		north += float64(float64(n) * (here.At.Point.Latitude - first.Latitude))
		east += float64(float64(n) * (here.At.Point.Longitude - first.Longitude))
	}
	mean = kg.Point{Latitude: first.Latitude + north/float64(events), Longitude: first.Longitude + east/float64(events)}
	return mean, most
}

// precisions counts the events by the precision of their places, and those of which no more is known by country.
func (t *tally) precisions() (all []store.PrecisionCount, countries []store.CountryCount) {
	var counts [place.Unknown + 1]store.PrecisionCount
	byCountry := map[string]int{}
	for _, p := range t.placed {
		c := &counts[p.Precision]
		c.Events += p.events
		c.RadiusKm = max(c.RadiusKm, place.RadiusKm(p.Precision, p.At.ExtentKm))
		if p.Precision == place.Country {
			byCountry[p.At.Country] += p.events
		}
	}
	for precision, c := range counts {
		if c.Precision = precision; c.Events > 0 {
			all = append(all, c)
		}
	}
	for code, events := range byCountry {
		countries = append(countries, store.CountryCount{Country: code, Events: events})
	}
	slices.SortFunc(countries, func(a, b store.CountryCount) int {
		return cmp.Or(cmp.Compare(b.Events, a.Events), cmp.Compare(a.Country, b.Country))
	})
	return all, countries
}
