package geo

import (
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"math"
	"strconv"
)

// The bounds of a shape.
const (
	MaxPositions  = 10_000
	MaxShapeBytes = 1 << 20
)

// Shape is an area as a GeoJSON geometry (RFC 7946) of type Polygon or MultiPolygon, in a canonical form: without white
// space, altitudes and further members, numbers as short as possible. "" is no shape. Use ParseShape.
type Shape string

// geometry is what a shape is decoded into.
type geometry struct {
	Type        string          `json:"type"`
	Coordinates json.RawMessage `json:"coordinates"`
	Bounds      json.RawMessage `json:"bbox"`
}

// ParseShape returns the shape of a GeoJSON geometry. It returns an error for other geometries, rings that are not
// closed or have less than four positions, positions that are not on the globe, and more than MaxPositions of them. A
// ring is not checked for crossing itself, nor for its direction.
func ParseShape(text []byte) (Shape, error) {
	if len(text) > MaxShapeBytes {
		return "", fmt.Errorf("has %d bytes; at most %d are allowed", len(text), MaxShapeBytes)
	}
	polygons, multi, err := decode(text)
	if err != nil {
		return "", err
	}
	return encode(polygons, multi), nil
}

// Check returns an error for a shape that ParseShape does not return; "" is allowed.
func (s Shape) Check() error {
	if s == "" {
		return nil
	}
	switch parsed, err := ParseShape([]byte(s)); {
	case err != nil:
		return err
	case parsed != s:
		return errors.New("not in canonical form")
	}
	return nil
}

// polygon is an outer ring and the rings of its holes.
type polygon [][]Position

func decode(text []byte) (all []polygon, multi bool, err error) {
	var g geometry
	if err := json.Unmarshal(text, &g); err != nil {
		return nil, false, errors.New("not a GeoJSON geometry")
	}
	var lists [][][][]float64
	switch g.Type {
	case "MultiPolygon":
		multi, err = true, json.Unmarshal(g.Coordinates, &lists)
	case "Polygon":
		lists = make([][][][]float64, 1)
		err = json.Unmarshal(g.Coordinates, &lists[0])
	default:
		return nil, false, fmt.Errorf("is of type %q; allowed: Polygon, MultiPolygon", g.Type)
	}
	if err != nil {
		return nil, false, fmt.Errorf("the coordinates are not those of a %s", g.Type)
	}
	if len(lists) == 0 {
		return nil, false, errors.New("has no polygons")
	}
	positions := 0
	for _, rings := range lists {
		p, err := readPolygon(rings, &positions)
		if err != nil {
			return nil, false, err
		}
		all = append(all, p)
	}
	return all, multi, nil
}

// readPolygon checks the rings of a polygon. positions counts those of the whole shape.
func readPolygon(rings [][][]float64, positions *int) (p polygon, err error) {
	if len(rings) == 0 {
		return nil, errors.New("a polygon has no rings")
	}
	for _, ring := range rings {
		if *positions += len(ring); *positions > MaxPositions {
			return nil, fmt.Errorf("has more than %d points", MaxPositions)
		}
		if len(ring) < 4 {
			return nil, fmt.Errorf("a ring has %d points; at least 4 are needed", len(ring))
		}
		r := make([]Position, len(ring))
		for i, at := range ring {
			if len(at) < 2 || len(at) > 3 {
				return nil, fmt.Errorf("a point has %d numbers; allowed: longitude, latitude and altitude", len(at))
			}
			r[i] = Position{at[0] + 0, at[1] + 0} // -0 + 0 is 0
			if !r[i].inRange() {
				return nil, fmt.Errorf("the point %v, %v is not in -180..180, -90..90 degrees", at[0], at[1])
			}
		}
		if r[0] != r[len(r)-1] {
			return nil, fmt.Errorf("a ring is not closed: it begins at %v and ends at %v", r[0], r[len(r)-1])
		}
		p = append(p, r)
	}
	return p, nil
}

func encode(all []polygon, multi bool) Shape {
	b := []byte(`{"type":"Polygon","coordinates":`)
	if multi {
		b = []byte(`{"type":"MultiPolygon","coordinates":[`)
	}
	for i, p := range all {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, '[')
		for i, ring := range p {
			if i > 0 {
				b = append(b, ',')
			}
			b = append(b, '[')
			for i, at := range ring {
				if i > 0 {
					b = append(b, ',')
				}
				b = strconv.AppendFloat(append(b, '['), at[0], 'g', -1, 64)
				b = append(strconv.AppendFloat(append(b, ','), at[1], 'g', -1, 64), ']')
			}
			b = append(b, ']')
		}
		b = append(b, ']')
	}
	if multi {
		b = append(b, ']')
	}
	return Shape(append(b, '}'))
}

// Positions iterates over the positions of all rings.
func (s Shape) Positions() iter.Seq[Position] {
	return func(yield func(Position) bool) {
		all, _, _ := decode([]byte(s)) // "" has none
		for _, p := range all {
			for _, ring := range p {
				for _, at := range ring {
					if !yield(at) {
						return
					}
				}
			}
		}
	}
}

// Count returns the number of positions.
func (s Shape) Count() (n int) {
	for range s.Positions() {
		n++
	}
	return n
}

// Box returns the box around the shape, nil without one. Shapes do not cross the antimeridian: a GeoJSON geometry is
// cut there. If parts on both sides of it touch it, and no ring is on both sides of Greenwich, the box crosses it.
func (s Shape) Box() *Box {
	all, _, _ := decode([]byte(s))
	if len(all) == 0 {
		return nil
	}
	b := Box{West: 180, South: 90, East: -180, North: -90}
	westEnd, eastStart, both := -180.0, 180.0, false
	for _, p := range all {
		for _, ring := range p {
			west, east := 180.0, -180.0
			for _, at := range ring {
				west, east = math.Min(west, at[0]), math.Max(east, at[0])
				b.South, b.North = math.Min(b.South, at[1]), math.Max(b.North, at[1])
			}
			b.West, b.East = math.Min(b.West, west), math.Max(b.East, east)
			switch {
			case west >= 0:
				eastStart = math.Min(eastStart, west)
			case east <= 0:
				westEnd = math.Max(westEnd, east)
			default:
				both = true
			}
		}
	}
	if b.West == -180 && b.East == 180 && !both {
		b.West, b.East = eastStart, westEnd
	}
	return &b
}

// MarshalJSON returns the geometry.
func (s Shape) MarshalJSON() ([]byte, error) {
	if s == "" {
		return []byte("null"), nil
	}
	return []byte(s), nil
}

// UnmarshalJSON reads a geometry, or null.
func (s *Shape) UnmarshalJSON(text []byte) (err error) {
	if string(text) == "null" {
		*s = ""
		return nil
	}
	*s, err = ParseShape(text)
	return err
}
