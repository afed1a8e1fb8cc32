package loader

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"

	"casus/schema"
)

// countryForm is the schema's pattern of country codes.
const countryForm = "^[A-Z]{2}$"

const schemaURL = "urn:casus:extraction:1"

// schemas are the format's definitions by the type of record they are of, compiled once.
var schemas = sync.OnceValues(func() (map[string]*jsonschema.Schema, error) {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(schema.Extraction()))
	if err != nil {
		return nil, err
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource(schemaURL, doc); err != nil {
		return nil, err
	}
	all := map[string]*jsonschema.Schema{}
	for _, typ := range typeNames() {
		if all[typ], err = c.Compile(schemaURL + "#/$defs/" + typ); err != nil {
			return nil, err
		}
	}
	return all, nil
})

// validate checks a record against its type's definition. Of several faults it tells the deepest.
func validate(typ string, record []byte) *Reject {
	all, err := schemas()
	if err != nil {
		return &Reject{Reason: "the format's own schema is broken: " + err.Error()}
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(record))
	if err != nil {
		return &Reject{Reason: "it is no JSON: " + err.Error()}
	}
	err = all[typ].Validate(value)
	var fault *jsonschema.ValidationError
	switch {
	case err == nil:
		return nil
	case !errors.As(err, &fault):
		return &Reject{Reason: err.Error()}
	}
	best := deepest(fault)
	r := explain(best, value)
	if _, vague := best.ErrorKind.(*kind.Type); vague {
		r.Allowed = typesAt(fault, best.InstanceLocation)
	}
	return &r
}

// typesAt lists the types that any alternative would take at a place.
func typesAt(e *jsonschema.ValidationError, location []string) []string {
	var types []string
	if k, ok := e.ErrorKind.(*kind.Type); ok && slices.Equal(e.InstanceLocation, location) {
		types = k.Want
	}
	for _, c := range e.Causes {
		types = slices.Concat(types, typesAt(c, location))
	}
	slices.Sort(types)
	return slices.Compact(types)
}

// deepest is the cause that lies deepest in the value; of several the one that says more than that a type is wrong.
func deepest(e *jsonschema.ValidationError) *jsonschema.ValidationError {
	if len(e.Causes) == 0 {
		return e
	}
	best := deepest(e.Causes[0])
	for _, c := range e.Causes[1:] {
		d := deepest(c)
		_, vague := best.ErrorKind.(*kind.Type)
		if len(d.InstanceLocation) > len(best.InstanceLocation) || vague && len(d.InstanceLocation) == len(best.InstanceLocation) {
			best = d
		}
	}
	return best
}

// explain makes a reject of a fault.
func explain(e *jsonschema.ValidationError, value any) Reject {
	r := Reject{Found: show(valueAt(value, e.InstanceLocation))}
	for _, p := range e.InstanceLocation {
		r.Pointer += "/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(p)
	}
	switch k := e.ErrorKind.(type) {
	case *kind.Enum:
		r.Reason = "it is none of the values allowed"
		for _, w := range k.Want {
			r.Allowed = append(r.Allowed, fmt.Sprint(w))
		}
		r.Suggestion = nearest(strings.ToUpper(fmt.Sprint(k.Got)), r.Allowed)
	case *kind.Const:
		r.Reason, r.Allowed = "it is not the value it must be", []string{fmt.Sprint(k.Want)}
	case *kind.Required:
		r.Reason, r.Found = strings.Join(k.Missing, " and ")+" must be given", ""
	case *kind.AdditionalProperties:
		r.Reason = "there is no such field"
		r.Pointer += "/" + k.Properties[0]
		r.Found = k.Properties[0]
		r.Allowed = allowedFields(e.SchemaURL)
		r.Suggestion = nearest(k.Properties[0], r.Allowed)
	case *kind.Type:
		r.Reason, r.Allowed = "it is of type "+k.Got, k.Want
	case *kind.Pattern:
		r.Reason, r.Allowed = "it has not the form it must have", []string{k.Want}
		if upper := strings.ToUpper(k.Got); k.Want == countryForm && len(upper) == 2 {
			r.Suggestion = upper
		}
	case *kind.Format:
		r.Reason, r.Allowed = "it is no "+k.Want, nil
	case *kind.Minimum:
		r.Reason = "it is less than " + k.Want.RatString()
	case *kind.Maximum:
		r.Reason = "it is more than " + k.Want.RatString()
	case *kind.MinLength, *kind.MinItems:
		r.Reason, r.Found = "it is empty", ""
	case *kind.MaxLength:
		r.Reason = fmt.Sprintf("it is longer than %d characters", k.Want)
	case *kind.DependentRequired:
		r.Reason, r.Found = fmt.Sprintf("%s needs %s beside it", k.Prop, strings.Join(k.Missing, " and ")), ""
	default:
		r.Reason = strings.ReplaceAll(strings.TrimPrefix(e.Error(), "jsonschema validation failed with "), "\n", " ")
	}
	return r
}

// valueAt finds a value inside another.
func valueAt(value any, location []string) any {
	for _, p := range location {
		switch v := value.(type) {
		case map[string]any:
			value = v[p]
		case []any:
			var i int
			if _, err := fmt.Sscan(p, &i); err != nil || i < 0 || i >= len(v) {
				return nil
			}
			value = v[i]
		}
	}
	return value
}

func show(v any) string {
	if s, ok := v.(string); ok {
		return s
	}
	b, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprint(v)
	}
	return string(b)
}

// allowedFields are the names that a definition allows.
func allowedFields(url string) []string {
	_, path, _ := strings.Cut(url, "#/")
	var value any
	if json.Unmarshal(schema.Extraction(), &value) != nil {
		return nil
	}
	definition, _ := valueAt(value, strings.Split(path, "/")).(map[string]any)
	properties, _ := definition["properties"].(map[string]any)
	return slices.Sorted(maps.Keys(properties))
}
