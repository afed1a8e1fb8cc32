package export

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"casus/internal/geo"
	"casus/internal/kg"
)

func TestAreas(t *testing.T) {
	const triangle = `{"type":"Polygon","coordinates":[[[1,0],[0,1],[-1,0],[1,0]]]}`
	const box = `{"type":"Polygon","coordinates":[[[-1,-1],[1,-1],[1,1],[-1,1],[-1,-1]]]}`
	const middle = `{"type":"Point","coordinates":[0,0]}`
	large := geo.Shape(`{"type":"Polygon","coordinates":[[[-1,-1],` + strings.Repeat(`[1,-1],`, maxAreaPoints-1) +
		`[1,1],[-1,-1]]]}`)
	type place = kg.Location
	extent := geo.Box{West: -1, South: -1, East: 1, North: 1}
	// A degree of a great circle has 111.195 km on the mean sphere; the corners of the box are 157.25 km away.
	for _, c := range []struct {
		l         place
		precision int
		geometry  string
		km        string
	}{
		{place{}, 1, middle, "0.0"},
		{place{}, 2, middle, "25.0"},
		{place{}, 4, middle, "80.0"},
		{place{Kind: kg.LocationAdmin1}, 0, middle, "80.0"},
		{place{RadiusKm: 3}, 1, middle, "3.0"},
		{place{RadiusKm: 3}, 2, middle, "25.0"},
		{place{Box: &extent, RadiusKm: 3}, 0, box, "157.2"},
		{place{Box: &extent}, 2, middle, "157.2"},
		{place{Shape: triangle, Box: &extent}, 5, triangle, "111.2"},
		{place{Shape: triangle}, 6, middle, "0.0"},
		{place{Shape: triangle}, 7, middle, "0.0"},
		{place{Shape: large}, 3, box, "157.2"},
	} {
		c.l.Point = &kg.Point{}
		known := areas{}
		for range 2 {
			got := known.find(c.l, c.precision)
			text, err := json.Marshal(got.geometry)
			if km := fmt.Sprintf("%.1f", got.radiusKm); err != nil || string(text) != c.geometry || km != c.km {
				t.Errorf("%+v with precision %d: %s within %s km, want %s within %s km", c.l, c.precision, text, km,
					c.geometry, c.km)
			}
		}
	}
}
