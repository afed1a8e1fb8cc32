package schema_test

import (
	"encoding/json"
	"maps"
	"strings"
	"testing"

	"casus/schema"

	"github.com/google/go-cmp/cmp"
)

// object is a JSON object.
type object = map[string]any

func definitions(t *testing.T, source []byte) object {
	t.Helper()
	var whole struct {
		Defs object `json:"$defs"`
	}
	if err := json.Unmarshal(source, &whole); err != nil {
		t.Fatal(err)
	}
	return whole.Defs
}

// TestMappingSchemaFollowsTheExtractionFormat derives the definitions of records in mappings from the extraction
// format.
func TestMappingSchemaFollowsTheExtractionFormat(t *testing.T) {
	d := derived{from: definitions(t, schema.Extraction()), to: object{}}
	types := d.from["line"].(object)["properties"].(object)["type"].(object)["enum"].([]any)
	record := object{}
	for _, typ := range types {
		if typ == "review" || typ == "correction" {
			continue // people make them, not rows of tables
		}
		d.definition(typ.(string))
		record[typ.(string)] = ref(typ.(string))
	}
	got := definitions(t, schema.Mapping())
	if diff := cmp.Diff(any(record), got["record"].(object)["properties"]); diff != "" {
		t.Error(diff)
	}
	for _, name := range []string{"record", "made", "each", "as", "when"} { // only in mappings
		delete(got, name)
	}
	if diff := cmp.Diff(d.to, got); diff != "" {
		t.Errorf("schema/mapping.schema.json does not follow schema/extraction.schema.json (-want +got):\n%s", diff)
	}
}

// derived builds the mapping's definitions from the definitions of the extraction format: nothing is required, every
// field may be an expression, every object may be repeated.
type derived struct{ from, to object }

func ref(name string) object { return object{"$ref": "#/$defs/" + name} }

func orMade(v any) object { return object{"if": ref("made"), "else": v} }

func (d derived) definition(name string) {
	if d.to[name] != nil {
		return
	}
	from := d.from[name].(object)
	d.to[name] = from
	if choice, ok := from["oneOf"].([]any); ok { // a string or an object
		d.to[name] = d.object(from["description"], []any{"string", "object"}, choice[1].(object))
	} else if from["type"] == "object" {
		d.to[name] = object{} // for references to itself
		d.to[name] = d.object(from["description"], "object", from)
	}
}

func (d derived) object(description, typ any, from object) object {
	fields := object{"each": ref("each"), "as": ref("as"), "when": ref("when")}
	for name, field := range from["properties"].(object) {
		if name != "type" {
			fields[name] = d.field(field.(object))
		}
	}
	return object{"description": description, "type": typ, "properties": fields, "additionalProperties": false}
}

func (d derived) field(from object) object {
	value := maps.Clone(from)
	delete(value, "description")
	if items, ok := value["items"].(object); ok {
		if to, ok := items["$ref"].(string); ok {
			value = ref(d.list(strings.TrimPrefix(to, "#/$defs/")))
		} else {
			value = object{"type": "array", "items": orMade(items)}
		}
	} else if to, ok := value["$ref"].(string); ok {
		d.definition(strings.TrimPrefix(to, "#/$defs/"))
	}
	field := orMade(value)
	field["description"] = from["description"]
	return field
}

// list defines a list of a definition and returns its name.
func (d derived) list(name string) string {
	d.definition(name)
	list := object{"type": "array", "items": orMade(ref(name))}
	if _, many := d.to[name].(object)["properties"]; many {
		once := ref(name)
		once["required"] = []any{"each"}
		list = object{"if": object{"type": "object"}, "then": once, "else": list}
		list["description"] = "A list, or one object that `each` repeats."
	} else {
		list["description"] = "A list."
	}
	d.to[name+"s"] = list
	return name + "s"
}
