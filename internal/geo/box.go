// Package geo has areas on the globe: boxes, and shapes in GeoJSON. Angles are in degrees on WGS84.
package geo

import (
	"errors"
	"math"
)

// MaxRadiusKm is the largest radius of a circle on the globe: half of its circumference.
const MaxRadiusKm = 20038

// Position is a place by its longitude and latitude, in the order of GeoJSON.
type Position [2]float64

// inRange reports whether a position is on the globe.
func (p Position) inRange() bool { return math.Abs(p[0]) <= 180 && math.Abs(p[1]) <= 90 }

// Box is a box, edges included. If West > East it crosses the antimeridian.
type Box struct {
	West  float64 `json:"west"`
	South float64 `json:"south"`
	East  float64 `json:"east"`
	North float64 `json:"north"`
}

// Check returns an error for a box that is not on the globe or is upside down.
func (b Box) Check() error {
	if !(Position{b.West, b.South}).inRange() || !(Position{b.East, b.North}).inRange() {
		return errors.New("longitudes are -180..180 and latitudes -90..90 degrees")
	}
	if b.South > b.North {
		return errors.New("south is greater than north")
	}
	return nil
}

// Center returns the middle of the box.
func (b Box) Center() Position {
	east := b.East
	if b.West > b.East {
		east += 360
	}
	middle := (b.West + east) / 2
	if middle > 180 {
		middle -= 360
	}
	return Position{middle, (b.South + b.North) / 2}
}

// Shape returns the box as a shape. A box across the antimeridian is cut there, as GeoJSON requires.
func (b Box) Shape() Shape {
	if b.West <= b.East {
		return encode([]polygon{b.ring()}, false)
	}
	west, east := b, b
	west.East, east.West = 180, -180
	return encode([]polygon{west.ring(), east.ring()}, true)
}

// ring returns the outer ring of a box that does not cross the antimeridian, counterclockwise.
func (b Box) ring() polygon {
	return polygon{{{b.West, b.South}, {b.East, b.South}, {b.East, b.North}, {b.West, b.North}, {b.West, b.South}}}
}

// Corners returns the corners and the middles of the edges, of which one is the farthest point of a box from any point
// in it that is not wider than half of the globe.
func (b Box) Corners() []Position {
	middle := b.Center()
	var all []Position
	for _, east := range []float64{b.West, middle[0], b.East} {
		for _, north := range []float64{b.South, middle[1], b.North} {
			all = append(all, Position{east, north})
		}
	}
	return all
}
