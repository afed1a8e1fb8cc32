package scalar

import (
	"casus/internal/kg"

	"github.com/99designs/gqlgen/graphql"
)

// MarshalDuration writes a stretch of the calendar in ISO 8601.
func MarshalDuration(d kg.Duration) graphql.Marshaler { return graphql.MarshalString(d.String()) }

// UnmarshalDuration reads an ISO 8601 duration.
func UnmarshalDuration(v any) (kg.Duration, error) {
	s, ok := v.(string)
	if !ok {
		return kg.Duration{}, kg.Errorf(kg.BadInput, "duration %v is not a string such as \"P7D\"", v)
	}
	d, err := kg.ParseDuration(s)
	if err != nil {
		return d, kg.Errorf(kg.BadInput, "%w", err)
	}
	return d, nil
}
