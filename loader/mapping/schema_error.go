package mapping

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"

	"casus/internal/text"
	"casus/schema"
)

// schemaError is a fault of a mapping file.
type schemaError struct {
	path         yamlPath
	onKey        bool // the fault is in the field's name, not its value
	message      string
	line, column int
}

// explain returns the faults in a schema error, each with the value found and the values allowed.
func explain(e *jsonschema.ValidationError, whole any) []schemaError {
	at := yamlPath(e.InstanceLocation)
	single := func(format string, args ...any) []schemaError {
		return []schemaError{{path: at, message: fmt.Sprintf(format, args...)}}
	}
	field := func(name, message string) schemaError {
		return schemaError{path: append(slices.Clone(at), name), onKey: true, message: message}
	}
	found := excerpt(valueAt(whole, at))
	switch k := e.ErrorKind.(type) {
	case *kind.AdditionalProperties:
		var all []schemaError
		for _, name := range k.Properties {
			all = append(all, field(name, unknownField(name, e.SchemaURL)))
		}
		return all
	case *kind.Enum:
		return single("%s is not one of the allowed values; %s",
			found, suggest(strings.ToUpper(fmt.Sprint(k.Got)), toStrings(k.Want)))
	case *kind.Const:
		if at.String() == "mapping" {
			return single("unsupported version %s; this program reads version %v", found, k.Want)
		}
		return single("%s must be %v", found, k.Want)
	case *kind.Required:
		var all []schemaError
		for _, name := range k.Missing {
			all = append(all, schemaError{path: at, message: missingField(name)})
		}
		return all
	case *kind.MinItems:
		return single("%s is empty: a row would yield nothing", at[len(at)-1])
	case *kind.MinProperties, *kind.MaxProperties:
		return single("a record has one key, its type, which is one of %s", strings.Join(recordTypes(), ", "))
	case *kind.Type:
		return single("%s is %s; must be %s%s",
			found, typeNames[k.Got], joinTypes(k.Want), quoteHint(k, valueAt(whole, at)))
	case *kind.Pattern:
		if k.Want == variableName.String() {
			return single("%s is not a valid variable name", found)
		}
		return single("%s does not match %s%s", found, k.Want, upperCaseHint(k))
	case *kind.MinLength:
		return single("must not be empty")
	case *kind.MaxLength:
		return single("%s is longer than %d characters", found, k.Want)
	case *kind.Minimum:
		return single("%s is less than %s", found, k.Want.RatString())
	case *kind.Maximum:
		return single("%s is more than %s", found, k.Want.RatString())
	case *kind.Format:
		return single("%s is not a valid %s", found, k.Want)
	}
	return single("%s", strings.ReplaceAll(e.Error(), "\n", " "))
}

// unknownField returns the message for a field that the schema at url does not have.
func unknownField(name, url string) string {
	d := schemaDefinition(url)
	switch {
	case strings.HasSuffix(url, "/record"):
		return "unknown record type; " + suggest(name, recordTypes())
	case d["patternProperties"] != nil:
		return fmt.Sprintf("%q is not a valid variable name: use a lower-case letter, then letters, digits and _", name)
	}
	return "unknown field; " + suggest(name, slices.Sorted(maps.Keys(asObject(d["properties"]))))
}

// missingField returns the message for a required field that is absent.
func missingField(name string) string {
	switch name {
	case "records":
		return "records is empty: a row would yield nothing"
	case "each":
		return "must be a list, or an object with each"
	}
	return name + " is missing"
}

// suggest returns the nearest allowed word or, if none is near, all of them.
func suggest(word string, allowed []string) string {
	if n := text.Nearest(word, allowed); n != "" {
		return "did you mean " + n + "?"
	}
	return "allowed: " + strings.Join(allowed, ", ")
}

// typeNames are the JSON types in words.
var typeNames = map[string]string{
	"string": "a string", "number": "a number", "integer": "a whole number", "boolean": "true or false",
	"array": "a list", "object": "an object", "null": "null",
}

func joinTypes(types []string) string {
	var all []string
	for _, t := range types {
		all = append(all, typeNames[t])
	}
	return strings.Join(all, " or ")
}

// quoteHint returns the number in quotation marks if the value must be a string.
func quoteHint(k *kind.Type, found any) string {
	if k.Got == "number" && slices.Equal(k.Want, []string{"string"}) {
		return `, such as "` + fmt.Sprint(found) + `"`
	}
	return ""
}

// upperCaseHint suggests a country code in upper case.
func upperCaseHint(k *kind.Pattern) string {
	if upper := strings.ToUpper(k.Got); k.Want == "^[A-Z]{2}$" && len(upper) == 2 {
		return "; did you mean " + upper + "?"
	}
	return ""
}

// excerpt returns a value as JSON, at most 60 characters of it.
func excerpt(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprint(v)
	}
	if r := []rune(string(b)); len(r) > 60 {
		return string(r[:60]) + "..."
	}
	return string(b)
}

// schemaDefinition returns the part of the schema that a URL points to.
func schemaDefinition(url string) map[string]any {
	var whole any
	if json.Unmarshal(schema.Mapping(), &whole) != nil {
		return nil
	}
	if _, pointer, inside := strings.Cut(url, "#/"); inside {
		return asObject(valueAt(whole, strings.Split(pointer, "/")))
	}
	return asObject(whole)
}

// valueAt returns the value at a path; nil if there is none.
func valueAt(v any, p yamlPath) any {
	for _, step := range p {
		switch in := v.(type) {
		case map[string]any:
			v = in[step]
		case []any:
			i, err := strconv.Atoi(step)
			if err != nil || i < 0 || i >= len(in) {
				return nil
			}
			v = in[i]
		default:
			return nil
		}
	}
	return v
}

func asObject(v any) map[string]any {
	o, _ := v.(map[string]any)
	return o
}

func toStrings(v any) []string {
	all, _ := v.([]any)
	var texts []string
	for _, item := range all {
		texts = append(texts, fmt.Sprint(item))
	}
	return texts
}
