package scalar

import (
	"casus/internal/edtf"
	"casus/internal/kg"

	"github.com/99designs/gqlgen/graphql"
)

// MarshalDateTime writes a moment as RFC 3339 in UTC; open and unknown ends are null.
func MarshalDateTime(i edtf.Instant) graphql.Marshaler {
	if !i.Bounded() {
		return graphql.Null
	}
	return graphql.MarshalString(i.String())
}

// UnmarshalDateTime reads a moment of knowledge: RFC 3339, or an EDTF value, which means its end.
func UnmarshalDateTime(v any) (edtf.Instant, error) {
	s, ok := v.(string)
	if !ok {
		return 0, kg.Errorf(kg.BadInput, "%v is not a moment such as \"2025-12-20T18:00:00Z\"", v)
	}
	i, err := edtf.ParseMoment(s)
	if err != nil {
		return 0, kg.Errorf(kg.BadInput, "%w", err)
	}
	return i, nil
}

// MarshalEDTF writes a time in the Extended Date/Time Format.
func MarshalEDTF(t edtf.Time) graphql.Marshaler { return MarshalString(t.EDTF) }

// UnmarshalEDTF reads a time in the Extended Date/Time Format.
func UnmarshalEDTF(v any) (edtf.Time, error) {
	s, ok := v.(string)
	if !ok {
		return edtf.Time{}, kg.Errorf(kg.BadInput,
			"%v is not a time such as \"2025-12-20\" or \"2025-12\": write it as a string", v)
	}
	t, err := edtf.ParseTime(s)
	if err != nil {
		return edtf.Time{}, kg.Errorf(kg.BadInput, "%w", err)
	}
	return t, nil
}

// MarshalEDTFText writes a time that is stored as text.
func MarshalEDTFText(s string) graphql.Marshaler { return MarshalString(s) }

// UnmarshalEDTFText reads a time and returns its text.
func UnmarshalEDTFText(v any) (string, error) {
	t, err := UnmarshalEDTF(v)
	return t.EDTF, err
}
