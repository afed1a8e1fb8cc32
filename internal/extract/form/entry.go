package form

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
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

// checkEntry returns the refusal of an entry that does not match its schema, would lose something when it is decoded,
// has a text that is blank or too long, or has a name of the instructions' example.
func checkEntry(list string, raw json.RawMessage) *Refusal {
	if len(raw) > maxEntryBytes {
		return &Refusal{Cause: tooLong(len(raw), maxEntryBytes)}
	}
	if faults := strictjson.Check(raw); faults != nil {
		return &Refusal{
			Field: faults[0].Pointer, Cause: faulty(InvalidJSON, faults[0].Reason), Found: faults[0].Found,
		}
	}
	schemas, err := entrySchemas()
	if err != nil {
		return &Refusal{Cause: faulty(Mismatch, err.Error())}
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		return &Refusal{Cause: faulty(InvalidJSON, err.Error())}
	}
	if err := schemas[list].Validate(value); err != nil {
		return violation(err)
	}
	return checkTexts(value, "")
}

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
