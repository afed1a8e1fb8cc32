package table

import (
	"errors"
	"fmt"
	"math"
)

// geometry is a geometry of GeoJSON as parts, each a point, a line or the outer ring of a polygon. The positions of a
// part are unwrapped: no two neighbours are more than 180 degrees of longitude apart.
type geometry struct {
	typ   string
	parts [][]position
	areas bool // the parts are rings
}

// maxPositions is the number of positions in one geometry.
const maxPositions = 1_000_000

// parseGeometry returns the geometry of a feature; nil for null.
func parseGeometry(v any) (*geometry, error) {
	if v == nil || v == "" {
		return nil, nil
	}
	object, ok := v.(map[string]any)
	if !ok {
		return nil, errors.New("not an object")
	}
	typ, _ := object["type"].(string)
	g := &geometry{typ: typ}
	if err := g.add(object, 0); err != nil {
		return nil, err
	}
	if len(g.parts) == 0 {
		return nil, nil // as null
	}
	g.unwrap()
	return g, nil
}

// add adds the parts of a geometry of any type.
func (g *geometry) add(object map[string]any, depth int) error {
	coordinates := object["coordinates"]
	list, isList := coordinates.([]any)
	typ, _ := object["type"].(string)
	if !isList && typ != "GeometryCollection" {
		return fmt.Errorf("a %s without coordinates", typ)
	}
	switch typ {
	case "Point":
		if len(list) == 0 {
			return nil
		}
		p, err := parsePosition(coordinates)
		g.parts = append(g.parts, []position{p})
		return err
	case "MultiPoint":
		for _, c := range list {
			p, err := parsePosition(c)
			if err != nil {
				return err
			}
			g.parts = append(g.parts, []position{p})
		}
		return nil
	case "LineString":
		return g.addPart(list)
	case "MultiLineString":
		return each(list, g.addPart)
	case "Polygon":
		g.areas = true
		return g.addRing(list)
	case "MultiPolygon":
		g.areas = true
		return each(list, g.addRing)
	case "GeometryCollection":
		members, isList := object["geometries"].([]any)
		if !isList || depth > 8 {
			return errors.New("a GeometryCollection needs a list of geometries")
		}
		for _, m := range members {
			member, _ := m.(map[string]any)
			if err := g.add(member, depth+1); err != nil {
				return err
			}
		}
		return nil
	}
	return fmt.Errorf("%q is not a type of geometry", typ)
}

func each(list []any, add func([]any) error) error {
	for _, v := range list {
		inner, ok := v.([]any)
		if !ok {
			return errors.New("its coordinates must be lists in lists")
		}
		if err := add(inner); err != nil {
			return err
		}
	}
	return nil
}

// addRing adds the outer ring of a polygon.
func (g *geometry) addRing(rings []any) error {
	if len(rings) == 0 {
		return nil
	}
	ring, ok := rings[0].([]any)
	if !ok {
		return errors.New("a polygon is a list of rings")
	}
	return g.addPart(ring)
}

func (g *geometry) addPart(list []any) error {
	if len(list) == 0 {
		return nil
	}
	if len(list) > maxPositions {
		return fmt.Errorf("more than %d positions", maxPositions)
	}
	part := make([]position, len(list))
	for i, c := range list {
		p, err := parsePosition(c)
		if err != nil {
			return err
		}
		part[i] = p
	}
	g.parts = append(g.parts, part)
	return nil
}

// unwrap moves positions by whole turns, so that a geometry across the antimeridian is in one piece.
func (g *geometry) unwrap() {
	first := g.parts[0][0].longitude
	for _, part := range g.parts {
		near := first
		for i := range part {
			part[i].longitude = near + math.Remainder(part[i].longitude-near, 360)
			near = part[i].longitude
		}
	}
}

// middle returns the centroid: of the areas, else of the points of all parts.
func (g *geometry) middle() position {
	var area, x, y float64
	origin := g.parts[0][0]
	if g.areas {
		for _, part := range g.parts {
			var partArea, partX, partY float64
			for i, p := range part {
				q := part[(i+1)%len(part)]
				px, py := p.longitude-origin.longitude, p.latitude-origin.latitude
				qx, qy := q.longitude-origin.longitude, q.latitude-origin.latitude
				cross := px*qy - qx*py
				partArea += cross / 2
				partX += (px + qx) * cross / 6
				partY += (py + qy) * cross / 6
			}
			sign := math.Copysign(1, partArea) // rings may turn either way
			area, x, y = area+sign*partArea, x+sign*partX, y+sign*partY
		}
	}
	if area < 1e-12 {
		area, x, y = 0, 0, 0
		for _, part := range g.parts {
			for i, p := range part {
				if i > 0 && i == len(part)-1 && p == part[0] {
					continue // a ring ends where it begins
				}
				area++
				x, y = x+p.longitude-origin.longitude, y+p.latitude-origin.latitude
			}
		}
	}
	return normalized(position{origin.longitude + x/area, origin.latitude + y/area})
}

// places returns the points of a MultiPoint or of a Point, else the middle.
func (g *geometry) places() []position {
	if g.typ != "MultiPoint" {
		return []position{g.middle()}
	}
	all := make([]position, len(g.parts))
	for i, part := range g.parts {
		all[i] = normalized(part[0])
	}
	return all
}

// normalized returns a position whose longitude is from -180 to 180, with no more digits than coordinates have.
func normalized(p position) position {
	if p.longitude < -180 || p.longitude > 180 {
		p.longitude = math.Remainder(p.longitude, 360)
	}
	round := func(f float64) float64 { return math.Round(f*1e9) / 1e9 }
	return position{round(p.longitude), round(p.latitude)}
}
