package scalar

import (
	"math"

	"casus/internal/kg"

	"github.com/99designs/gqlgen/graphql"
)

// MarshalLatitude writes degrees north.
func MarshalLatitude(v float64) graphql.Marshaler { return graphql.MarshalFloat(v) }

// UnmarshalLatitude reads degrees north, -90..90.
func UnmarshalLatitude(v any) (float64, error) { return degrees("latitude", v, 90) }

// MarshalLongitude writes degrees east.
func MarshalLongitude(v float64) graphql.Marshaler { return graphql.MarshalFloat(v) }

// UnmarshalLongitude reads degrees east, -180..180.
func UnmarshalLongitude(v any) (float64, error) { return degrees("longitude", v, 180) }

func degrees(name string, v any, limit float64) (float64, error) {
	f, err := graphql.UnmarshalFloat(v)
	if _, text := v.(string); text || err != nil || v == nil {
		return 0, kg.Errorf(kg.BadInput, "%s %v is not a number of degrees", name, v)
	}
	if !(math.Abs(f) <= limit) {
		return 0, kg.Errorf(kg.BadInput, "%s %v is not in -%v..%v degrees", name, f, limit, limit)
	}
	return f, nil
}
