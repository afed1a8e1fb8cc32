package table_test

import (
	"strings"
	"testing"

	"casus/internal/kg"
	"casus/loader/table"

	"github.com/google/go-cmp/cmp"
)

func TestJSONShapes(t *testing.T) {
	big := `{"meta": {"note": "` + strings.Repeat("x", 300<<10) + `"}, "incidents": [{"a": 1}]}`
	for _, c := range []struct {
		name, text string
		o          table.Options
		want       []string
	}{
		{"an object around a list", `{"status": 200, "data": [{"a": 1}, {"a": 2}], "next": null}`, table.Options{},
			[]string{"1: map[a:1]", "1: map[a:2]"}},
		{"deeper", `{"response": {"n": 2, "rows": [{"a": 1}]}, "ok": true}`, table.Options{}, []string{"1: map[a:1]"}},
		{"by a path", `{"r": {"x": [{"b": 1}], "y": [{"a": 1}]}}`, table.Options{List: "r.y"}, []string{"1: map[a:1]"}},
		{"a list with any name", "{\"incidentsOf2024\": [\n{\"a\": 1},\n{\"a\": 2}]}", table.Options{},
			[]string{"2: map[a:1]", "3: map[a:2]"}},
		{"an empty list", `{"data": [], "total": 0}`, table.Options{}, nil},
		{"after many other bytes", big, table.Options{}, []string{"1: map[a:1]"}},
		{"pages one after another", `{"data": [{"a": 1}]}` + "\n" + `{"data": [{"a": 2}]}`, table.Options{List: "data"},
			[]string{"1: map[a:1]", "2: map[a:2]"}},
		{
			"a row that has a list", `{"id": 7, "day": "2024", "events": [{"kind": "x"}]}`,
			table.Options{Reads: []string{"id", "day"}},
			[]string{"1: map[day:2024 events:[map[kind:x]] id:7]"},
		},
		{
			"rows that have lists", `{"id": 7, "data": [{"a": 1}]}` + "\n" + `{"id": 8, "data": [{"a": 1}]}`, table.Options{},
			[]string{"1: map[data:[map[a:1]] id:7]", "2: map[data:[map[a:1]] id:8]"},
		},
		{"a cut-off object", `{"data": [{"a": 1}`, table.Options{},
			[]string{"1: map[a:1]", "1!  the file ends before its list or object is closed"}},
		{"a cut-off end", `{"data": [{"a": 1}], "n"`, table.Options{},
			[]string{"1: map[a:1]", "1!  the object around the list is not closed"}},
		{"an invalid end", `{"data": [{"a": 1}], n: 1}`, table.Options{},
			[]string{"1: map[a:1]", "1!  what follows the list is invalid JSON"}},
		{
			"objects over several lines", "{\n  \"a\": {\n    \"b\": \"}\"\n  }\n}\n{\n  \"a\": 2\n}\n", table.Options{},
			[]string{"1: map[a:map[b:}]]", "6: map[a:2]"},
		},
		{"objects on one line", `{"a": 1}{"a": "{\"}"} {"a": 3}`, table.Options{},
			[]string{"1: map[a:1]", "1: map[a:{\"}]", "1: map[a:3]"}},
		{"a text sequence", "\x1e{\"a\": 1}\n\x1e{\"a\": 2}\n", table.Options{}, []string{"1: map[a:1]", "2: map[a:2]"}},
		{"lists one after another", "[{\"a\": 1}]\n[{\"a\": 2}]\n", table.Options{}, []string{"1: map[a:1]", "2: map[a:2]"}},
		{"text after a list", "[{\"a\": 1}]\noops\n", table.Options{},
			[]string{"1: map[a:1]", "2!  invalid JSON: invalid character 'o' looking for beginning of value"}},
		{
			"an object that is cut off", "{\n  \"a\": 1,\n{\n  \"a\": 2\n}", table.Options{},
			[]string{"1!  invalid JSON: the object is not closed before the next one begins", "3: map[a:2]"},
		},
		{
			"a line that is cut off in a text", "{\"a\": \"x\n{\"a\": 2}\n", table.Options{},
			[]string{"1!  invalid JSON: a line ends within quotation marks", "2: map[a:2]"},
		},
		{"lines that end with CR", "{\"a\": 1}\r{\"a\": 2}\r", table.Options{}, []string{"1: map[a:1]", "2: map[a:2]"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if d := cmp.Diff(c.want, read(t, "x.json", c.text, c.o)); d != "" {
				t.Error(d)
			}
		})
	}
}

func feature(properties, geometry string) string {
	return `{"type": "Feature", "properties": ` + properties + `, "geometry": ` + geometry + `}`
}

