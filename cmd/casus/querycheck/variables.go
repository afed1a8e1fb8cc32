package querycheck

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator"
)

// numeric are the scalars whose values are written as JSON numbers or truth values; those of all others are text.
var numeric = []string{"Int", "Float", "Boolean", "Latitude", "Longitude"}

// Variables reads values given as text ("k=v") by the types that the operation declares, over those given as JSON. A
// value is JSON where its type takes a number, a truth value, a list or an object; else it is the text itself, so that
// an EDTF year or a name needs no quotes. A list of text may be one bare value.
func Variables(op *ast.OperationDefinition, given map[string]any, assignments []string) (map[string]any, error) {
	values := maps.Clone(given)
	if values == nil {
		values = map[string]any{}
	}
	for _, a := range assignments {
		name, text, ok := strings.Cut(a, "=")
		name = strings.TrimPrefix(strings.TrimSpace(name), "$")
		if !ok || name == "" {
			return nil, fmt.Errorf("variable %q is not of the form name=value", a)
		}
		declared := op.VariableDefinitions.ForName(name)
		if declared == nil {
			return nil, undeclared(op, name)
		}
		value, err := read(declared, text)
		if err != nil {
			return nil, err
		}
		values[name] = value
	}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if op.VariableDefinitions.ForName(name) == nil {
			return nil, undeclared(op, name)
		}
	}
	return values, nil
}

// CheckVariables says whether the values fit the declared types.
func CheckVariables(schema *ast.Schema, op *ast.OperationDefinition, values map[string]any) error {
	if _, err := validator.VariableValues(schema, op, values); err != nil {
		return fmt.Errorf("variable %w", fault(err))
	}
	return nil
}

// fault says where in the variables something is wrong, and what.
func fault(err error) error {
	e := each(err)[0]
	return errors.New(strings.TrimSpace(strings.TrimPrefix(e.Path.String(), "variable.") + " " + e.Message))
}

func read(declared *ast.VariableDefinition, text string) (any, error) {
	kind := declared.Type
	list := kind.Elem != nil
	for kind.Elem != nil {
		kind = kind.Elem
	}
	object := declared.Definition != nil && declared.Definition.Kind == ast.InputObject
	textual := !object && !slices.Contains(numeric, kind.NamedType)
	if textual && !(list && strings.HasPrefix(strings.TrimSpace(text), "[")) {
		if text == "null" && !declared.Type.NonNull {
			return nil, nil
		}
		return text, nil
	}
	d := json.NewDecoder(bytes.NewReader([]byte(text)))
	d.UseNumber()
	var value any
	err := d.Decode(&value)
	if err == nil {
		if _, more := d.Token(); more != io.EOF {
			err = fmt.Errorf("something follows it")
		}
	}
	if err != nil {
		return nil, fmt.Errorf("variable %s is of type %s, and %q is no JSON: %w", declared.Variable, declared.Type, text, err)
	}
	return value, nil
}

func undeclared(op *ast.OperationDefinition, name string) error {
	var declared []string
	nearest, distance := "", 3
	for _, d := range op.VariableDefinitions {
		declared = append(declared, "$"+d.Variable)
		if n := levenshtein.ComputeDistance(name, d.Variable); n < distance {
			nearest, distance = d.Variable, n
		}
	}
	switch {
	case nearest != "":
		return fmt.Errorf("the query declares no variable $%s; did you mean $%s?", name, nearest)
	case len(declared) == 0:
		return fmt.Errorf("the query declares no variables, so $%s has no use", name)
	}
	return fmt.Errorf("the query declares no variable $%s, only %s", name, strings.Join(declared, ", "))
}
