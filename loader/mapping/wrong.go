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

// wrong is one fault of a mapping file.
type wrong struct {
	at           steps
	key          bool // the field's name is at fault, not its value
	says         string
	line, column int
}

// told says what is wrong and what would be right.
func told(e *jsonschema.ValidationError, whole any) []wrong {
	at := steps(e.InstanceLocation)
	one := func(format string, args ...any) []wrong { return []wrong{{at: at, says: fmt.Sprintf(format, args...)}} }
	field := func(name, says string) wrong {
		return wrong{at: append(slices.Clone(at), name), key: true, says: says}
	}
	found := shown(valueAt(whole, at))
	switch k := e.ErrorKind.(type) {
	case *kind.AdditionalProperties:
		var all []wrong
		for _, name := range k.Properties {
			all = append(all, field(name, unknown(name, e.SchemaURL)))
		}
		return all
	case *kind.Enum:
		return one("%s is none of the values allowed; %s", found, meant(strings.ToUpper(fmt.Sprint(k.Got)), words(k.Want)))
	case *kind.Const:
		if at.String() == "mapping" {
			return one("the version is %s; this program knows %v", found, k.Want)
		}
		return one("%s must be %v", found, k.Want)
	case *kind.Required:
		var all []wrong
		for _, name := range k.Missing {
			all = append(all, wrong{at: at, says: missing(name)})
		}
		return all
	case *kind.MinItems:
		return one("%s is empty: a row would yield nothing", at[len(at)-1])
	case *kind.MinProperties, *kind.MaxProperties:
		return one("a record has one key, its type, which is one of %s", strings.Join(recordTypes(), ", "))
	case *kind.Type:
		return one("%s is %s; %s must stand here%s", found, kinds[k.Got], anyKind(k.Want), quotes(k, valueAt(whole, at)))
	case *kind.Pattern:
		if k.Want == variable.String() {
			return one("%s is no name of a variable", found)
		}
		return one("%s has not the form %s%s", found, k.Want, larger(k))
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

// unknown tells of a name that an object of the schema has not.
func unknown(name, url string) string {
	d := definition(url)
	switch {
	case strings.HasSuffix(url, "/record"):
		return "there is no such type of record; " + meant(name, recordTypes())
	case d["patternProperties"] != nil:
		return fmt.Sprintf("%q is no name of a variable: that is a small letter, and then letters, digits and _", name)
	}
	return "there is no such field; " + meant(name, slices.Sorted(maps.Keys(fieldsIn(d["properties"]))))
}

// missing tells of a field that must be there.
func missing(name string) string {
	switch name {
	case "records":
		return "records is empty: a row would yield nothing"
	case "each":
		return "a list must stand here, or one object with each"
	}
	return name + " is missing"
}

// meant is what a word was probably meant to be, or else all that it may be.
func meant(word string, allowed []string) string {
	if n := text.Nearest(word, allowed); n != "" {
		return "did you mean " + n + "?"
	}
	return "it may be one of " + strings.Join(allowed, ", ")
}

// kinds are the types of JSON in words.
var kinds = map[string]string{
	"string": "a text", "number": "a number", "integer": "a whole number", "boolean": "true or false", "array": "a list", "object": "an object", "null": "no value",
}

func anyKind(types []string) string {
	var all []string
	for _, t := range types {
		all = append(all, kinds[t])
	}
	return strings.Join(all, " or ")
}

// quotes says that a number must be written as a text, where that is all.
func quotes(k *kind.Type, found any) string {
	if k.Got == "number" && slices.Equal(k.Want, []string{"string"}) {
		return `, such as "` + fmt.Sprint(found) + `"`
	}
	return ""
}

// larger says that letters are small that must be capital.
func larger(k *kind.Pattern) string {
	if upper := strings.ToUpper(k.Got); k.Want == "^[A-Z]{2}$" && len(upper) == 2 {
		return "; did you mean " + upper + "?"
	}
	return ""
}

// shown shows a value, cut where it is long.
func shown(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprint(v)
	}
	if r := []rune(string(b)); len(r) > 60 {
		return string(r[:60]) + "..."
	}
	return string(b)
}

// definition is the part of the schema that a URL points to.
func definition(url string) map[string]any {
	var whole any
	if json.Unmarshal(schema.Mapping(), &whole) != nil {
		return nil
	}
	if _, pointer, inside := strings.Cut(url, "#/"); inside {
		return fieldsIn(valueAt(whole, strings.Split(pointer, "/")))
	}
	return fieldsIn(whole)
}

func valueAt(v any, p steps) any {
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

func fieldsIn(v any) map[string]any {
	o, _ := v.(map[string]any)
	return o
}

func words(v any) []string {
	all, _ := v.([]any)
	var texts []string
	for _, item := range all {
		texts = append(texts, fmt.Sprint(item))
	}
	return texts
}
