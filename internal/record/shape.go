package record

import (
	"bytes"
	"encoding/json"

	"casus/internal/geo"
	"casus/internal/kg"
)

// parseShape returns the shape of a GeoJSON geometry, or of a text with one.
func parseShape(value json.RawMessage) (geo.Shape, *Reject) {
	value = bytes.TrimSpace(value)
	if len(value) == 0 || bytes.Equal(value, []byte("null")) {
		return "", nil
	}
	if value[0] == '"' {
		var text string
		if err := json.Unmarshal(value, &text); err != nil {
			return "", &Reject{Pointer: "/shape", Reason: err.Error()}
		}
		value = []byte(text)
	}
	s, err := geo.ParseShape(value)
	if err != nil {
		return "", &Reject{Pointer: "/shape", Reason: err.Error(), Allowed: []string{
			"a GeoJSON Polygon or MultiPolygon with closed rings and at most 10000 points",
		}}
	}
	return s, nil
}

// middleOf returns the middle of the box or the shape of a location without a point; nil if it has neither.
func middleOf(l kg.Location) *kg.Point {
	box := l.Box
	if box == nil {
		if box = l.Shape.Box(); box == nil {
			return nil
		}
	}
	at := box.Center()
	return &kg.Point{Latitude: at[1], Longitude: at[0]}
}
