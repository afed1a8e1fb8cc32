package record

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"

	"casus/internal/kg"
)

// Difference is a field with different values in two records that must be equal.
type Difference struct {
	Field string `json:"field"`
	// This and Other are the values as JSON, or "absent".
	This  string `json:"this"`
	Other string `json:"other"`
}

// String returns the difference in one line.
func (d Difference) String() string {
	return fmt.Sprintf("differs: %s is %s here and %s there", d.Field, Shorten(d.This, 120), Shorten(d.Other, 120))
}

// maxDifferences is the number of differences that are listed.
const maxDifferences = 10

// recordFields are the names that records have for fields of claims.
var recordFields = map[string]string{"wholes": "partOf", "places": "locations"}

// CompareClaims returns the fields in which two claims differ, under the names that records have for them.
func CompareClaims(this, other kg.Claim) []Difference {
	return compareFields(fieldsOf(this), fieldsOf(other))
}

// CompareJSON returns the fields in which two records, given as JSON objects, differ.
func CompareJSON(this, other []byte) []Difference {
	var a, b map[string]any
	if json.Unmarshal(this, &a) != nil || json.Unmarshal(other, &b) != nil {
		return nil
	}
	return compareFields(a, b)
}

func compareFields(this, other map[string]any) []Difference {
	names := maps.Clone(this)
	maps.Copy(names, other)
	var all []Difference
	for _, name := range slices.Sorted(maps.Keys(names)) {
		if a, b := this[name], other[name]; !reflect.DeepEqual(a, b) && len(all) < maxDifferences {
			all = append(all, Difference{Field: name, This: shown(a), Other: shown(b)})
		}
	}
	return all
}

// fieldsOf returns the fields of a claim as a record has them.
func fieldsOf(c kg.Claim) map[string]any {
	text, err := json.Marshal(c)
	if err != nil {
		return nil
	}
	var fields map[string]any
	if json.Unmarshal(text, &fields) != nil {
		return nil
	}
	says, _ := fields["says"].(map[string]any)
	delete(fields, "says")
	for name, v := range says {
		if record, renamed := recordFields[name]; renamed {
			name = record
		}
		fields[name] = v
	}
	return fields
}

func shown(v any) string {
	if v == nil {
		return "absent"
	}
	text, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprint(v)
	}
	return string(text)
}
