package store

import (
	"casus/internal/kg"
	"math"
)

// Contains reports whether a point lies in the circle.
func (n NearFilter) Contains(p kg.Point) bool {
	return kg.DistanceKm(kg.Point{Latitude: n.Latitude, Longitude: n.Longitude}, p) <= n.Km
}

// Contains reports whether a point lies in the box.
func (b BoxFilter) Contains(p kg.Point) bool {
	if p.Latitude < b.South || p.Latitude > b.North {
		return false
	}
	if b.West <= b.East {
		return b.West <= p.Longitude && p.Longitude <= b.East
	}
	return p.Longitude >= b.West || p.Longitude <= b.East
}

// Boxes splits the box at the antimeridian into one or two boxes with west <= east.
func (b BoxFilter) Boxes() []BoxFilter {
	for _, edge := range []*float64{&b.West, &b.South, &b.East, &b.North} {
		if *edge == 0 {
			*edge = 0 // not a negative zero, which an index may order before zero
		}
	}
	if b.West <= b.East {
		return []BoxFilter{b}
	}
	return []BoxFilter{{b.West, b.South, 180, b.North}, {-180, b.South, b.East, b.North}}
}

// Boxes returns one or two boxes that cover the circle, for an engine's prefilter; Contains is exact.
func (n NearFilter) Boxes() []BoxFilter {
	const margin = 1e-6 // degrees, against rounding
	dLat := n.Km/kg.EarthRadiusKm*180/math.Pi + margin
	south, north := math.Max(-90, n.Latitude-dLat), math.Min(90, n.Latitude+dLat)
	if south == -90 || north == 90 {
		return []BoxFilter{{-180, south, 180, north}}
	}
	ratio := math.Sin(math.Min(n.Km/kg.EarthRadiusKm, math.Pi/2)) / math.Cos(n.Latitude*math.Pi/180)
	if ratio >= 1 {
		return []BoxFilter{{-180, south, 180, north}}
	}
	dLon := math.Asin(ratio)*180/math.Pi + margin
	west, east := n.Longitude-dLon, n.Longitude+dLon
	if west < -180 {
		west += 360
	}
	if east > 180 {
		east -= 360
	}
	return BoxFilter{west, south, east, north}.Boxes()
}
