package merge

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"

	"casus/internal/edtf"
	"casus/internal/kg"
)

// field is a field of a node of which sources state values.
type field[T any] struct {
	name string
	// has reports whether there is a value, and same whether two values are equal.
	has  func(*T) bool
	same func(a, b *T) bool
	// get returns the value as text, and set sets a value that get returned.
	get func(*T) string
	set func(*T, string)
	// read returns the text of a value in JSON, or "" if there is none; clear removes the value.
	read    func(text string) (string, error)
	clear   func(*T)
	copy    func(to, from *T)
	compare func(a, b string) int
}

func textField[T any, S ~string](name string, at func(*T) *S) field[T] {
	return termField(name, nil, "", at)
}

// termField returns a field with the terms of a vocabulary or, if terms is nil, any text. The term none stands for the
// absence of a value, like "".
func termField[T any, S ~string](name string, terms *kg.Vocabulary[S], none S, at func(*T) *S) field[T] {
	compare := strings.Compare
	if terms != nil {
		compare = func(a, b string) int { return cmp.Compare(terms.Index(S(a)), terms.Index(S(b))) }
	}
	return field[T]{
		name: name, compare: compare,
		has:  func(v *T) bool { return *at(v) != none && *at(v) != "" },
		same: func(a, b *T) bool { return *at(a) == *at(b) },
		get:  func(v *T) string { return string(*at(v)) },
		set:  func(v *T, value string) { *at(v) = S(value) },
		read: readText, clear: func(v *T) { *at(v) = none },
		copy: func(to, from *T) { *at(to) = *at(from) },
	}
}

func pointerField[T any, V comparable](
	name string, at func(*T) **V, format func(V) string, parse func(string) (V, error),
) field[T] {
	return field[T]{
		name: name, compare: strings.Compare,
		has:  func(v *T) bool { return *at(v) != nil },
		same: func(a, b *T) bool { return **at(a) == **at(b) },
		get:  func(v *T) string { return format(**at(v)) },
		set: func(v *T, value string) {
			if parsed, err := parse(value); err == nil { // it was formatted
				*at(v) = &parsed
			}
		},
		read: func(text string) (string, error) {
			value, err := readText(text)
			if err == nil && value != "" {
				_, err = parse(value)
			}
			return value, err
		},
		clear: func(v *T) { *at(v) = nil },
		copy:  func(to, from *T) { *at(to) = *at(from) },
	}
}

// readText reads a text in JSON.
func readText(text string) (value string, err error) {
	if text != "" {
		err = json.Unmarshal([]byte(text), &value)
	}
	return value, err
}

func formatTime(t edtf.Time) string { return t.EDTF }

// pointField returns the field of a location's point. It has no negative zeros, which engines order before zero.
func pointField() field[kg.Location] {
	f := pointerField("point", func(l *kg.Location) **kg.Point { return &l.Point }, formatPoint, parsePoint)
	f.read = func(text string) (string, error) {
		var p *kg.Point
		if err := json.Unmarshal([]byte(cmp.Or(text, "null")), &p); err != nil || p == nil {
			return "", err
		}
		return formatPoint(*p), nil
	}
	f.copy = func(to, from *kg.Location) {
		if to.Point = from.Point; math.Signbit(from.Point.Latitude) || math.Signbit(from.Point.Longitude) {
			p := plainPoint(*from.Point)
			to.Point = &p
		}
	}
	return f
}

func formatPoint(p kg.Point) string {
	p = plainPoint(p)
	return fmt.Sprintf("%v,%v", p.Latitude, p.Longitude)
}

func parsePoint(s string) (p kg.Point, err error) {
	north, east, _ := strings.Cut(s, ",")
	if p.Latitude, err = strconv.ParseFloat(north, 64); err == nil {
		p.Longitude, err = strconv.ParseFloat(east, 64)
	}
	return p, err
}

// plainPoint returns a point with 0 for each negative zero: -0 + 0 is 0.
func plainPoint(p kg.Point) kg.Point {
	return kg.Point{Latitude: p.Latitude + 0, Longitude: p.Longitude + 0}
}
