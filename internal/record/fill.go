package record

import (
	"math"
	"reflect"
	"strings"
	"sync"

	"casus/internal/geo"
	"casus/internal/kg"
)

// fill decodes the fields that a mapping made into a record, without encoding them as JSON. It returns false if the
// JSON Schema might reject anything: an unknown field, a value of another type, an empty text or list, or a number out
// of bounds. The caller then validates against the schema.
func fill(dst any, fields map[string]any) bool {
	return fillStruct(reflect.ValueOf(dst).Elem(), fields)
}

// fieldIndexCache holds the fields of the record types by their JSON names.
var fieldIndexCache sync.Map // reflect.Type -> map[string][]int

func fieldIndexes(t reflect.Type) map[string][]int {
	if known, ok := fieldIndexCache.Load(t); ok {
		return known.(map[string][]int)
	}
	layout := map[string][]int{}
	for _, f := range reflect.VisibleFields(t) {
		if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); name != "" && name != "-" && f.IsExported() {
			layout[name] = f.Index
		}
	}
	known, _ := fieldIndexCache.LoadOrStore(t, layout)
	return known.(map[string][]int)
}

func fillStruct(into reflect.Value, fields map[string]any) bool {
	layout := fieldIndexes(into.Type())
	for name, v := range fields {
		index, known := layout[name]
		switch {
		case name == "type" && !known:
			continue // the record's own type
		case !known || !fillValue(fieldOf(into, index), v, name):
			return false
		}
	}
	return true
}

// fieldOf returns the field at an index. Most indexes have one step.
func fieldOf(v reflect.Value, index []int) reflect.Value {
	if len(index) == 1 {
		return v.Field(index[0])
	}
	return v.FieldByIndex(index)
}

var nameType = reflect.TypeFor[name]()

func fillValue(into reflect.Value, v any, field string) bool {
	switch v := v.(type) {
	case string:
		return fillText(into, v, field)
	case bool:
		if into.Kind() == reflect.Pointer {
			into.Set(reflect.New(into.Type().Elem()))
			into = into.Elem()
		}
		if into.Kind() != reflect.Bool {
			return false
		}
		into.SetBool(v)
		return true
	case int:
		return fillNumber(into, float64(v), field)
	case int64:
		return fillNumber(into, float64(v), field)
	case uint64:
		return fillNumber(into, float64(v), field)
	case float64:
		return fillNumber(into, v, field)
	case []any:
		if into.Kind() != reflect.Slice || len(v) == 0 {
			return false
		}
		into.SetZero()
		into.Grow(len(v))
		into.SetLen(len(v))
		for i, element := range v {
			if !fillValue(into.Index(i), element, field) {
				return false
			}
		}
		return true
	case map[string]any:
		if into.Type() == nameType {
			into = into.Field(0)
		}
		if into.Kind() == reflect.Pointer {
			into.Set(reflect.New(into.Type().Elem()))
			into = into.Elem()
		}
		// Spans have rules across fields, which only the schema checks.
		return into.Kind() == reflect.Struct && field != "spans" &&
			hasRequired(into.Type(), v) && fillStruct(into, v)
	}
	return false
}

func fillText(into reflect.Value, s, field string) bool {
	if s == "" || !matchesPattern(field, s) {
		return false
	}
	switch {
	case into.Type() == nameType:
		into.Field(0).Field(0).SetString(s) // its value
	case into.Kind() == reflect.String:
		into.SetString(s)
	default:
		return false
	}
	return true
}

func fillNumber(into reflect.Value, f float64, field string) bool {
	if into.Kind() == reflect.Pointer {
		into.Set(reflect.New(into.Type().Elem()))
		into = into.Elem()
	}
	switch into.Kind() {
	case reflect.Int:
		if f != math.Trunc(f) || f < 0 || f > math.MaxInt32 || field == "precision" && f == 0 {
			return false
		}
		into.SetInt(int64(f))
	case reflect.Float64:
		if field == "score" && !(f >= 0 && f <= 1) || field == "radiusKm" && f <= 0 {
			return false
		}
		into.SetFloat(f)
	default:
		return false
	}
	return true
}

// hasRequired reports whether an object has the fields that the schema requires and no rule of the domain checks.
func hasRequired(t reflect.Type, fields map[string]any) bool {
	if t == reflect.TypeFor[kg.Point]() {
		return fields["latitude"] != nil && fields["longitude"] != nil
	}
	if t == reflect.TypeFor[geo.Box]() {
		return fields["west"] != nil && fields["south"] != nil && fields["east"] != nil && fields["north"] != nil
	}
	if t == reflect.TypeFor[kg.Measure]() {
		return fields["value"] != nil
	}
	return true
}

// matchesPattern reports whether a text certainly matches the schema's pattern for a field.
func matchesPattern(field, s string) bool {
	switch field {
	case "language":
		return isLanguageTag(s)
	case "script", "sha256", "retrievedAt", "decidedAt", "source":
		return false // rare: left to the schema
	}
	return true
}

// isLanguageTag reports whether a text is a language tag: letters, and further parts of letters and digits after
// hyphens.
func isLanguageTag(s string) bool {
	for i, part := range strings.Split(s, "-") {
		if len(part) == 0 || len(part) > 8 || i == 0 && len(part) < 2 {
			return false
		}
		for _, c := range []byte(part) {
			letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
			if !letter && (i == 0 || c < '0' || c > '9') {
				return false
			}
		}
	}
	return true
}
