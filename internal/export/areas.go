package export

import (
	"casus/internal/geo"
	"casus/internal/kg"
	"casus/internal/kg/place"
)

// maxAreaPoints is the number of points of a shape up to which features have it. Each event has its place's shape, so
// instead of a larger one it has the box around it.
const maxAreaPoints = 500

// point is the geometry of a place without an area: longitude and latitude.
type point struct {
	Type        string       `json:"type"`
	Coordinates geo.Position `json:"coordinates"`
}

// area is where an event of a precision in a location is: a geometry, and the radius around the location's point.
type area struct {
	geometry any // a point or a geo.Shape
	radiusKm float64
}

// areas caches the area of each location and precision.
type areas map[areaKey]area

type areaKey struct {
	location  kg.ID
	precision int
}

// find returns the area of an event in a location with a point. A precision of 0 is not stated.
func (all areas) find(l kg.Location, stated int) area {
	precision := place.Precision(stated, l.Kind)
	key := areaKey{l.ID, precision}
	a, found := all[key]
	if !found {
		a = areaOf(l, precision)
		all[key] = a
	}
	return a
}

func areaOf(l kg.Location, precision int) area {
	a := area{radiusKm: place.RadiusKm(precision, place.ExtentKm(l))}
	switch shape := place.Area(l, precision); {
	case shape == "":
		a.geometry = point{"Point", geo.Position{l.Point.Longitude, l.Point.Latitude}}
	case shape.Count() > maxAreaPoints:
		a.geometry = shape.Box().Shape()
	default:
		a.geometry = shape
	}
	return a
}
