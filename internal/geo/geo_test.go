package geo_test

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"

	"casus/internal/geo"
)

func TestParseShape(t *testing.T) {
	const square, short = `[[0,0],[0,1.50],[1,1],[0,0]]`, `[[0,0],[0,1.5],[1,1],[0,0]]`
	many := strings.Repeat("[0,0],", geo.MaxPositions)
	for _, c := range []struct{ text, want, fault string }{
		{`{"type":"Polygon","coordinates":[` + square + `]}`, `{"type":"Polygon","coordinates":[` + short + `]}`, ""},
		{`{ "coordinates": [[` + square + `], [` + square + `,` + square + `]], "type": "MultiPolygon", "bbox": [0,0,1,1]}`,
			`{"type":"MultiPolygon","coordinates":[[` + short + `],[` + short + `,` + short + `]]}`, ""},
		{`{"type":"Polygon","coordinates":[[[-0.0,1e1,7],[1,1],[2,2],[0,10]]]}`,
			`{"type":"Polygon","coordinates":[[[0,10],[1,1],[2,2],[0,10]]]}`, ""},
		{`{"type":"Polygon","coordinates":[[` + many[:len(many)-1] + `]]}`, "", ""},
		{`{"type":"Point","coordinates":[0,0]}`, "", "allowed: Polygon, MultiPolygon"},
		{`{"type":"Polygon","coordinates":[0,0]}`, "", "not those of a Polygon"},
		{`{"type":"Polygon"}`, "", "not those of a Polygon"},
		{`{"type":"Polygon","coordinates":null}`, "", "no rings"},
		{`{"type":"Polygon","coordinates":[]}`, "", "no rings"},
		{`{"type":"MultiPolygon","coordinates":[]}`, "", "no polygons"},
		{`{"type":"MultiPolygon","coordinates":[[]]}`, "", "no rings"},
		{`{"type":"Polygon","coordinates":[[[0,0],[1,1],[0,0]]]}`, "", "at least 4"},
		{`{"type":"Polygon","coordinates":[[[0,0],[1,1],[1,0],[0,1]]]}`, "", "not closed"},
		{`{"type":"Polygon","coordinates":[[[0],[1,1],[1,0],[0]]]}`, "", "1 numbers"},
		{`{"type":"Polygon","coordinates":[[[0,91],[1,1],[1,0],[0,91]]]}`, "", "0, 91 is not in"},
		{`{"type":"Polygon","coordinates":[[[-181,0],[1,1],[1,0],[-181,0]]]}`, "", "-181, 0 is not in"},
		{`{"type":"Polygon","coordinates":[[` + many + `[0,0]]]}`, "", "more than 10000 points"},
		{`{"type":"Polygon","coordinates":[[` + strings.Repeat(" ", geo.MaxShapeBytes) + `]]}`, "", "bytes"},
		{`{"type":"Polygon","coordinates":[[[[0,0],[1,1],[1,0],[0,0]]]]}`, "", "not those of a Polygon"},
		{`{"type":"Polygon","coordinates":` + strings.Repeat("[", 20_000) + strings.Repeat("]", 20_000) + `}`, "",
			"not a GeoJSON geometry"},
		{`{"type":"GeometryCollection","geometries":[]}`, "", "allowed: Polygon, MultiPolygon"},
		{`{"type":"Polygon","coordinates":[[[1e999,0],[1,1],[1,0],[1e999,0]]]}`, "", "not those of a Polygon"},
		{`"here"`, "", "not a GeoJSON geometry"},
		{``, "", "not a GeoJSON geometry"},
	} {
		got, err := geo.ParseShape([]byte(c.text))
		short := c.text[:min(len(c.text), 90)]
		switch {
		case c.fault == "" && err != nil, c.fault != "" && (err == nil || !strings.Contains(err.Error(), c.fault)):
			t.Errorf("%s: %v, want %q", short, err, c.fault)
		case c.want != "" && string(got) != c.want:
			t.Errorf("%s: %s", short, got)
		case c.fault == "":
			var again geo.Shape
			text, _ := json.Marshal(got)
			if err := json.Unmarshal(text, &again); err != nil || again != got {
				t.Errorf("%s: read back: %v", short, err)
			}
		}
	}
}

func TestShapeBox(t *testing.T) {
	ring := func(west, south, east, north float64) string {
		return fmt.Sprintf("[[%v,%v],[%v,%v],[%v,%v],[%v,%v]]", west, south, east, south, east, north, west, south)
	}
	for _, c := range []struct {
		rings []string
		want  geo.Box
	}{
		{[]string{ring(1, 2, 3, 4)}, geo.Box{West: 1, South: 2, East: 3, North: 4}},
		{[]string{ring(-3, -4, -1, -2), ring(2, 0, 3, 1)}, geo.Box{West: -3, South: -4, East: 3, North: 1}},
		{[]string{ring(170, 60, 180, 66), ring(-180, 61, -170, 70)}, geo.Box{West: 170, South: 60, East: -170, North: 70}},
		{[]string{ring(-180, -80, 180, -70)}, geo.Box{West: -180, South: -80, East: 180, North: -70}},
	} {
		text := `{"type":"MultiPolygon","coordinates":[[` + strings.Join(c.rings, "],[") + `]]}`
		s, err := geo.ParseShape([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if got := s.Box(); *got != c.want {
			t.Errorf("%s: %+v", text, *got)
		}
		if s.Count() != 4*len(c.rings) {
			t.Errorf("%d points", s.Count())
		}
	}
	for s, ok := range map[geo.Shape]bool{
		"": true, "x": false, geo.Box{East: 1, North: 1}.Shape(): true,
		` {"type":"Polygon","coordinates":[[[0,0],[0,1],[1,1],[0,0]]]}`: false,
	} {
		if err := s.Check(); (err == nil) != ok {
			t.Errorf("%q: %v", s, err)
		}
	}
	if geo.Shape("").Box() != nil {
		t.Error("no shape has a box")
	}
}

func TestBox(t *testing.T) {
	for _, c := range []struct {
		b      geo.Box
		ok     bool
		center geo.Position
	}{
		{geo.Box{West: 1, South: 2, East: 3, North: 4}, true, geo.Position{2, 3}},
		{geo.Box{West: 170, South: 0, East: -170, North: 0}, true, geo.Position{180, 0}},
		{geo.Box{West: 170, South: 0, East: -160, North: 0}, true, geo.Position{-175, 0}},
		{geo.Box{South: 1}, false, geo.Position{0, 0.5}},
		{geo.Box{West: -181}, false, geo.Position{}},
		{geo.Box{North: 91}, false, geo.Position{}},
		{geo.Box{East: math.NaN()}, false, geo.Position{}},
	} {
		if err := c.b.Check(); (err == nil) != c.ok {
			t.Errorf("%+v: %v", c.b, err)
		}
		if !c.ok {
			continue
		}
		if c.b.Center() != c.center {
			t.Errorf("%+v: center %v", c.b, c.b.Center())
		}
		if s, err := geo.ParseShape([]byte(c.b.Shape())); err != nil || *s.Box() != c.b {
			t.Errorf("%+v: shape %s, %v", c.b, s, err)
		}
	}
}
