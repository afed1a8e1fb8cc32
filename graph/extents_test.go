package graph_test

import (
	"encoding/json"
	"strings"
	"testing"

	"casus/internal/geo"
	"casus/internal/kg"
	"casus/internal/store/memory"
)

func TestExtentsOfLocations(t *testing.T) {
	s := memory.New()
	shape := geo.Shape(`{"type":"Polygon","coordinates":[[[1,2],[3,2],[3,4],[1,2]]]}`)
	at := func(id kg.ID, change func(*kg.Location)) kg.Location {
		l := kg.Location{ID: id, Kind: kg.LocationRegion, Names: named("en", "A")}
		change(&l)
		return l
	}
	if _, err := s.Apply(t.Context(), kg.Batch{Locations: []kg.Location{
		at("location:radius", func(l *kg.Location) { l.RadiusKm = 2.5 }),
		at("location:box", func(l *kg.Location) { l.Box = &geo.Box{West: 170, South: -1, East: -170, North: 1} }),
		at("location:shape", func(l *kg.Location) { l.Shape = shape }),
		at("location:none", func(*kg.Location) {}),
	}}); err != nil {
		t.Fatal(err)
	}
	h := handler(t, s)
	const fields = `{ radiusKm box { west south east north } shape few: shape(points: 3) all: shape(points: 4) }`
	var got map[string]json.RawMessage
	answer(t, h, `{ radius: location(id: "location:radius") `+fields+` box: location(id: "location:box") `+fields+
		` shape: location(id: "location:shape") `+fields+` none: location(id: "location:none") `+fields+` }`, nil, &got)
	quoted := quoted(t, string(shape))
	for name, want := range map[string]string{
		"radius": `{"radiusKm":2.5,"box":null,"shape":null,"few":null,"all":null}`,
		"box":    `{"radiusKm":null,"box":{"west":170,"south":-1,"east":-170,"north":1},"shape":null,"few":null,"all":null}`,
		"shape": `{"radiusKm":null,"box":{"west":1,"south":2,"east":3,"north":4},"shape":` + quoted +
			`,"few":null,"all":` + quoted + `}`,
		"none": `{"radiusKm":null,"box":null,"shape":null,"few":null,"all":null}`,
	} {
		if string(got[name]) != want {
			t.Errorf("%s: %s, want %s", name, got[name], want)
		}
	}
	for _, points := range []string{"0", "10001"} {
		_, body := ask(t, h, `{ location(id: "location:shape") { shape(points: `+points+`) } }`, nil)
		if !strings.Contains(string(body), "BAD_INPUT") || !strings.Contains(string(body), "between 1 and 10000") {
			t.Errorf("%s points: %s", points, body)
		}
	}
}
