package store_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"casus/internal/kg"
	"casus/internal/store"
)

func TestBoxAround(t *testing.T) {
	at := func(latitude, longitude float64) kg.Point {
		return kg.Point{Latitude: latitude, Longitude: longitude}
	}
	for _, c := range []struct {
		name   string
		points []kg.Point
		want   string // west south east north
	}{
		{"one", []kg.Point{at(1.5, 2.5), at(1.5, 2.5)}, "2.5 1.5 2.5 1.5"},
		{"some", []kg.Point{at(10, 20), at(-5, 40), at(0, 30)}, "20 -5 40 10"},
		{"on both sides of Greenwich", []kg.Point{at(0, -10), at(1, 10)}, "-10 0 10 1"},
		{"on both sides of the antimeridian", []kg.Point{at(0, -170), at(1, 170)}, "170 0 -170 1"},
		{"on the antimeridian, as 180 and -180", []kg.Point{at(0, -180), at(1, 180)}, "180 0 -180 1"},
		{"half a world apart", []kg.Point{at(0, -90), at(0, 90)}, "-90 0 90 0"},
		{"all around", []kg.Point{at(0, -120), at(0, 0), at(0, 120)}, "-120 0 120 0"},
		{"two wide gaps", []kg.Point{at(0, -150), at(0, -10), at(0, 130), at(0, 179)}, "-10 0 -150 0"},
		{"the poles", []kg.Point{at(90, 0), at(-90, 10)}, "0 -90 10 90"},
	} {
		b := store.BoxAround(c.points)
		if got := fmt.Sprint(b.West, b.South, b.East, b.North); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
	if b := store.BoxAround(nil); b != nil {
		t.Errorf("without points: %v", b)
	}
}

// TestBoxAroundIsNarrowest compares the box with all boxes in steps of 30 degrees.
func TestBoxAroundIsNarrowest(t *testing.T) {
	width := func(west, east int) int { return (east - west + 360) % 360 }
	r := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		points := make([]kg.Point, 1+r.IntN(4))
		for i := range points {
			points[i].Longitude = float64(30*r.IntN(12) - 180)
		}
		b := store.BoxAround(points)
		contains := func(b store.BoxFilter) bool {
			for _, p := range points {
				if !b.Contains(p) {
					return false
				}
			}
			return true
		}
		if !contains(*b) {
			t.Fatalf("%v does not contain %v", *b, points)
		}
		for west := -180; west < 180; west += 30 {
			for wide := 0; wide < width(int(b.West), int(b.East)); wide += 30 {
				east := west + wide
				if east >= 180 {
					east -= 360
				}
				if narrower := (store.BoxFilter{West: float64(west), East: float64(east)}); contains(narrower) {
					t.Fatalf("points %v: %v is narrower than %v", points, narrower, *b)
				}
			}
		}
	}
}
