package merge

import (
	"cmp"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"casus/internal/geo"
	"casus/internal/kg"
)

// radiusField returns the field of a location's radius.
func radiusField() field[kg.Location] {
	return field[kg.Location]{
		name: "radiusKm", compare: strings.Compare,
		has:  func(l *kg.Location) bool { return l.RadiusKm != 0 },
		same: func(a, b *kg.Location) bool { return a.RadiusKm == b.RadiusKm },
		get:  func(l *kg.Location) string { return strconv.FormatFloat(l.RadiusKm, 'f', -1, 64) },
		set: func(l *kg.Location, value string) {
			l.RadiusKm, _ = strconv.ParseFloat(value, 64) // it was formatted
		},
		read: func(text string) (string, error) {
			var km *float64
			if err := json.Unmarshal([]byte(cmp.Or(text, "null")), &km); err != nil || km == nil {
				return "", err
			}
			if !(*km > 0 && *km <= geo.MaxRadiusKm) {
				return "", fmt.Errorf("a radius is greater than 0 and at most %d", geo.MaxRadiusKm)
			}
			return strconv.FormatFloat(*km, 'f', -1, 64), nil
		},
		clear: func(l *kg.Location) { l.RadiusKm = 0 },
		copy:  func(to, from *kg.Location) { to.RadiusKm = from.RadiusKm },
	}
}

// boxField returns the field of a location's box. It has no negative zeros.
func boxField() field[kg.Location] {
	f := pointerField("box", func(l *kg.Location) **geo.Box { return &l.Box }, formatBox, parseBox)
	f.read = func(text string) (string, error) {
		var b *geo.Box
		if err := json.Unmarshal([]byte(cmp.Or(text, "null")), &b); err != nil || b == nil {
			return "", err
		}
		return formatBox(*b), b.Check()
	}
	f.copy = func(to, from *kg.Location) {
		b := plainBox(*from.Box)
		to.Box = &b
	}
	return f
}

func formatBox(b geo.Box) string {
	b = plainBox(b)
	return fmt.Sprintf("%v,%v,%v,%v", b.West, b.South, b.East, b.North)
}

func parseBox(s string) (b geo.Box, err error) {
	_, err = fmt.Sscanf(s, "%g,%g,%g,%g", &b.West, &b.South, &b.East, &b.North)
	return b, err
}

// plainBox returns a box with 0 for each negative zero: -0 + 0 is 0.
func plainBox(b geo.Box) geo.Box {
	return geo.Box{West: b.West + 0, South: b.South + 0, East: b.East + 0, North: b.North + 0}
}

// shapeField returns the field of a location's shape.
func shapeField() field[kg.Location] {
	f := textField("shape", func(l *kg.Location) *geo.Shape { return &l.Shape })
	f.read = func(text string) (string, error) {
		if text == "" {
			return "", nil
		}
		s, err := geo.ParseShape([]byte(text))
		return string(s), err
	}
	return f
}
