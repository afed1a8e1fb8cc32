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

// maxFaults is the number of errors reported for a file.
const maxFaults = 20

// compiledSchema returns the compiled JSON Schema of mapping files.
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

// validate checks a mapping file against its schema. The error is BAD_INPUT and has a line for each fault, in file
// order: its place, the value found, and the values allowed.
func validate(file string, source []byte) error {
	parsed, err := parser.ParseBytes(source, 0)
	if err != nil {
		return yamlError(file, err)
	}
	if err := checkAliases(file, parsed); err != nil {
		return err
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
		return kg.Errorf(kg.Internal, "invalid mapping schema: %w", err)
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
		return cmp.Or(cmp.Compare(a.line, b.line), cmp.Compare(a.column, b.column),
			strings.Compare(a.message, b.message))
	})
	return kg.Errorf(kg.BadInput, "%s", joinLimited(file, slices.Compact(formatErrors(file, all))))
}

// yamlError converts a YAML error to BAD_INPUT with the file, line and column.
func yamlError(file string, err error) error {
	var fault yaml.Error
	if errors.As(err, &fault) && fault.GetToken() != nil && fault.GetToken().Position != nil {
		p := fault.GetToken().Position
		return kg.Errorf(kg.BadInput, "%s:%d:%d: %s", file, p.Line, p.Column, fault.GetMessage())
	}
	return kg.Errorf(kg.BadInput, "%s: %s", file, strings.TrimSpace(yaml.FormatError(err, false, false)))
}

// withPosition adds the line and column to an error whose text begins with a place in the file.
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

// formatErrors returns a line of text for each error.
func formatErrors(file string, all []schemaError) []string {
	texts := make([]string, len(all))
	for i, w := range all {
		at := file
		if w.line > 0 {
			at = fmt.Sprintf("%s:%d:%d", file, w.line, w.column)
		}
		if place := w.path.String(); place != "" {
			at += ": " + place
		}
		texts[i] = at + ": " + w.message
	}
	return texts
}

// joinLimited joins at most maxFaults lines and adds how many more there are.
func joinLimited(file string, texts []string) string {
	if more := len(texts) - maxFaults; more > 0 {
		texts = append(texts[:maxFaults:maxFaults], fmt.Sprintf("%s: %d more errors", file, more))
	}
	return strings.Join(texts, "\n")
}

// leaves returns the innermost causes of an error. The schema has no anyOf or oneOf, so each of them is a fault.
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
