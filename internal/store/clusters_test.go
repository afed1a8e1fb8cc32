package store_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"casus/internal/kg"
	"casus/internal/store"
)

// parsePlaces parses places of the form "id latitude longitude events".
func parsePlaces(t *testing.T, words ...string) []store.PlacedEvents {
	t.Helper()
	var all []store.PlacedEvents
	for _, w := range words {
		var p store.PlacedEvents
		if _, err := fmt.Sscan(w, &p.Place, &p.Point.Latitude, &p.Point.Longitude, &p.Events); err != nil {
			t.Fatal(err)
		}
		p.Event = "event:at-" + p.Place
		all = append(all, p)
	}
	return all
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
		got, err := store.Clusters(c.zoom, parsePlaces(t, c.places...))
		if err != nil {
			t.Fatal(err)
		}
		var lines []string
		for _, g := range got {
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
			got, err := store.Clusters(zoom, []store.PlacedEvents{
				{Place: "a", Point: a, Events: 1},
				{Place: "b", Point: b, Events: 1},
			})
			if err != nil || len(got) != want {
				t.Fatalf("%v and %v make %d clusters at zoom %d (%v), want %d", a, b, len(got), zoom, err, want)
			}
			tried++
		}
		if together < 50 || together > 290 {
			t.Errorf("zoom %d: %d of %d pairs share a cluster", zoom, together, tried)
		}
	}
}

// TestClustersDoNotDependOnOrder compares the clusters of shuffled places.
func TestClustersDoNotDependOnOrder(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	var places []store.PlacedEvents
	for i := range 200 {
		n := r.IntN(5)
		places = append(places, store.PlacedEvents{
			Place: kg.ID(fmt.Sprint(i)), Point: kg.Point{
				Latitude: 20 * r.Float64(), Longitude: 20 * r.Float64(),
			}, Events: 1 + r.IntN(100), Sums: partOf(t, n, nil),
		})
	}
	want, err := store.Clusters(4, places)
	if err != nil {
		t.Fatal(err)
	}
	r.Shuffle(len(places), func(i, j int) { places[i], places[j] = places[j], places[i] })
	got, err := store.Clusters(4, places)
	if err != nil {
		t.Fatal(err)
	}
	for i := range want {
		if got[i].Point != want[i].Point || got[i].Events != want[i].Events ||
			got[i].Sums.Of(kg.KilledPeople).Low != want[i].Sums.Of(kg.KilledPeople).Low {
			t.Errorf("cluster %d is %+v, was %+v", i, got[i], want[i])
		}
	}
}

func TestTooManyClusters(t *testing.T) {
	var places []store.PlacedEvents
	for i := range store.MaxClusters + 1 {
		places = append(
			places, store.PlacedEvents{Place: kg.ID(fmt.Sprint(i)), Point: kg.Point{Longitude: float64(i) / 100}, Events: 1},
		)
	}
	if got, err := store.Clusters(store.MaxZoom, places[1:]); err != nil || len(got) != store.MaxClusters {
		t.Errorf("%d clusters, %v", len(got), err)
	}
	if _, err := store.Clusters(store.MaxZoom, places); kg.CodeOf(err) != kg.LimitExceeded {
		t.Errorf("%d clusters: %v, want LIMIT_EXCEEDED", store.MaxClusters+1, err)
	}
	if got, err := store.Clusters(0, places); err != nil || len(got) != 1 {
		t.Errorf("at zoom 0: %d clusters, %v", len(got), err)
	}
}
