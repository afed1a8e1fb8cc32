package record_test

import (
	"fmt"
	"strings"
	"testing"

	"casus/internal/geo"
	"casus/internal/kg"
	"casus/internal/record"
)

func decodeLocation(fields string) (kg.Location, *record.Reject) {
	text := `{"id":"location:a","kind":"REGION","names":["A"],` + fields + `}`
	rec, fault := record.Decode(record.Raw{Type: "location", JSON: []byte(text)})
	if fault != nil {
		return kg.Location{}, fault
	}
	return rec.Batch.Locations[0], nil
}

// A place without a point is in the middle of its box, else of the box around its shape.
func TestExtents(t *testing.T) {
	const triangle = `{"type":"Polygon","coordinates":[[[0,0],[4,0],[4,2],[0,0]]]}`
	const box = `"box":{"west":170,"south":-10,"east":-160,"north":0}`
	quoted := strings.ReplaceAll(triangle, `"`, `\"`)
	for _, c := range []struct {
		fields string
		shape  geo.Shape
		point  kg.Point
	}{
		{`"radiusKm":3,"point":{"latitude":1,"longitude":2}`, "", kg.Point{Latitude: 1, Longitude: 2}},
		{box, "", kg.Point{Latitude: -5, Longitude: -175}},
		{`"shape":` + triangle, triangle, kg.Point{Latitude: 1, Longitude: 2}},
		{`"shape":"` + quoted + `"`, triangle, kg.Point{Latitude: 1, Longitude: 2}},
		{`"shape":` + triangle + `,` + box, triangle, kg.Point{Latitude: -5, Longitude: -175}},
		{`"shape":` + triangle + `,"point":{"latitude":9,"longitude":8}`, triangle, kg.Point{Latitude: 9, Longitude: 8}},
	} {
		l, fault := decodeLocation(c.fields)
		if fault != nil || l.Shape != c.shape || l.Point == nil || *l.Point != c.point {
			t.Errorf("%s: %+v, %v", c.fields, l, fault)
		}
	}
}

func TestExtentsOutOfBounds(t *testing.T) {
	polygon := func(coordinates string) string {
		return `"shape":{"type":"Polygon","coordinates":` + coordinates + `}`
	}
	for _, c := range []struct{ fields, pointer, reason string }{
		{`"radiusKm":0`, "/radiusKm", "not greater than 0"},
		{`"radiusKm":20039`, "/radiusKm", "greater than 20038"},
		{`"radiusKm":"3"`, "/radiusKm", "unexpected type string"},
		{`"box":{"west":1,"south":2,"east":3}`, "/box", "missing north"},
		{`"box":{"west":1,"south":2,"east":181,"north":3}`, "/box/east", "greater than 180"},
		{`"box":{"west":1,"south":3,"east":2,"north":2}`, "", "box: south is greater than north"},
		{polygon(`[[[0,0],[1,0],[1,1],[0,1]]]`), "/shape", "not closed"},
		{polygon(`[[[0,0],[181,0],[1,1],[0,0]]]`), "/shape", "the point 181, 0 is not in -180..180"},
		{polygon(`[[[0,0],[1,0],[0,0]]]`), "/shape", "at least 4"},
		{polygon(`[[[[0,0],[1,0],[1,1],[0,0]]]]`), "/shape", "not those of a Polygon"},
		{polygon(strings.Repeat("[", 9_000) + strings.Repeat("]", 9_000)), "/shape", "not those of a Polygon"},
		{polygon(`[[[0,0],` + strings.Repeat("[1,0],", geo.MaxPositions) + `[0,0]]]`), "/shape",
			fmt.Sprintf("more than %d points", geo.MaxPositions)},
		{`"shape":"POLYGON((0 0,1 0,1 1,0 0))"`, "/shape", "not a GeoJSON geometry"},
		{`"shape":{"type":"Point","coordinates":[0,0]}`, "/shape/type", "not one of the allowed values"},
	} {
		_, fault := decodeLocation(c.fields)
		short := c.fields[:min(len(c.fields), 90)]
		if fault == nil || fault.Pointer != c.pointer || !strings.Contains(fault.Reason, c.reason) {
			t.Errorf("%s: %+v, want %q at %s", short, fault, c.reason, c.pointer)
		}
	}
}
