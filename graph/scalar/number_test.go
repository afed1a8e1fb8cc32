package scalar_test

import (
	"encoding/json"
	"math"
	"testing"

	"casus/graph/scalar"
	"casus/internal/kg"
)

func TestInt(t *testing.T) {
	for _, c := range []struct {
		v    any
		want int
	}{
		{2, 2}, {int64(-3), -3}, {int32(4), 4}, {2.0, 2}, {json.Number("7"), 7}, {json.Number("2.0"), 2},
		{json.Number("1e2"), 100}, {int64(math.MaxInt32), math.MaxInt32}, {int64(math.MinInt32), math.MinInt32},
	} {
		if got, err := scalar.UnmarshalInt(c.v); err != nil || got != c.want {
			t.Errorf("%v: %d, %v", c.v, got, err)
		}
	}
	for _, v := range []any{
		"2", "", nil, true, 2.5, json.Number("2.5"), json.Number("x"), int64(3_000_000_000), json.Number("3000000000"),
		int64(math.MinInt32 - 1), math.Inf(1), math.NaN(), []any{1},
	} {
		if got, err := scalar.UnmarshalInt(v); kg.CodeOf(err) != kg.BadInput {
			t.Errorf("%v: %d, %v", v, got, err)
		}
	}
}

func TestFloat(t *testing.T) {
	for _, v := range []any{1.5, json.Number("1.5")} {
		if got, err := scalar.UnmarshalFloat(v); err != nil || got != 1.5 {
			t.Errorf("%v: %v, %v", v, got, err)
		}
	}
	if got, err := scalar.UnmarshalFloat(int64(2)); err != nil || got != 2 {
		t.Errorf("%v, %v", got, err)
	}
	for _, v := range []any{"1.5", nil, true, math.NaN(), json.Number("1e999")} {
		if got, err := scalar.UnmarshalFloat(v); kg.CodeOf(err) != kg.BadInput {
			t.Errorf("%v: %v, %v", v, got, err)
		}
	}
}

func TestString(t *testing.T) {
	if got, err := scalar.UnmarshalString("2"); err != nil || got != "2" {
		t.Errorf("%q, %v", got, err)
	}
	for _, v := range []any{2, 2.0, json.Number("2"), true, nil} {
		if got, err := scalar.UnmarshalString(v); kg.CodeOf(err) != kg.BadInput {
			t.Errorf("%v: %q, %v", v, got, err)
		}
	}
}
