package table

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"casus/internal/kg"
)

// isFeature reports whether an object is a feature of GeoJSON.
func isFeature(object map[string]any) bool {
	_, properties := object["properties"]
	_, geometry := object["geometry"]
	return object["type"] == "Feature" && properties && geometry
}

// featureRow returns a feature as a row: its properties, its id unless they have one, and columns for its geometry. The
// columns latitude and longitude locate its point, or the middle of another geometry. They are named geometry_latitude
// and geometry_longitude if the properties contain these names. geometry_type is the kind of the geometry and
// geometry_points lists its points: all of a MultiPoint, else one.
func featureRow(feature map[string]any, asText bool) (map[string]any, error) {
	properties, isObject := feature["properties"].(map[string]any)
	switch {
	case !isFeature(feature):
		return nil, errors.New("not a feature of GeoJSON: it needs a type Feature, properties and a geometry")
	case !isObject && feature["properties"] != nil && feature["properties"] != "":
		return nil, errors.New("the properties of a feature must be an object or null")
	}
	row := make(map[string]any, len(properties)+5)
	for name, v := range properties {
		row[name] = v
		if asText {
			row[name] = textValue(v)
		}
	}
	if id, found := feature["id"]; found {
		setNew(row, "id", id)
	}
	geometry, err := parseGeometry(feature["geometry"])
	if err != nil {
		return nil, fmt.Errorf("the geometry is invalid: %w", err)
	}
	prefix := ""
	_, hasLatitude := row["latitude"]
	if _, hasLongitude := row["longitude"]; hasLatitude || hasLongitude {
		prefix = "geometry_"
	}
	number := func(f float64) any {
		if asText {
			return strconv.FormatFloat(f, 'f', -1, 64)
		}
		return f
	}
	var none any
	if asText {
		none = ""
	}
	latitude, longitude, typ := none, none, none
	points := []any{}
	if geometry != nil {
		middle := geometry.middle()
		latitude, longitude, typ = number(middle.latitude), number(middle.longitude), geometry.typ
		for _, p := range geometry.places() {
			points = append(points, map[string]any{"latitude": number(p.latitude), "longitude": number(p.longitude)})
		}
	}
	setNew(row, prefix+"latitude", latitude)
	setNew(row, prefix+"longitude", longitude)
	setNew(row, "geometry_type", typ)
	setNew(row, "geometry_points", points)
	return row, nil
}

// setNew sets a column that a row does not have yet.
func setNew(row map[string]any, column string, v any) {
	if _, found := row[column]; !found {
		row[column] = v
	}
}

// checkReferenceSystem returns an error if the coordinates of old GeoJSON are not degrees.
func checkReferenceSystem(file string, crs any) error {
	object, _ := crs.(map[string]any)
	properties, _ := object["properties"].(map[string]any)
	name, _ := properties["name"].(string)
	if name == "" || strings.HasSuffix(name, "CRS84") || strings.HasSuffix(name, ":4326") {
		return nil
	}
	return kg.Errorf(kg.BadInput, "%s has coordinates in %s, not in degrees; convert them with "+
		"ogr2ogr -t_srs EPSG:4326 -lco RFC7946=YES converted.geojson %s", file, name, file)
}

// position is a point in degrees.
type position struct{ longitude, latitude float64 }

// parsePosition returns a position from [longitude, latitude, ...].
func parsePosition(v any) (position, error) {
	list, _ := v.([]any)
	if len(list) < 2 {
		return position{}, errors.New("a position is a list of longitude and latitude")
	}
	var p position
	for i, target := range []*float64{&p.longitude, &p.latitude} {
		switch n := list[i].(type) {
		case float64:
			*target = n
		case json.Number:
			f, err := n.Float64()
			if err != nil {
				return p, err
			}
			*target = f
		default:
			return p, errors.New("a position is a list of two numbers")
		}
	}
	if p.longitude < -360 || p.longitude > 360 || p.latitude < -90 || p.latitude > 90 {
		return p, fmt.Errorf("%v, %v is not a longitude and a latitude in degrees", p.longitude, p.latitude)
	}
	return p, nil
}
