package store_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"casus/internal/kg"
	"casus/internal/store"
)

func randomPoint(r *rand.Rand) kg.Point {
	return kg.Point{Latitude: math.Asin(2*r.Float64()-1) * 180 / math.Pi, Longitude: 360*r.Float64() - 180}
}

// destination returns the point at a distance in a direction on the sphere.
func destination(from kg.Point, bearing, km float64) kg.Point {
	const rad = math.Pi / 180
	lat, lon, d := from.Latitude*rad, from.Longitude*rad, km/6371.0087714
	lat2 := math.Asin(math.Sin(lat)*math.Cos(d) + math.Cos(lat)*math.Sin(d)*math.Cos(bearing))
	lon2 := lon + math.Atan2(math.Sin(bearing)*math.Sin(d)*math.Cos(lat), math.Cos(d)-math.Sin(lat)*math.Sin(lat2))
	return kg.Point{Latitude: lat2 / rad, Longitude: math.Remainder(lon2/rad, 360)}
}

// TestNearBoxesCoverTheCircle checks that points on the edge of a circle, near it and inside it are in one of its
// boxes, for random centres, including the poles and the antimeridian.
func TestNearBoxesCoverTheCircle(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 8))
	for range 3000 {
		centre := randomPoint(r)
		switch r.IntN(5) {
		case 0:
			centre.Longitude = 180 - r.Float64()/10
		case 1:
			centre.Longitude = -180 + r.Float64()/10
		case 2:
			centre.Latitude = math.Copysign(90-r.Float64()/10, centre.Latitude)
		case 3:
			centre.Latitude, centre.Longitude = math.Round(centre.Latitude/90)*90, math.Round(centre.Longitude/90)*90
		}
		near := store.NearFilter{Latitude: centre.Latitude, Longitude: centre.Longitude, Km: math.Pow(10, 5*r.Float64()-1)}
		boxes := near.Boxes()
		for _, b := range boxes {
			if b.West > b.East || b.South > b.North || b.West < -180 || b.East > 180 || b.South < -90 || b.North > 90 {
				t.Fatalf("%+v: box %+v", near, b)
			}
		}
		for range 60 {
			p := destination(centre, 2*math.Pi*r.Float64(), near.Km*[]float64{1, 0.999999, r.Float64()}[r.IntN(3)])
			if !near.Contains(p) {
				continue // just over the edge
			}
			inside := false
			for _, b := range boxes {
				inside = inside || b.Contains(p)
			}
			if !inside {
				t.Fatalf("%+v contains %+v, but no box of %+v does", near, p, boxes)
			}
		}
	}
}

// TestNearBoxesAreTight checks that the boxes of a circle of one kilometre are small.
func TestNearBoxesAreTight(t *testing.T) {
	for _, b := range (store.NearFilter{Latitude: 48, Longitude: 37, Km: 1}).Boxes() {
		if b.North-b.South > 0.019 || b.East-b.West > 0.029 { // 2 km are 0.018 degrees; 0.0269 at 48 degrees north
			t.Errorf("%+v", b)
		}
	}
	for _, near := range []store.NearFilter{
		{Latitude: 0, Longitude: 179.999, Km: 1},
		{Latitude: 0, Longitude: -179.999, Km: 1},
		{Latitude: 0, Longitude: 180, Km: 1},
	} {
		boxes := near.Boxes()
		split := len(boxes) == 2 && boxes[0].East == 180 && boxes[1].West == -180
		if !split || boxes[0].West < 179.98 || boxes[1].East > -179.98 {
			t.Errorf("%+v: %+v, want one box on either side of the antimeridian", near, boxes)
		}
	}
}

func TestNearContains(t *testing.T) {
	near := store.NearFilter{Latitude: 0, Longitude: 179.9, Km: 112}
	for p, want := range map[kg.Point]bool{
		{Latitude: 1, Longitude: 179.9}:     true, // 111.2 km
		{Latitude: 1.01, Longitude: 179.9}:  false,
		{Latitude: 0, Longitude: -179.2}:    true, // 0.9 degrees
		{Latitude: 0, Longitude: -179.0}:    false,
		{Latitude: 0.9, Longitude: -179.45}: false, // 1.11 degrees
	} {
		if near.Contains(p) != want {
			t.Errorf("%+v within %v: %v, want %v", p, near, !want, want)
		}
	}
}

func TestBoxes(t *testing.T) {
	plain, across := store.BoxFilter{West: -10, South: -5, East: 10, North: 5}, store.BoxFilter{
		West: 170, South: -5, East: -170, North: 5,
	}
	if got := plain.Boxes(); len(got) != 1 || got[0] != plain {
		t.Errorf("%+v is split into %+v", plain, got)
	}
	want := []store.BoxFilter{{West: 170, South: -5, East: 180, North: 5}, {West: -180, South: -5, East: -170, North: 5}}
	if got := across.Boxes(); len(got) != 2 || got[0] != want[0] || got[1] != want[1] {
		t.Errorf("%+v is split into %+v, want %+v", across, got, want)
	}
	tests := []struct {
		p             kg.Point
		plain, across bool
	}{
		{kg.Point{}, true, false},
		{kg.Point{Latitude: 5, Longitude: 10}, true, false}, // edges are in
		{kg.Point{Latitude: -5, Longitude: -10}, true, false},
		{kg.Point{Latitude: 5.001}, false, false},
		{kg.Point{Longitude: 10.001}, false, false},
		{kg.Point{Longitude: 170}, false, true},
		{kg.Point{Longitude: 180}, false, true},
		{kg.Point{Longitude: -180}, false, true},
		{kg.Point{Longitude: -170}, false, true},
		{kg.Point{Longitude: -169.999}, false, false},
		{kg.Point{Longitude: 169.999}, false, false},
		{kg.Point{Latitude: -6, Longitude: 175}, false, false},
	}
	for _, tt := range tests {
		if plain.Contains(tt.p) != tt.plain || across.Contains(tt.p) != tt.across {
			t.Errorf("%+v: %v and %v, want %v and %v", tt.p, plain.Contains(tt.p), across.Contains(tt.p), tt.plain, tt.across)
		}
	}
}
