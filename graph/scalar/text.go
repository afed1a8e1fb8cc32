package scalar

import (
	"strings"

	"casus/internal/kg"

	"github.com/99designs/gqlgen/graphql"
)

// MarshalString writes a string or an enum value. "" is null, because it means absent in the domain.
func MarshalString(s string) graphql.Marshaler {
	if s == "" {
		return graphql.Null
	}
	return graphql.MarshalString(s)
}

// UnmarshalString reads a string. A number or a boolean is an error.
func UnmarshalString(v any) (string, error) {
	s, ok := v.(string)
	if !ok {
		return "", kg.Errorf(kg.BadInput, "String cannot represent %s: write it in quotation marks", shown(v))
	}
	return s, nil
}

// MarshalURL writes an address with http or https; anything else is null.
func MarshalURL(s string) graphql.Marshaler { return MarshalString(kg.AddressOrNone(s)) }

// UnmarshalURL reads an address without checking it.
func UnmarshalURL(v any) (string, error) { return UnmarshalString(v) }

// MarshalCountryCode writes an ISO 3166-1 alpha-2 code; "" is null.
func MarshalCountryCode(s string) graphql.Marshaler { return MarshalString(s) }

// UnmarshalCountryCode reads an ISO 3166-1 alpha-2 code in either case.
func UnmarshalCountryCode(v any) (string, error) {
	s, _ := v.(string)
	upper := strings.ToUpper(s)
	if len(upper) != 2 || upper[0] < 'A' || upper[0] > 'Z' || upper[1] < 'A' || upper[1] > 'Z' {
		return "", kg.Errorf(kg.BadInput, "country %q is not an ISO 3166-1 alpha-2 code such as UA", v)
	}
	return upper, nil
}

// MarshalNameKind writes a kind of name; "" is PRIMARY.
func MarshalNameKind(k kg.NameKind) graphql.Marshaler {
	if k == "" {
		k = kg.NamePrimary
	}
	return graphql.MarshalString(string(k))
}

// UnmarshalNameKind reads a kind of name.
func UnmarshalNameKind(v any) (kg.NameKind, error) {
	s, err := UnmarshalString(v)
	return kg.NameKind(s), err
}
