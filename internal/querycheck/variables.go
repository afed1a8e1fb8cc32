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

	"casus/internal/strictjson"
)

// jsonScalars are the scalars whose values are JSON numbers or booleans. The values of all other scalars are strings.
var jsonScalars = []string{"Int", "Float", "Boolean", "Latitude", "Longitude"}

// Variables returns the initial values, overridden by assignments of the form name=value. The declared type determines
// how an assigned value is read: as JSON for numbers, booleans, lists and objects, otherwise as the string itself, so
// that an EDTF year or a name needs no quotes. A list of strings may be a single bare value.
func Variables(op *ast.OperationDefinition, initial map[string]any, assignments []string) (map[string]any, error) {
	values := maps.Clone(initial)
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
		value, err := parseValue(declared, text)
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

// CheckVariables returns an error unless the values fit the types that the operation declares.
func CheckVariables(schema *ast.Schema, op *ast.OperationDefinition, values map[string]any) error {
	if _, err := validator.VariableValues(schema, op, values); err != nil {
		return fmt.Errorf("variable %w", variableError(err))
	}
	return nil
}

// variableError returns the first error of the validator, with its path in the variables.
func variableError(err error) error {
	e := errorsOf(err)[0]
	return errors.New(strings.TrimSpace(strings.TrimPrefix(e.Path.String(), "variable.") + " " + e.Message))
}

// parseValue returns the value of an assignment by the declared type.
func parseValue(declared *ast.VariableDefinition, text string) (any, error) {
	kind := declared.Type
	list := kind.Elem != nil
	for kind.Elem != nil {
		kind = kind.Elem
	}
	object := declared.Definition != nil && declared.Definition.Kind == ast.InputObject
	isText := !object && !slices.Contains(jsonScalars, kind.NamedType)
	if isText && (!list || !strings.HasPrefix(strings.TrimSpace(text), "[")) {
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
			err = errors.New("unexpected text after the value")
		}
	}
	if err != nil {
		return nil, fmt.Errorf("variable %s of type %s: invalid JSON %q: %w", declared.Variable, declared.Type, text, err)
	}
	if faults := strictjson.Check([]byte(text)); len(faults) > 0 {
		return nil, fmt.Errorf("variable %s: %w", declared.Variable, faults[0])
	}
	return strictjson.WholeNumbers(value), nil
}

// undeclared returns the error for a variable that the operation does not declare, with the nearest declared name.
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
		return fmt.Errorf("the query declares no variables, so $%s is unused", name)
	}
	return fmt.Errorf("the query declares no variable $%s, only %s", name, strings.Join(declared, ", "))
}
