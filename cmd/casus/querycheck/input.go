package querycheck

import (
	"fmt"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator"
)

// Input checks a value against a type of input, as a variable of that type would be, and gives it with single values made
// lists and defaults filled in. The error says where in the value the fault is.
func Input(schema *ast.Schema, kind string, value any) (any, error) {
	def := schema.Types[kind]
	if def == nil {
		return nil, fmt.Errorf("the schema has no type %s", kind)
	}
	op := &ast.OperationDefinition{Operation: ast.Query, VariableDefinitions: ast.VariableDefinitionList{
		{Variable: kind, Type: ast.NonNullNamedType(kind, nil), Definition: def},
	}}
	values, err := validator.VariableValues(schema, op, map[string]any{kind: value})
	if err != nil {
		return nil, fault(err)
	}
	return values[kind], nil
}
