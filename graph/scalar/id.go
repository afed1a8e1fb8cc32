// Package scalar reads and writes the schema's scalars. Invalid values are errors with code BAD_INPUT.
package scalar

import (
	"casus/internal/kg"

	"github.com/99designs/gqlgen/graphql"
)

// MarshalID writes a global id.
func MarshalID(id kg.ID) graphql.Marshaler { return graphql.MarshalID(string(id)) }

// UnmarshalID reads a global id and checks its syntax.
func UnmarshalID(v any) (kg.ID, error) {
	s, ok := v.(string)
	if !ok {
		return "", kg.Errorf(kg.BadInput, "id %v is not a string such as \"actor:zelensky\"", v)
	}
	return kg.ID(s), kg.ID(s).Check()
}
