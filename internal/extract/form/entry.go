package form

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"golang.org/x/text/language"
	"golang.org/x/text/message"

	"casus/internal/kg"
	"casus/internal/strictjson"
	"casus/internal/text"
)

// maxEntryBytes bounds an entry, so that each of its texts has room in a record.
const maxEntryBytes = kg.MaxTextBytes

const schemaURL = "urn:casus:form:" + Version

// entrySchemas are the compiled schemas of the entries, by list.
var entrySchemas = sync.OnceValues(func() (map[string]*jsonschema.Schema, error) {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(Schema()))
	if err != nil {
		return nil, err
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource(schemaURL, doc); err != nil {
		return nil, err
	}
	all := map[string]*jsonschema.Schema{}
	for _, list := range Lists() {
		if all[list], err = c.Compile(schemaURL + "#/properties/" + list + "/items"); err != nil {
			return nil, err
		}
	}
	return all, nil
})

// checkEntry returns an entry to decode, in which an empty text of an optional field is null. It returns the refusal of
// an entry that does not match its schema, would lose something when it is decoded, has a text that is blank or too
// long, or has a name of the instructions' example.
func checkEntry(list string, raw json.RawMessage) (json.RawMessage, *Refusal) {
	if len(raw) > maxEntryBytes {
		return nil, &Refusal{Cause: tooLong(len(raw), maxEntryBytes)}
	}
	if faults := strictjson.Check(raw); faults != nil {
		return nil, &Refusal{
			Field: faults[0].Pointer, Cause: faulty(InvalidJSON, faults[0].Reason), Found: faults[0].Found,
		}
	}
	schemas, err := entrySchemas()
	if err != nil {
		return nil, &Refusal{Cause: faulty(Mismatch, err.Error())}
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		return nil, &Refusal{Cause: faulty(InvalidJSON, err.Error())}
	}
	if emptyToNull(value) {
		if raw, err = json.Marshal(value); err != nil {
			return nil, &Refusal{Cause: faulty(InvalidJSON, err.Error())}
		}
	}
	if err := schemas[list].Validate(value); err != nil {
		return nil, violation(err)
	}
	return raw, checkTexts(value, "")
}

// optionalFields are the names of the fields that may be null. A name is optional in all entries or in none.
var optionalFields = sync.OnceValue(func() map[string]bool {
	names := map[string]bool{}
	var add func(t reflect.Type)
	add = func(t reflect.Type) {
		for t.Kind() == reflect.Slice {
			t = t.Elem()
		}
		if t.Kind() != reflect.Struct {
			return
		}
		for f := range t.Fields() {
			if f.Type.Kind() == reflect.Pointer {
				names[f.Tag.Get("json")] = true
			}
			add(f.Type)
		}
	}
	add(reflect.TypeFor[Form]())
	return names
})

// emptyToNull sets empty texts of optional fields to null, and reports whether there are any.
func emptyToNull(value any) (changed bool) {
	switch v := value.(type) {
	case []any:
		for _, element := range v {
			changed = emptyToNull(element) || changed
		}
	case map[string]any:
		for name, element := range v {
			if element == "" && optionalFields()[name] {
				v[name], changed = nil, true
				continue
			}
			changed = emptyToNull(element) || changed
		}
	}
	return changed
}

// undecoded returns the refusal of an entry that matches the form and has a number that is too large.
func undecoded(err error) Refusal {
	var broken *json.UnmarshalTypeError
	if !errors.As(err, &broken) {
		return Refusal{Cause: faulty(Mismatch, err.Error())}
	}
	return Refusal{
		Field: "/" + strings.ReplaceAll(broken.Field, ".", "/"), Cause: faulty(Mismatch, "a number is out of range"),
		Found: kg.CutText(strings.TrimPrefix(broken.Value, "number "), maxShownNumber),
	}
}

// maxShownNumber bounds the digits of a number that a refusal shows.
const maxShownNumber = 40

// violation returns the refusal of an entry that does not match its schema: its first faults by their places.
func violation(err error) *Refusal {
	var broken *jsonschema.ValidationError
	if !errors.As(err, &broken) {
		return &Refusal{Cause: faulty(Mismatch, err.Error())}
	}
	var all []string
	var visit func(e *jsonschema.ValidationError)
	visit = func(e *jsonschema.ValidationError) {
		if len(e.Causes) == 0 {
			at := "/" + strings.Join(e.InstanceLocation, "/")
			all = append(all, at+": "+e.ErrorKind.LocalizedString(message.NewPrinter(language.English)))
		}
		for _, c := range e.Causes {
			visit(c)
		}
	}
	visit(broken)
	slices.Sort(all)
	return &Refusal{Cause: faulty(Mismatch, strings.Join(all[:min(len(all), 5)], "; "))}
}

// checkTexts returns the refusal of a faulty text anywhere in a value.
func checkTexts(value any, at string) *Refusal {
	switch v := value.(type) {
	case string:
		switch {
		case text.IsBlank(v):
			return &Refusal{Field: at, Cause: NewCause(Blank, nil)}
		case len(v) > kg.MaxNameBytes && at != "/words":
			return &Refusal{Field: at, Cause: tooLong(len(v), kg.MaxNameBytes)}
		}
		if name := exampleIn(v); name != "" {
			return &Refusal{Field: at, Cause: NewCause(ExampleName, nil), Found: name}
		}
	case []any:
		for i, element := range v {
			if r := checkTexts(element, fmt.Sprintf("%s/%d", at, i)); r != nil {
				return r
			}
		}
	case map[string]any:
		for _, name := range sortedKeys(v) {
			if r := checkTexts(v[name], at+"/"+name); r != nil {
				return r
			}
		}
	}
	return nil
}

func sortedKeys(m map[string]any) []string {
	var names []string
	for name := range m {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
