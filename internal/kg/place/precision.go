// Package place decides how precisely the place of an event is known, on UCDP's scale where_prec.
package place

import (
	"cmp"
	"math"

	"casus/internal/geo"
	"casus/internal/kg"
)

// The precisions at which the rules change. Between Near and Country a place is a district, a province, or a line or
// an area.
const (
	Exact   = 1
	Near    = 2
	Country = 6
	Unknown = 7
)

// Precision returns the precision of an event's place: as stated or, if stated is 0, the one of its kind of location.
func Precision(stated int, kind kg.LocationKind) int {
	if stated != 0 {
		return stated
	}
	switch kind {
	case kg.LocationCountry:
		return Country
	case kg.LocationWater, kg.LocationRegion:
		return 5
	case kg.LocationAdmin1:
		return 4
	case kg.LocationAdmin2:
		return 3
	}
	return Exact
}

// RadiusKm returns the radius in kilometres of the circle around a location's point in which an event is that is known
// with a precision, if the location reaches as far as an extent. It is 0 for a point, and where there is no circle: in
// a country, and if the place is unknown.
func RadiusKm(precision int, extentKm float64) float64 {
	switch precision {
	case Exact:
		return extentKm
	case Near:
		return max(25, extentKm)
	case 3, 4, 5:
		return cmp.Or(extentKm, 80)
	}
	return 0
}

// Area returns the area that has an event which happened with a precision in a location: the location's shape, else
// its box. It is "" if the location has neither, and where the area is another: near the location, in its country,
// anywhere.
func Area(l kg.Location, precision int) geo.Shape {
	switch {
	case precision == Near || precision >= Country:
		return ""
	case l.Shape == "" && l.Box != nil:
		return l.Box.Shape()
	}
	return l.Shape
}

// ExtentKm returns how far a location reaches from its point, in kilometres: to the farthest point of its shape, else
// of its box, else its radius. It is 0 without any, and without a point.
func ExtentKm(l kg.Location) (km float64) {
	if l.Point == nil {
		return 0
	}
	reach := func(at geo.Position) {
		km = max(km, kg.DistanceKm(*l.Point, kg.Point{Latitude: at[1], Longitude: at[0]}))
	}
	switch {
	case l.Shape != "":
		for at := range l.Shape.Positions() {
			reach(at)
		}
	case l.Box != nil:
		for _, at := range l.Box.Corners() {
			reach(at)
		}
	default:
		return l.RadiusKm
	}
	return math.Ceil(km*1000) / 1000
}

// OnMap reports whether more than the country is known of a place with a precision.
func OnMap(precision int) bool { return precision < Country }
