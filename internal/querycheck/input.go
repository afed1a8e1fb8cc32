package querycheck

import (
	"fmt"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator"
)

// Input validates a value against an input type, like a variable of that type, and returns it with defaults filled in
// and single values converted to lists where the type is a list. The error names the place in the value.
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
		return nil, variableError(err)
	}
	return values[kind], nil
}
