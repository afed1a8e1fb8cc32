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

// entity is one entity, and what of it was used.
type entity struct {
	id, schema string
	properties map[string][]string
	referents  []string
	// recordDates are the dates that stand beside the properties, as OpenSanctions gives them.
	recordDates map[string]string
	// extra counts what else stands beside the properties.
	extra map[string]int
	used  map[propertyValue]bool
}

type propertyValue struct{ property, value string }

// fault says what is wrong with a part of an entity, by its JSON pointer.
func fault(pointer, format string, args ...any) *mapping.Fault {
	return &mapping.Fault{Place: pointer, Err: fmt.Errorf(format, args...)}
}

// recordDateFields are of the entity, but no properties of it.
var recordDateFields = []string{"last_change", "first_seen", "last_seen"}

// decode reads an entity as it stands in a row.
func decode(row map[string]any) (*entity, error) {
	e := &entity{properties: map[string][]string{}, recordDates: map[string]string{}, extra: map[string]int{}, used: map[propertyValue]bool{}}
	var ok bool
	if e.id, ok = row["id"].(string); !ok || strings.TrimSpace(e.id) == "" {
		return nil, fault("/id", "an entity's id must stand here")
	}
	if e.schema, ok = row["schema"].(string); !ok {
		return nil, fault("/schema", "the name of a schema must stand here")
	}
	switch s, known := schemata[e.schema]; {
	case !known:
		return nil, fault("/schema", "%q is no schema of FollowTheMoney%s", e.schema, nearest(e.schema))
	case s.target == targetAbstract:
		return nil, fault("/schema", "%s is abstract: no entity is of it alone", e.schema)
	case s.target == targetNone:
		return nil, fault("/schema", "the graph has no place for entities of the schema %s", e.schema)
	}
	properties, ok := row["properties"].(map[string]any)
	if !ok {
		return nil, fault("/properties", "an object of lists must stand here")
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

// addExtra takes what stands beside the properties. A caption is one of the names, or made of the schema's.
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

// texts are a property's values: a list of texts, or one alone. Numbers and booleans are written as JSON has them.
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
		for _, one := range v {
			if _, list := one.([]any); list {
				return nil, fmt.Errorf("a list of texts must stand here, not one of lists")
			}
			values, err := texts(one)
			if err != nil {
				return nil, err
			}
			for _, value := range values {
				if !slices.Contains(all, value) {
					all = append(all, value)
				}
			}
		}
		return all, nil
	}
	return nil, fmt.Errorf("a list of texts must stand here; nested entities are to be given each on a line of its own")
}

// take gives all values of a property, which are used then.
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

// first gives the first value of the first property that has any; only that one is used.
func (e *entity) first(properties ...string) string {
	for _, p := range properties {
		if values := e.properties[p]; len(values) > 0 {
			e.markUsed(p, values[0])
			return values[0]
		}
	}
	return ""
}

// countNotCarried counts the values that no record carries, by schema and property. Parts of a name or an address are carried where they
// stand in one that is.
func (e *entity) countNotCarried(carried []string) map[string]int {
	whole := make([]string, len(carried))
	for i, text := range carried {
		whole[i] = words(text)
	}
	all := map[string]int{}
	for name, n := range e.extra {
		all[name] += n
	}
	for name := range e.recordDates {
		if !e.used[propertyValue{property: name}] {
			all[name]++
		}
	}
	for name, values := range e.properties {
		for _, v := range values {
			part := words(v)
			in := slices.Contains(partialNames, name) && part != "  " &&
				slices.ContainsFunc(whole, func(text string) bool { return strings.Contains(text, part) })
			if !in && !e.used[propertyValue{name, v}] {
				all[e.schema+"."+name]++
			}
		}
	}
	return all
}

// mergeFragments makes one entity of its fragments: values are united, and the schema is the one that all the others lead to.
func mergeFragments(rows []map[string]any) (map[string]any, error) {
	whole := maps.Clone(rows[0])
	properties := map[string]any{}
	for i, row := range rows {
		given, ok := row["properties"].(map[string]any)
		if !ok {
			return nil, fault("/properties", "an object of lists must stand here")
		}
		for name, v := range given {
			properties[name] = slices.Concat(asList(properties[name]), asList(v))
		}
		if i == 0 {
			continue
		}
		before, _ := whole["schema"].(string)
		schema, _ := row["schema"].(string)
		switch {
		case descends(before, schema):
		case descends(schema, before):
			whole["schema"] = schema
		default:
			return nil, fault("/schema", "parts of the entity %v are of the schemata %s and %s, neither of which extends the other", row["id"], before, schema)
		}
		for name, v := range row {
			if s, _ := v.(string); slices.Contains(recordDateFields, name) {
				if known, _ := whole[name].(string); s > known {
					whole[name] = s
				}
			} else if name == "referents" || name == "datasets" {
				whole[name] = distinct(slices.Concat(asList(whole[name]), asList(v)))
			} else if _, known := whole[name]; !known {
				whole[name] = v
			}
		}
	}
	whole["properties"] = properties
	return whole, nil
}

func asList(v any) []any {
	switch v := v.(type) {
	case nil:
		return nil
	case []any:
		return v
	}
	return []any{v}
}

// distinct drops repeated texts.
func distinct(list []any) (all []any) {
	for _, v := range list {
		if _, text := v.(string); !text || !slices.Contains(all, v) {
			all = append(all, v)
		}
	}
	return all
}

// nearest suggests a schema for a name that is none.
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
