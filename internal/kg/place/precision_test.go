package place_test

import (
	"math"
	"testing"

	"casus/internal/geo"
	"casus/internal/kg"
	"casus/internal/kg/place"
)

// A degree of latitude has 111.195 km on the mean sphere of 6,371 km: its circumference by 360.
var degree = 2 * math.Pi * 6371 / 360

func TestExtentKm(t *testing.T) {
	at := &kg.Point{}
	box := &geo.Box{South: -1, North: 2}
	const shape = geo.Shape(`{"type":"Polygon","coordinates":[[[0,0],[3,0],[0,1],[0,0]]]}`)
	for _, c := range []struct {
		l    kg.Location
		want float64
	}{
		{kg.Location{}, 0},
		{kg.Location{RadiusKm: 5}, 0},
		{kg.Location{Point: at}, 0},
		{kg.Location{Point: at, RadiusKm: 5}, 5},
		{kg.Location{Point: at, RadiusKm: 5, Box: box}, 2 * degree},
		{kg.Location{Point: at, RadiusKm: 5, Box: box, Shape: shape}, 3 * degree},
		{kg.Location{Point: &kg.Point{Longitude: 180}, Box: &geo.Box{West: 179, East: -178}}, 2 * degree},
	} {
		if got := place.ExtentKm(c.l); got < c.want || got > c.want+0.01 {
			t.Errorf("%+v: %v km, want %v", c.l, got, c.want)
		}
	}
}

func TestRadiusKm(t *testing.T) {
	for _, c := range []struct {
		precision              int
		without, small, larger float64 // with extents of 0, 3 and 300 km
	}{
		{place.Exact, 0, 3, 300}, {place.Near, 25, 25, 300}, {3, 80, 3, 300}, {4, 80, 3, 300}, {5, 80, 3, 300},
		{place.Country, 0, 0, 0}, {place.Unknown, 0, 0, 0},
	} {
		for extent, want := range map[float64]float64{0: c.without, 3: c.small, 300: c.larger} {
			if got := place.RadiusKm(c.precision, extent); got != want {
				t.Errorf("precision %d within %v km: %v km, want %v", c.precision, extent, got, want)
			}
		}
	}
}