func TestGeoJSON(t *testing.T) {
	for _, c := range []struct {
		name, properties, geometry string
		want                       string
	}{
		{
			"a point", `{"day": "2024-01-02"}`, `{"type": "Point", "coordinates": [30.5, 50.25, 120]}`,
			"map[day:2024-01-02 geometry_points:[map[latitude:50.25 longitude:30.5]] geometry_type:Point latitude:50.25 " +
				"longitude:30.5]",
		},
		{
			"points", `{}`, `{"type": "MultiPoint", "coordinates": [[10, 1], [20, 3]]}`,
			"map[geometry_points:[map[latitude:1 longitude:10] map[latitude:3 longitude:20]] geometry_type:MultiPoint " +
				"latitude:2 longitude:15]",
		},
		{
			"a square with a hole", `{}`,
			`{"type": "Polygon", "coordinates": [[[0,0],[4,0],[4,2],[0,2],[0,0]], [[1,1],[2,1],[2,1.5],[1,1]]]}`,
			"map[geometry_points:[map[latitude:1 longitude:2]] geometry_type:Polygon latitude:1 longitude:2]",
		},
		{
			"a polygon across the antimeridian", `{}`,
			`{"type": "Polygon", "coordinates": [[[178,0],[178,2],[-176,2],[-176,0],[178,0]]]}`,
			"map[geometry_points:[map[latitude:1 longitude:-179]] geometry_type:Polygon latitude:1 longitude:-179]",
		},
		{
			"one that is cut there", `{}`,
			`{"type": "MultiPolygon", "coordinates": [[[[178,0],[180,0],[180,2],[178,2],[178,0]]],` +
				` [[[-180,0],[-178,0],[-178,2],[-180,2],[-180,0]]]]}`,
			"map[geometry_points:[map[latitude:1 longitude:180]] geometry_type:MultiPolygon latitude:1 longitude:180]",
		},
		{
			"points on both sides", `{}`, `{"type": "MultiPoint", "coordinates": [[179, 0], [-177, 0]]}`,
			"map[geometry_points:[map[latitude:0 longitude:179] map[latitude:0 longitude:-177]] geometry_type:MultiPoint " +
				"latitude:0 longitude:-179]",
		},
		{"a longitude above 180", `{}`, `{"type": "Point", "coordinates": [190, 5]}`,
			"map[geometry_points:[map[latitude:5 longitude:-170]] geometry_type:Point latitude:5 longitude:-170]"},
		{"no geometry", `{"a": 1}`, `null`, "map[a:1 geometry_points:[] geometry_type:<nil> latitude:<nil> longitude:<nil>]"},
		{"no properties", `null`, `{"type": "Point", "coordinates": []}`,
			"map[geometry_points:[] geometry_type:<nil> latitude:<nil> longitude:<nil>]"},
		{
			"columns of the same names", `{"latitude": 1, "longitude": 2}`,
			`{"type": "LineString", "coordinates": [[3, 4], [5, 6]]}`,
			"map[geometry_latitude:5 geometry_longitude:4 geometry_points:[map[latitude:5 longitude:4]] " +
				"geometry_type:LineString latitude:1 longitude:2]",
		},
		{
			"a collection", `{}`,
			`{"type": "GeometryCollection", "geometries": [{"type": "Point", "coordinates": [1, 2]},` +
				` {"type": "Point", "coordinates": [3, 4]}]}`,
			"map[geometry_points:[map[latitude:3 longitude:2]] geometry_type:GeometryCollection latitude:3 longitude:2]",
		},
		{"a projected point", `{}`, `{"type": "Point", "coordinates": [500000, 4100000]}`,
			"!is not a longitude and a latitude in degrees"},
		{"text for numbers", `{}`, `{"type": "Point", "coordinates": ["1", "2"]}`, "!a position is a list of two numbers"},
		{"an unknown type", `{}`, `{"type": "Circle", "coordinates": [1, 2]}`, `!"Circle" is not a type of geometry`},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := feature(c.properties, c.geometry)
			texts := []string{
				f + "\n" + f, "[" + f + "," + f + "]",
				`{"type": "FeatureCollection", "name": "x", "features": [` + f + `, ` + f + `]}`,
				`{"features": [` + f + `, ` + f + `], "type": "FeatureCollection"}`,
			}
			for i, text := range texts {
				if i == 1 {
					continue // a list is not GeoJSON
				}
				got := read(t, "x.geojson", text, table.Options{})
				if len(got) != 2 {
					t.Fatalf("%s: %v", text, got)
				}
				for _, row := range got {
					reason, invalid := strings.CutPrefix(c.want, "!")
					if _, values, _ := strings.Cut(row, " "); values != c.want && (!invalid || !strings.HasSuffix(row, reason)) {
						t.Errorf("%s\n%s\nwant %s", text, row, c.want)
					}
				}
			}
		})
	}
}

func TestGeoJSONAsText(t *testing.T) {
	text := `{"type": "FeatureCollection",` +
		` "features": [{"type": "Feature", "id": 7, "properties": {"n": 1.50, "x": null}, ` +
		`"geometry": {"type": "Point", "coordinates": [30.50, 50]}}, ` + feature("null", "null") + `]}`
	want := []string{
		"1: map[geometry_points:[map[latitude:50 longitude:30.5]] geometry_type:Point id:7 latitude:50 " +
			"longitude:30.5 n:1.50 x:]",
		"1: map[geometry_points:[] geometry_type: latitude: longitude:]",
	}
	if d := cmp.Diff(want, read(t, "x.json", text, table.Options{AsText: true})); d != "" {
		t.Error(d)
	}
}

// Old GeoJSON may have coordinates in metres, which are not read as degrees.
func TestReferenceSystem(t *testing.T) {
	for name, wrong := range map[string]bool{
		"urn:ogc:def:crs:OGC:1.3:CRS84": false, "urn:ogc:def:crs:EPSG::4326": false, "urn:ogc:def:crs:EPSG::3857": true,
	} {
		text := `{"type": "FeatureCollection", "crs": {"type": "name", "properties": {"name": "` + name +
			`"}}, "features": []}`
		if _, err := openNamed("x.geojson", text, table.Options{}); (kg.CodeOf(err) == kg.BadInput) != wrong {
			t.Errorf("%s: %v", name, err)
		}
	}
}
