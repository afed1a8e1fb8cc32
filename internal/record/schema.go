package record

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"

	"casus/internal/kg"
	"casus/internal/text"
	"casus/schema"
)

// countryForm is the schema's pattern of country codes.
const countryForm = "^[A-Z]{2}$"

// addressForm is the schema's pattern of addresses.
const addressForm = `^[Hh][Tt][Tt][Pp][Ss]?://[^/?#\s]\S*$`

const schemaURL = "urn:casus:extraction:1"

// schemas are the definitions of the format by type of record, compiled once.
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
	for _, typ := range append(Types(), inlineClaim) {
		if all[typ], err = c.Compile(schemaURL + "#/$defs/" + typ); err != nil {
			return nil, err
		}
	}
	return all, nil
})

// types are the types of records.
var types = []string{
	"document", "actor", "location", "event", "affiliation", "claim", "identity", "release", "review", "correction",
}

// Types returns the types of records.
func Types() []string { return slices.Clone(types) }

// CheckSchema validates a record against the definition of its type, and returns its faults, the deepest first; nil if
// there are none.
func CheckSchema(typ string, record []byte) *Reject {
	all, err := schemas()
	if err != nil {
		return &Reject{Reason: "invalid schema of the format: " + err.Error()}
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(record))
	if err != nil {
		return &Reject{Reason: "invalid JSON: " + err.Error()}
	}
	err = all[typ].Validate(value)
	var broken *jsonschema.ValidationError
	switch {
	case err == nil:
		return nil
	case !errors.As(err, &broken):
		return &Reject{Reason: err.Error()}
	}
	sortCauses(broken)
	faults := explain(deepest(broken), value, broken)
	for _, leaf := range leaves(broken) {
		faults = append(faults, explain(leaf, value, broken)...)
	}
	return JoinRejects(faults...)
}

// leaves returns the causes of an error that have no cause themselves. Of the alternatives of a schema, only the
// deepest is followed.
func leaves(e *jsonschema.ValidationError) []*jsonschema.ValidationError {
	if len(e.Causes) == 0 {
		return []*jsonschema.ValidationError{e}
	}
	switch e.ErrorKind.(type) {
	case *kind.AnyOf, *kind.OneOf:
		best := deepest(e)
		for _, c := range e.Causes {
			if deepest(c) == best {
				return leaves(c)
			}
		}
		return []*jsonschema.ValidationError{best}
	}
	var all []*jsonschema.ValidationError
	for _, c := range e.Causes {
		all = append(all, leaves(c)...)
	}
	return all
}

// sortCauses sorts the causes of an error at every depth by their locations, since the validator visits the fields of
// an object in no order.
func sortCauses(e *jsonschema.ValidationError) {
	slices.SortStableFunc(e.Causes, func(a, b *jsonschema.ValidationError) int {
		return cmp.Or(slices.Compare(a.InstanceLocation, b.InstanceLocation),
			cmp.Compare(a.SchemaURL, b.SchemaURL), slices.Compare(a.ErrorKind.KeywordPath(), b.ErrorKind.KeywordPath()))
	})
	for _, c := range e.Causes {
		sortCauses(c)
	}
}

// typesAt returns the types that any alternative of the schema accepts at a location.
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

// deepest returns the cause that is deepest in the value. Of several it prefers one that is not a wrong type.
func deepest(e *jsonschema.ValidationError) *jsonschema.ValidationError {
	if len(e.Causes) == 0 {
		return e
	}
	best := deepest(e.Causes[0])
	for _, c := range e.Causes[1:] {
		d := deepest(c)
		_, vague := best.ErrorKind.(*kind.Type)
		depth, bestDepth := len(d.InstanceLocation), len(best.InstanceLocation)
		if depth > bestDepth || vague && depth == bestDepth {
			best = d
		}
	}
	return best
}

// explain returns the faults of a schema violation: one, or one for each unknown field. whole is the error it is a
// cause of.
func explain(e *jsonschema.ValidationError, value any, whole *jsonschema.ValidationError) []*Reject {
	at := ""
	for _, p := range e.InstanceLocation {
		at += pointerStep(p)
	}
	if k, ok := e.ErrorKind.(*kind.AdditionalProperties); ok {
		var all []*Reject
		for _, name := range slices.Sorted(slices.Values(k.Properties)) {
			r := Reject{Pointer: at + pointerStep(name), Reason: "unknown field", Found: name}
			r.Allowed = allowedFields(e.SchemaURL)
			r.Suggestion = text.Nearest(name, r.Allowed)
			all = append(all, &r)
		}
		return all
	}
	r := violation(e, Reject{Pointer: at, Found: show(valueAt(value, e.InstanceLocation))})
	if _, vague := e.ErrorKind.(*kind.Type); vague {
		r.Allowed = typesAt(whole, e.InstanceLocation)
	}
	return []*Reject{&r}
}

// pointerStep returns a step of a JSON pointer.
func pointerStep(name string) string {
	return "/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(name)
}

// violation completes the Reject of a schema violation.
func violation(e *jsonschema.ValidationError, r Reject) Reject {
	switch k := e.ErrorKind.(type) {
	case *kind.Enum:
		r.Reason = "not one of the allowed values"
		for _, w := range k.Want {
			r.Allowed = append(r.Allowed, fmt.Sprint(w))
		}
		r.Suggestion = text.Nearest(strings.ToUpper(fmt.Sprint(k.Got)), r.Allowed)
	case *kind.Const:
		r.Reason, r.Allowed = "not the required value", []string{fmt.Sprint(k.Want)}
	case *kind.Required:
		r.Reason, r.Found = "missing "+strings.Join(k.Missing, " and "), ""
	case *kind.Type:
		r.Reason, r.Allowed = "unexpected type "+k.Got, k.Want
		if k.Got == "number" && slices.Equal(k.Want, []string{"integer"}) {
			r.Reason = "not a whole number"
		}
	case *kind.Pattern:
		r.Reason, r.Allowed = "does not match the required pattern", []string{k.Want}
		if k.Want == addressForm {
			r.Reason, r.Allowed = "not an address with http or https, such as https://example.org/page", nil
		}
		if upper := strings.ToUpper(k.Got); k.Want == countryForm && len(upper) == 2 {
			r.Suggestion = upper
		}
	case *kind.Format:
		r.Reason, r.Allowed = "not a valid "+k.Want, nil
	case *kind.Minimum:
		r.Reason = "less than " + k.Want.RatString()
	case *kind.ExclusiveMinimum:
		r.Reason = "not greater than " + k.Want.RatString()
	case *kind.Maximum:
		r.Reason = "greater than " + k.Want.RatString()
	case *kind.MinLength, *kind.MinItems:
		r.Reason, r.Found = "must not be empty", ""
	case *kind.MaxLength:
		r.Reason = fmt.Sprintf("has %d characters, of at most %d", k.Got, k.Want)
		r.Found = kg.CutText(r.Found, ShownBytes)
	case *kind.MaxItems:
		r.Reason, r.Found = fmt.Sprintf("has %d elements, of at most %d", k.Got, k.Want), ""
	case *kind.DependentRequired:
		r.Reason, r.Found = fmt.Sprintf("%s requires %s", k.Prop, strings.Join(k.Missing, " and ")), ""
	default:
		r.Reason = strings.ReplaceAll(strings.TrimPrefix(e.Error(), "jsonschema validation failed with "), "\n", " ")
	}
	return r
}

// valueAt returns the value at a location inside another.
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

// allowedFields returns the names of the fields that a definition allows.
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
