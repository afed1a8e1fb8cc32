// Package place decides how precisely the place of an event is known, on UCDP's scale where_prec.
package place

import "casus/internal/kg"

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
// with a precision. It is 0 for a point, and where there is no circle: in a country, and if the place is unknown.
func RadiusKm(precision int) float64 {
	switch precision {
	case Near:
		return 25
	case 3, 4, 5:
		return 80
	}
	return 0
}

// OnMap reports whether more than the country is known of a place with a precision.
func OnMap(precision int) bool { return precision < Country }
