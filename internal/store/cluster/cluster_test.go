package cluster_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/cluster"
)

// parseRows parses rows of the form "id latitude longitude events [precision [kind [country [value ...]]]]". A country
// of - is none.
func parseRows(t *testing.T, lines ...string) []cluster.Row {
	t.Helper()
	var all []cluster.Row
	for _, line := range lines {
		var r cluster.Row
		if _, err := fmt.Sscan(line, &r.Place, &r.At.Point.Latitude, &r.At.Point.Longitude, &r.Events); err != nil {
			t.Fatal(err)
		}
		r.Event = "event:at-" + r.Place
		words := strings.Fields(line)[4:]
		if len(words) > 0 {
			r.Precision, _ = strconv.Atoi(words[0])
		}
		if len(words) > 1 {
			r.At.Kind = kg.LocationKind(words[1])
		}
		if len(words) > 2 {
			r.At.Country, r.Keys = strings.Trim(words[2], "-"), words[3:]
		}
		all = append(all, r)
	}
	return all
}

// count counts rows on the map of a zoom.
func count(t *testing.T, zoom int, rows []cluster.Row) []store.Cluster {
	t.Helper()
	got, err := cluster.Count(store.ClusterQuery{Zoom: zoom}, rows)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestClusters(t *testing.T) {
	for _, c := range []struct {
		name   string
		zoom   int
		places []string
		want   []string // latitude longitude events event
	}{
		{"none", 3, nil, nil},
		{"one place is its own point", 3, []string{"a 0.1 0.3 3"}, []string{"0.1 0.3 3"}},
		{"one event has its id", 3, []string{"a 0.1 0.3 1"}, []string{"0.1 0.3 1 event:at-a"}},
		{"a mean by events", 3, []string{"b 2 3 1", "a 1 1 3"}, []string{"1.25 1.5 4"}},
		{"the most first, then from the north, then from the west", 2, []string{
			"a -50 -100 1", "b 50 100 1", "c 50 -100 1", "d -50 100 2",
		},
			[]string{"-50 100 2", "50 -100 1 event:at-c", "50 100 1 event:at-b", "-50 -100 1 event:at-a"}},
		{
			"a cell of the whole world", 0, []string{"a 1 1 1", "b 66 89 1", "c 67 1 1"},
			[]string{"33.5 45 2", "67 1 1 event:at-c"},
		},
		{
			"at the antimeridian", 4, []string{"a 10 180 1", "b 10 -180 1", "c 10 179.9 1"},
			[]string{"10 -180 2", "10 179.9 1 event:at-c"},
		},
		{"near the poles", 22, []string{"a 90 0 1", "b 86 0 1", "c -90 0 1", "d -89 0 1"}, []string{"88 0 2", "-89.5 0 2"}},
	} {
		var lines []string
		for _, g := range count(t, c.zoom, parseRows(t, c.places...)) {
			line := fmt.Sprint(g.Point.Latitude, " ", g.Point.Longitude, " ", g.Events, " ", g.Event)
			lines = append(lines, strings.TrimSpace(line))
		}
		if !slices.Equal(lines, c.want) {
			t.Errorf("%s: %q, want %q", c.name, lines, c.want)
		}
	}
}

// TestClustersMatchTiles checks that two places share a cluster if and only if they are in the same quarter of a
// tile's side by the formula of slippy maps.
func TestClustersMatchTiles(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for zoom := range store.MaxZoom + 1 {
		side := math.Exp2(float64(zoom + 2))
		share := func(p kg.Point) (x, y float64) {
			return (p.Longitude + 180) / 360 * side, (1 - math.Asinh(math.Tan(p.Latitude*math.Pi/180))/math.Pi) / 2 * side
		}
		tried, together := 0, 0
		for tried < 300 {
			a := kg.Point{Latitude: 160*r.Float64() - 80, Longitude: 350*r.Float64() - 175}
			b := kg.Point{Latitude: a.Latitude + (r.Float64()-0.5)*90/side, Longitude: a.Longitude + (r.Float64()-0.5)*360/side}
			if math.Abs(b.Latitude) > 85 || math.Abs(b.Longitude) >= 180 {
				continue // outside the map
			}
			ax, ay := share(a)
			bx, by := share(b)
			if slices.ContainsFunc([]float64{ax, ay, bx, by}, func(v float64) bool { return math.Abs(v-math.Round(v)) < 1e-6 }) {
				continue // rounding decides
			}
			want := 2
			if math.Floor(ax) == math.Floor(bx) && math.Floor(ay) == math.Floor(by) {
				want = 1
				together++
			}
			got := count(t, zoom, []cluster.Row{at("a", a), at("b", b)})
			if len(got) != want {
				t.Fatalf("%v and %v make %d clusters at zoom %d, want %d", a, b, len(got), zoom, want)
			}
			for _, c := range got {
				column, row := math.Floor(ax), math.Floor(ay)
				if want == 2 && c.Event == "event:b" {
					column, row = math.Floor(bx), math.Floor(by)
				}
				checkCell(t, c.Cell, column/side, row/side, (column+1)/side, (row+1)/side)
			}
			tried++
		}
		if together < 50 || together > 290 {
			t.Errorf("zoom %d: %d of %d pairs share a cluster", zoom, together, tried)
		}
	}
}

// checkCell checks the bounds of a cell against shares of the map's width and height, counted from the north-west. At
// the poles a cell reaches beyond the map.
func checkCell(t *testing.T, c store.BoxFilter, west, north, east, south float64) {
	t.Helper()
	mercator := func(latitude float64) float64 {
		return (1 - math.Asinh(math.Tan(latitude*math.Pi/180))/math.Pi) / 2
	}
	far := func(a, b float64) bool { return math.Abs(a-b) > 1e-9 }
	if far((c.West+180)/360, west) || far((c.East+180)/360, east) ||
		(north > 0 && far(mercator(c.North), north)) || (north == 0 && c.North != 90) ||
		(south < 1 && far(mercator(c.South), south)) || (south == 1 && c.South != -90) {
		t.Errorf("a cell is %+v, want shares %v %v %v %v", c, west, north, east, south)
	}
}

func at(id kg.ID, p kg.Point) cluster.Row {
	return cluster.Row{Placed: cluster.Placed{Place: id, At: store.MapPlace{Point: p}}, Events: 1, Event: "event:" + id}
}

// TestPrecisions counts events by how precisely their places are known.
func TestPrecisions(t *testing.T) {
	for _, c := range []struct {
		name   string
		places []string
		want   []string // latitude longitude, precision:events~radius, country=events
	}{
		{"stated", []string{"a 10 10 2 1", "b 10 20 2 2", "c 10 30 2 5", "d 10 40 2 3"},
			[]string{"10 25 1:2 2:2~25 3:2~80 5:2~80"}},
		{"by the kind of place", []string{"a 10 10 1 0 CITY", "b 10 10 1 0 ADMIN1", "c 10 10 1 0 ADMIN2", "d 10 10 1 0 WATER",
			"e 10 10 1 0 REGION", "f 10 10 1 0 FACILITY"}, []string{"10 10 1:2 3:1~80 4:1~80 5:2~80"}},
		{"a stated one before the kind", []string{"a 10 10 1 1 ADMIN1"}, []string{"10 10 1:1"}},
		{"one place with several", []string{"a 10 10 1 1", "a 10 10 2 2"}, []string{"10 10 1:1 2:2~25"}},
		{"the middles of countries do not move a mark", []string{"a 10 10 3 1", "b 20 20 9 6 CITY UA", "c 20 20 9 7"},
			[]string{"10 10 1:3 6:9 7:9 UA=9"}},
		{"countries alone, most first, then by code", []string{
			"a 10 10 1 0 COUNTRY UA", "b 20 20 2 0 COUNTRY RU", "c 30 30 1 6 CITY -", "d 60 60 1 6 CITY RU",
			"e 10 10 1 0 COUNTRY BY",
		}, []string{"25 25 6:6 RU=3 =1 BY=1 UA=1"}},
	} {
		var lines []string
		for _, g := range count(t, 0, parseRows(t, c.places...)) {
			line := fmt.Sprint(g.Point.Latitude, " ", g.Point.Longitude)
			for _, p := range g.Precisions {
				line += fmt.Sprintf(" %d:%d", p.Precision, p.Events)
				if p.RadiusKm > 0 {
					line += fmt.Sprint("~", p.RadiusKm)
				}
			}
			for _, p := range g.Countries {
				line += fmt.Sprintf(" %s=%d", p.Country, p.Events)
			}
			lines = append(lines, line)
		}
		if !slices.Equal(lines, c.want) {
			t.Errorf("%s: %q, want %q", c.name, lines, c.want)
		}
	}
}

// TestPlaces names each cluster by the place of most of its events.
func TestPlaces(t *testing.T) {
	for _, c := range []struct {
		name   string
		places []string
		want   kg.ID
	}{
		{"the most events", []string{"b 10 10 2", "a 10 11 1", "c 10 12 2", "c 10 12 1"}, "c"},
		{"ties by id", []string{"b 10 10 2", "a 10 11 1", "a 10 11 1"}, "a"},
		{"no country", []string{"a 10 10 1", "b 10 11 9 6 CITY UA", "c 10 12 9 0 COUNTRY UA", "d 10 12 9 7"}, "a"},
		{"countries alone", []string{"a 10 10 1 0 COUNTRY UA"}, ""},
	} {
		if got := count(t, 0, parseRows(t, c.places...))[0].Place; got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// TestGroups divides clusters: two values have groups of their own, by the events of all clusters.
func TestGroups(t *testing.T) {
	rows := parseRows(t, "a 1 1 3 1 CITY UA x", "b 1 1 2 1 CITY UA y z", "c 1 1 1 1 CITY UA", "d -50 -100 4 1 CITY RU z",
		"e -50 -100 1 1 CITY RU w y")
	rows = append(rows, cluster.Row{Keys: []string{"w"}, Events: 100}) // not on the map
	got, err := cluster.Count(store.ClusterQuery{Zoom: 2, SplitBy: store.SplitByActor, Top: 2}, rows)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, g := range got {
		line := fmt.Sprint(g.Events)
		for _, group := range g.Groups {
			line += fmt.Sprintf(" %s=%d", group.Key, group.Events)
			if group.Others {
				line += "+"
			}
		}
		lines = append(lines, line)
	}
	if want := []string{"6 x=3 z=2 =1 =2+", "5 z=4 =1+"}; !slices.Equal(lines, want) {
		t.Errorf("%q, want %q", lines, want)
	}
}

// TestClustersDoNotDependOnOrder compares the clusters of shuffled places.
func TestClustersDoNotDependOnOrder(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	var rows []cluster.Row
	for i := range 200 {
		row := at(kg.ID(fmt.Sprint(i)), kg.Point{Latitude: 20 * r.Float64(), Longitude: 20 * r.Float64()})
		row.Events, row.Precision, row.Keys = 1+r.IntN(100), r.IntN(7), []string{fmt.Sprint(r.IntN(20))}
		rows = append(rows, row)
	}
	q := store.ClusterQuery{Zoom: 4, SplitBy: store.SplitByActor, Top: 3}
	want, err := cluster.Count(q, rows)
	if err != nil {
		t.Fatal(err)
	}
	r.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	got, err := cluster.Count(q, rows)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestTooManyClusters(t *testing.T) {
	var rows []cluster.Row
	for i := range store.MaxClusters + 1 {
		rows = append(rows, at(kg.ID(fmt.Sprint(i)), kg.Point{Longitude: float64(i) / 100}))
	}
	if got := count(t, store.MaxZoom, rows[1:]); len(got) != store.MaxClusters {
		t.Errorf("%d clusters", len(got))
	}
	if _, err := cluster.Count(store.ClusterQuery{Zoom: store.MaxZoom}, rows); kg.CodeOf(err) != kg.LimitExceeded {
		t.Errorf("%d clusters: %v, want LIMIT_EXCEEDED", store.MaxClusters+1, err)
	}
	if got := count(t, 0, rows); len(got) != 1 {
		t.Errorf("at zoom 0: %d clusters", len(got))
	}
}
