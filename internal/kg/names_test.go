package kg_test

import (
	"testing"

	"casus/internal/kg"
)

func TestBestName(t *testing.T) {
	names := []kg.Name{
		{Value: "weak", Language: "en", Kind: kg.NameWeak},
		{Value: "Північ", Language: "uk", Kind: kg.NamePrimary},
		{Value: "Northland", Language: "en", Kind: kg.NamePrimary},
		{Value: "Nordland", Language: "de-AT", Kind: kg.NameAlias},
		{Value: "Nord", Language: "fr"},
	}
	tests := []struct {
		names    []kg.Name
		language string
		want     string
	}{
		{names, "", "Північ"},
		{names, "en", "Northland"},
		{names, "EN-gb", "Northland"},
		{names, "en_GB", "Northland"},
		{names, "uk-UA", "Північ"},
		{names, "de", "Nordland"}, // an alias in the language before a primary name in another
		{names, "fr", "Nord"},     // no kind is primary
		{names, "pl", "Північ"},
		{names, "e", "Північ"},
		{names[:1], "pl", "weak"},
		{nil, "en", ""},
		{[]kg.Name{{Value: "a", Kind: kg.NameWeak}, {Value: "b", Kind: kg.NameAlias}}, "", "a"},
	}
	for _, tt := range tests {
		if got := kg.BestName(tt.names, tt.language); got != tt.want {
			t.Errorf("%q of %d names: %q, want %q", tt.language, len(tt.names), got, tt.want)
		}
	}
	if got := kg.NameKey([]kg.Name{{Value: "x", Kind: kg.NameAlias}, {Value: "  ÉTAT Ё"}}); got != "etat е" {
		t.Errorf("key %q", got)
	}
}
