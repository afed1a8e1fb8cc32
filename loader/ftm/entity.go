package ftm

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"

	"casus/loader/mapping"
)

// entity is a decoded entity. It records which of its values were used, so that the others can be counted.
type entity struct {
	id, schema string
	properties map[string][]string
	referents  []string
	// recordDates are the dates outside properties, as in OpenSanctions data.
	recordDates map[string]string
	// extra counts the other values outside properties.
	extra map[string]int
	used  map[propertyValue]bool
}

type propertyValue struct{ property, value string }

// fault returns an error in the part of an entity at a JSON pointer.
func fault(pointer, format string, args ...any) *mapping.Fault {
	return &mapping.Fault{Place: pointer, Err: fmt.Errorf(format, args...)}
}

// recordDateFields are the fields with dates outside properties.
var recordDateFields = []string{"last_change", "first_seen", "last_seen"}

// decode decodes an entity. An error is a *mapping.Fault.
func decode(row map[string]any) (*entity, error) {
	e := &entity{
		properties: map[string][]string{}, recordDates: map[string]string{}, extra: map[string]int{},
		used: map[propertyValue]bool{},
	}
	var ok bool
	if e.id, ok = row["id"].(string); !ok || strings.TrimSpace(e.id) == "" {
		return nil, fault("/id", "an entity must have an id")
	}
	if e.id != strings.TrimSpace(e.id) {
		return nil, fault("/id", "the id %q begins or ends with white space, which references to it do not have", e.id)
	}
	if e.schema, ok = row["schema"].(string); !ok {
		return nil, fault("/schema", "must be the name of a schema")
	}
	switch s, known := schemata[e.schema]; {
	case !known:
		return nil, fault("/schema", "%q is not a FollowTheMoney schema%s", e.schema, nearest(e.schema))
	case s.target == targetAbstract:
		return nil, fault("/schema", "%s is abstract: an entity must have one of its descendants", e.schema)
	case s.target == targetNone:
		return nil, fault("/schema", "the graph cannot represent entities of the schema %s", e.schema)
	}
	properties, ok := row["properties"].(map[string]any)
	if !ok {
		return nil, fault("/properties", "must be an object of lists")
	}
	for _, name := range slices.Sorted(maps.Keys(properties)) {
		values, err := texts(properties[name])
		if err != nil {
			return nil, fault("/properties/"+escapePointer(name), "%w", err)
		}
		if len(values) > 0 {
			e.properties[name] = values
		}
	}
	for _, name := range slices.Sorted(maps.Keys(row)) {
		e.addExtra(name, row[name])
	}
	return e, nil
}

// addExtra records a field outside properties. A caption is ignored: it repeats a name, or is made by FollowTheMoney.
func (e *entity) addExtra(name string, v any) {
	values, err := texts(v)
	switch {
	case slices.Contains([]string{"id", "schema", "properties", "caption", papersKey}, name):
	case err == nil && len(values) == 0:
	case name == "referents" && err == nil:
		e.referents = values
	case slices.Contains(recordDateFields, name) && len(values) == 1:
		e.recordDates[name] = values[0]
	default:
		e.extra[name] += max(1, len(values))
	}
}

// texts returns the distinct values of a property, which is a list or a single value. Numbers and booleans become their
// JSON text.
func texts(v any) (all []string, err error) {
	switch v := v.(type) {
	case nil:
		return nil, nil
	case string:
		if v = strings.TrimSpace(v); v != "" {
			all = []string{v}
		}
		return all, nil
	case bool, float64:
		b, err := json.Marshal(v)
		return []string{string(b)}, err
	case []any:
		seen := make(map[string]bool, len(v))
		for _, item := range v {
			if _, list := item.([]any); list {
				return nil, fmt.Errorf("must be a list of strings, not of lists")
			}
			values, err := texts(item)
			if err != nil {
				return nil, err
			}
			for _, value := range values {
				if !seen[value] {
					seen[value] = true
					all = append(all, value)
				}
			}
		}
		return all, nil
	}
	return nil, fmt.Errorf("must be a list of strings; put each nested entity on a line of its own")
}

// take returns all values of a property and marks them used.
func (e *entity) take(property string) []string {
	values := e.properties[property]
	e.markUsed(property, values...)
	return values
}

func (e *entity) markUsed(property string, values ...string) {
	for _, v := range values {
		e.used[propertyValue{property, v}] = true
	}
}

// first returns the first value of the first property that has any, and marks it used.
func (e *entity) first(properties ...string) string {
	for _, p := range properties {
		if values := e.properties[p]; len(values) > 0 {
			e.markUsed(p, values[0])
			return values[0]
		}
	}
	return ""
}

// nearest returns a hint with the schema whose name is nearest; "" if none is near.
func nearest(name string) string {
	best, least := "", 3
	for _, s := range slices.Sorted(maps.Keys(schemata)) {
		if d := levenshtein.ComputeDistance(strings.ToLower(name), strings.ToLower(s)); d < least {
			best, least = s, d
		}
	}
	if best == "" {
		return ""
	}
	return "; did you mean " + best + "?"
}

func escapePointer(name string) string {
	return strings.NewReplacer("~", "~0", "/", "~1").Replace(name)
}

// papersKey is the key of the entity's papers in a joined row. It cannot clash: JSON cannot hold a value of its type.
const papersKey = "\x00papers"
