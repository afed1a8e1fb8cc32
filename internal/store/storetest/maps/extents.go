package maps

import (
	"casus/internal/geo"
	"casus/internal/kg"
)

// WithExtent states how far some places with a point reach: with a radius, a box, which may cross the antimeridian, a
// shape, or two of these. It draws nothing, so that all else is as without.
func WithExtent(l kg.Location, i int) kg.Location {
	if l.Point == nil || i%5 == 0 {
		return l
	}
	south, north := max(l.Point.Latitude-0.5, -90), min(l.Point.Latitude+1, 90)
	box := geo.Box{West: l.Point.Longitude - 1, South: south, East: l.Point.Longitude + float64(i), North: north}
	if box.West < -180 {
		box.West += 360
	}
	if box.East > 180 {
		box.East -= 360
	}
	switch i % 5 {
	case 1:
		l.RadiusKm = float64(10 * i)
	case 2:
		l.Box = &box
	case 3:
		l.Shape = box.Shape()
	default:
		l.RadiusKm, l.Box = 0.5, &box
	}
	return l
}
