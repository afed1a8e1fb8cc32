package scalar

import (
	"encoding/json"
	"math"
	"strconv"

	"casus/internal/kg"

	"github.com/99designs/gqlgen/graphql"
)

// MarshalInt writes a whole number.
func MarshalInt(i int) graphql.Marshaler { return graphql.MarshalInt(i) }

// UnmarshalInt reads a whole number of 32 bits, which a variable may write as 2.0. A string is an error.
func UnmarshalInt(v any) (int, error) {
	f := math.NaN()
	switch v := v.(type) {
	case int:
		f = float64(v)
	case int32:
		f = float64(v)
	case int64:
		f = float64(v)
	case float64:
		f = v
	case json.Number:
		if n, err := v.Float64(); err == nil {
			f = n
		}
	}
	switch {
	case f != math.Trunc(f): // or NaN
		return 0, kg.Errorf(kg.BadInput, "Int cannot represent %s: it is not a whole number such as 20", shown(v))
	case f < math.MinInt32 || f > math.MaxInt32:
		return 0, kg.Errorf(kg.BadInput, "Int cannot represent %s: it is not in %d..%d",
			shown(v), math.MinInt32, math.MaxInt32)
	}
	return int(f), nil
}

// MarshalFloat writes a number.
func MarshalFloat(f float64) graphql.Marshaler { return graphql.MarshalFloat(f) }

// UnmarshalFloat reads a finite number. A string is an error.
func UnmarshalFloat(v any) (float64, error) {
	f, err := graphql.UnmarshalFloat(v)
	if _, text := v.(string); text || err != nil || v == nil || math.IsInf(f, 0) || math.IsNaN(f) {
		return 0, kg.Errorf(kg.BadInput, "Float cannot represent %s: it is not a number such as 1.5", shown(v))
	}
	return f, nil
}

// shown returns a value as GraphQL writes it.
func shown(v any) string {
	switch v := v.(type) {
	case string:
		return strconv.Quote(v)
	case nil:
		return "null"
	}
	b, err := json.Marshal(v)
	if err != nil {
		return "the value"
	}
	return string(b)
}
