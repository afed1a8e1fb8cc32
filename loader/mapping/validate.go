package mapping

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/parser"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"casus/internal/kg"
	"casus/schema"
)

const schemaURL = "urn:casus:mapping:1"

// maxFaults is how many faults of a file are told.
const maxFaults = 20

// compiledSchema is the schema of mapping files, as JSON and compiled.
var compiledSchema = sync.OnceValues(func() (*jsonschema.Schema, error) {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(schema.Mapping()))
	if err != nil {
		return nil, err
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource(schemaURL, doc); err != nil {
		return nil, err
	}
	return c.Compile(schemaURL)
})

// validate checks a mapping file against its schema. The error is BAD_INPUT and has a line for each fault, in the order of
// the file: where it is, what is found, and what may stand there.
func validate(file string, source []byte) error {
	parsed, err := parser.ParseBytes(source, 0)
	if err != nil {
		return yamlError(file, err)
	}
	var value any
	if err := yaml.Unmarshal(source, &value); err != nil {
		return yamlError(file, err)
	}
	if value == nil {
		return kg.Errorf(kg.BadInput, "%s: the file is empty", file)
	}
	s, err := compiledSchema()
	if err != nil {
		return kg.Errorf(kg.Internal, "the schema of mapping files is broken: %w", err)
	}
	err = s.Validate(value)
	var found *jsonschema.ValidationError
	switch {
	case err == nil:
		return nil
	case !errors.As(err, &found):
		return kg.Errorf(kg.BadInput, "%s: %w", file, err)
	}
	doc := newYAMLDocument(parsed)
	var all []schemaError
	for _, leaf := range leaves(found) {
		all = append(all, explain(leaf, value)...)
	}
	for i, w := range all {
		if p := doc.position(w.path, w.onKey); p != nil {
			all[i].line, all[i].column = p.Line, p.Column
		}
	}
	slices.SortFunc(all, func(a, b schemaError) int {
		return cmp.Or(cmp.Compare(a.line, b.line), cmp.Compare(a.column, b.column), strings.Compare(a.message, b.message))
	})
	return kg.Errorf(kg.BadInput, "%s", joinLimited(file, slices.Compact(formatErrors(file, all))))
}

// yamlError tells why a file is no YAML, or no such YAML as may be.
func yamlError(file string, err error) error {
	var fault yaml.Error
	if errors.As(err, &fault) && fault.GetToken() != nil && fault.GetToken().Position != nil {
		p := fault.GetToken().Position
		return kg.Errorf(kg.BadInput, "%s:%d:%d: %s", file, p.Line, p.Column, fault.GetMessage())
	}
	return kg.Errorf(kg.BadInput, "%s: %s", file, strings.TrimSpace(yaml.FormatError(err, false, false)))
}

// withPosition tells an error of a place in the file, with which its text begins, by the line too.
func withPosition(file string, source []byte, err error) error {
	place, _, _ := strings.Cut(err.Error(), ": ")
	parsed, e := parser.ParseBytes(source, 0)
	if p := parsePath(place); e == nil && len(p) > 0 && p.String() == place {
		if at := newYAMLDocument(parsed).position(p, false); at != nil {
			return kg.Errorf(kg.BadInput, "%s:%d:%d: %w", file, at.Line, at.Column, err)
		}
	}
	return kg.Errorf(kg.BadInput, "%s: %w", file, err)
}

func formatErrors(file string, all []schemaError) []string {
	told := make([]string, len(all))
	for i, w := range all {
		at := file
		if w.line > 0 {
			at = fmt.Sprintf("%s:%d:%d", file, w.line, w.column)
		}
		if place := w.path.String(); place != "" {
			at += ": " + place
		}
		told[i] = at + ": " + w.message
	}
	return told
}

func joinLimited(file string, told []string) string {
	if more := len(told) - maxFaults; more > 0 {
		told = append(told[:maxFaults:maxFaults], fmt.Sprintf("%s: there are %d more faults", file, more))
	}
	return strings.Join(told, "\n")
}

// leaves are the faults themselves. The schema has no alternatives of which one must hold, so that each is a fault.
func leaves(e *jsonschema.ValidationError) []*jsonschema.ValidationError {
	if len(e.Causes) == 0 {
		return []*jsonschema.ValidationError{e}
	}
	var all []*jsonschema.ValidationError
	for _, c := range e.Causes {
		all = append(all, leaves(c)...)
	}
	return all
}
