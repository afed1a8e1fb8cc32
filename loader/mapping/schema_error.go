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

// schemaError is one fault of a mapping file.
type schemaError struct {
	path         yamlPath
	onKey        bool // the field's name is at fault, not its value
	message      string
	line, column int
}

// explain says what is wrong and what would be right.
func explain(e *jsonschema.ValidationError, whole any) []schemaError {
	at := yamlPath(e.InstanceLocation)
	one := func(format string, args ...any) []schemaError {
		return []schemaError{{path: at, message: fmt.Sprintf(format, args...)}}
	}
	field := func(name, says string) schemaError {
		return schemaError{path: append(slices.Clone(at), name), onKey: true, message: says}
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
		return one("%s is none of the values allowed; %s", found, suggest(strings.ToUpper(fmt.Sprint(k.Got)), toStrings(k.Want)))
	case *kind.Const:
		if at.String() == "mapping" {
			return one("the version is %s; this program knows %v", found, k.Want)
		}
		return one("%s must be %v", found, k.Want)
	case *kind.Required:
		var all []schemaError
		for _, name := range k.Missing {
			all = append(all, schemaError{path: at, message: missingField(name)})
		}
		return all
	case *kind.MinItems:
		return one("%s is empty: a row would yield nothing", at[len(at)-1])
	case *kind.MinProperties, *kind.MaxProperties:
		return one("a record has one key, its type, which is one of %s", strings.Join(recordTypes(), ", "))
	case *kind.Type:
		return one("%s is %s; %s must stand here%s", found, typeNames[k.Got], joinTypes(k.Want), quoteHint(k, valueAt(whole, at)))
	case *kind.Pattern:
		if k.Want == variableName.String() {
			return one("%s is no name of a variable", found)
		}
		return one("%s has not the form %s%s", found, k.Want, upperCaseHint(k))
	case *kind.MinLength:
		return one("it is empty")
	case *kind.MaxLength:
		return one("%s is longer than %d characters", found, k.Want)
	case *kind.Minimum:
		return one("%s is less than %s", found, k.Want.RatString())
	case *kind.Maximum:
		return one("%s is more than %s", found, k.Want.RatString())
	case *kind.Format:
		return one("%s is no %s", found, k.Want)
	}
	return one("%s", strings.ReplaceAll(e.Error(), "\n", " "))
}

// unknownField tells of a name that an object of the schema has not.
func unknownField(name, url string) string {
	d := schemaDefinition(url)
	switch {
	case strings.HasSuffix(url, "/record"):
		return "there is no such type of record; " + suggest(name, recordTypes())
	case d["patternProperties"] != nil:
		return fmt.Sprintf("%q is no name of a variable: that is a small letter, and then letters, digits and _", name)
	}
	return "there is no such field; " + suggest(name, slices.Sorted(maps.Keys(asObject(d["properties"]))))
}

// missingField tells of a field that must be there.
func missingField(name string) string {
	switch name {
	case "records":
		return "records is empty: a row would yield nothing"
	case "each":
		return "a list must stand here, or one object with each"
	}
	return name + " is missing"
}

// suggest is what a word was probably meant to be, or else all that it may be.
func suggest(word string, allowed []string) string {
	if n := text.Nearest(word, allowed); n != "" {
		return "did you mean " + n + "?"
	}
	return "it may be one of " + strings.Join(allowed, ", ")
}

// typeNames are the types of JSON in words.
var typeNames = map[string]string{
	"string": "a text", "number": "a number", "integer": "a whole number", "boolean": "true or false", "array": "a list", "object": "an object", "null": "no value",
}

func joinTypes(types []string) string {
	var all []string
	for _, t := range types {
		all = append(all, typeNames[t])
	}
	return strings.Join(all, " or ")
}

// quoteHint says that a number must be written as a text, where that is all.
func quoteHint(k *kind.Type, found any) string {
	if k.Got == "number" && slices.Equal(k.Want, []string{"string"}) {
		return `, such as "` + fmt.Sprint(found) + `"`
	}
	return ""
}

// upperCaseHint says that letters are small that must be capital.
func upperCaseHint(k *kind.Pattern) string {
	if upper := strings.ToUpper(k.Got); k.Want == "^[A-Z]{2}$" && len(upper) == 2 {
		return "; did you mean " + upper + "?"
	}
	return ""
}

// excerpt shows a value, cut where it is long.
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

// schemaDefinition is the part of the schema that a URL points to.
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
