package table

import (
	"bytes"
	"encoding/json"
	"math/big"
	"strconv"
)

// tableValues returns the values of an object as text: numbers as they are written, null as "". Lists and objects
// remain.
func tableValues(object []byte) (map[string]any, error) {
	values, err := numberedValues(object)
	for name, v := range values {
		values[name] = textValue(v)
	}
	return values, err
}

func textValue(v any) any {
	switch v := v.(type) {
	case nil:
		return ""
	case json.Number:
		return v.String()
	case bool:
		return strconv.FormatBool(v)
	}
	return v
}

// jsonValues returns the values of an object, with numbers as float64. A whole number of which a float64 would lose
// digits, as long ids are, becomes text.
func jsonValues(object []byte) (map[string]any, error) {
	if !hasLongNumber(object) {
		var values map[string]any
		err := json.Unmarshal(object, &values)
		return values, err
	}
	values, err := numberedValues(object)
	if err != nil {
		return nil, err
	}
	exact, err := exactValue(values)
	values, _ = exact.(map[string]any)
	return values, err
}

// numberedValues returns the values of an object, with numbers as they are written.
func numberedValues(object []byte) (values map[string]any, err error) {
	d := json.NewDecoder(bytes.NewReader(object))
	d.UseNumber()
	err = d.Decode(&values)
	return values, err
}

// hasLongNumber reports whether a text has so many digits in sequence that a float64 may not have them all.
func hasLongNumber(text []byte) bool {
	digits := 0
	for _, c := range text {
		if c < '0' || c > '9' {
			digits = 0
		} else if digits++; digits > 15 {
			return true
		}
	}
	return false
}

// exactValue returns a value with its numbers as float64, or as text if they are whole and would lose digits.
func exactValue(v any) (any, error) {
	var err error
	switch v := v.(type) {
	case json.Number:
		f, err := v.Float64()
		if err != nil {
			return nil, &json.UnmarshalTypeError{Value: "number " + v.String()}
		}
		if whole, ok := new(big.Int).SetString(v.String(), 10); ok {
			if kept, _ := new(big.Float).SetFloat64(f).Int(nil); kept.Cmp(whole) != 0 {
				return v.String(), nil
			}
		}
		return f, nil
	case []any:
		for i := range v {
			if v[i], err = exactValue(v[i]); err != nil {
				return nil, err
			}
		}
	case map[string]any:
		for name := range v {
			if v[name], err = exactValue(v[name]); err != nil {
				return nil, err
			}
		}
	}
	return v, nil
}
