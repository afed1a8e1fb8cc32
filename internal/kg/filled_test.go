package kg_test

import (
	"math/rand/v2"
	"reflect"
)

// escapedTexts have the characters that JSON escapes, and others.
var escapedTexts = []string{
	"", "a", "plain text", `"`, `\`, "<b>&", "\n\t\b\f\x00\x1f\x7f", "\u2028", "a\u2029", "гавань", "غرغراست", "😀",
	"\xff", "a\xe2\x80", "\uFFFD",
}

// filled returns a record with random fields.
func filled[T any](r *rand.Rand) T {
	var v T
	fillAtRandom(r, reflect.ValueOf(&v).Elem())
	return v
}

// fillAtRandom sets v at random, except for fields that are not in JSON.
func fillAtRandom(r *rand.Rand, v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(escapedTexts[r.IntN(len(escapedTexts))])
	case reflect.Int, reflect.Int64:
		v.SetInt([]int64{0, 1, -1, 7, 1 << 40, -(1 << 62)}[r.IntN(6)])
	case reflect.Float64:
		v.SetFloat(r.Float64())
	case reflect.Bool:
		v.SetBool(r.IntN(2) == 0)
	case reflect.Slice:
		if n := r.IntN(4); n > 0 {
			v.Set(reflect.MakeSlice(v.Type(), n-1, n-1))
			for i := range n - 1 {
				fillAtRandom(r, v.Index(i))
			}
		}
	case reflect.Pointer:
		if r.IntN(2) == 0 {
			v.Set(reflect.New(v.Type().Elem()))
			fillAtRandom(r, v.Elem())
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).Tag.Get("json") != "-" {
				fillAtRandom(r, v.Field(i))
			}
		}
	}
}
