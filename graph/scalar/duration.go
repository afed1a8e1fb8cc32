package scalar

import (
	"casus/internal/edtf"
	"casus/internal/kg"

	"github.com/99designs/gqlgen/graphql"
)

// MarshalDuration writes an ISO 8601 duration.
func MarshalDuration(d edtf.Duration) graphql.Marshaler { return graphql.MarshalString(d.String()) }

// UnmarshalDuration reads an ISO 8601 duration.
func UnmarshalDuration(v any) (edtf.Duration, error) {
	s, ok := v.(string)
	if !ok {
		return edtf.Duration{}, kg.Errorf(kg.BadInput, "duration %v is not a string such as \"P7D\"", v)
	}
	d, err := edtf.ParseDuration(s)
	if err != nil {
		return d, kg.Errorf(kg.BadInput, "%w", err)
	}
	return d, nil
}
