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
		{names, "", "Northland"},
		{names, "en", "Northland"},
		{names, "EN-gb", "Northland"},
		{names, "en_GB", "Northland"},
		{names, "uk-UA", "Північ"},
		{names, "de", "Nordland"}, // an alias in the language before a primary name in another
		{names, "fr", "Nord"},     // no kind is primary
		{names, "pl", "Northland"},
		{names, "e", "Northland"},
		{names[1:2], "pl", "Північ"},
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

func TestBestLabel(t *testing.T) {
	names := []kg.Name{
		{Value: "الشمال", Language: "ar", Kind: kg.NamePrimary},
		{Value: "North", Language: "en", Kind: kg.NameAlias},
		{Value: "Northland", Language: "en-GB", Kind: kg.NamePrimary},
		{Value: "Північ", Language: "uk", Kind: kg.NamePrimary},
	}
	for _, c := range []struct {
		names     []kg.Name
		languages []string
		want      kg.Label
	}{
		{names, nil, kg.Label{"Northland", "en-GB", kg.LeftToRight}},
		{names, []string{"de", "uk", "ar"}, kg.Label{"Північ", "uk", kg.LeftToRight}},
		{names, []string{"ar-EG"}, kg.Label{"الشمال", "ar", kg.RightToLeft}},
		{names, []string{"de"}, kg.Label{"Northland", "en-GB", kg.LeftToRight}},
		{names[:1], []string{"de"}, kg.Label{"الشمال", "ar", kg.RightToLeft}},
		{[]kg.Name{{Value: "-- 12 צפון"}}, nil, kg.Label{"-- 12 צפון", "", kg.RightToLeft}},
		{nil, []string{"uk"}, kg.Label{"actor:x", "", kg.LeftToRight}},
	} {
		got, err := kg.Actor{ID: "actor:x", Names: c.names}.Label(c.languages)
		if err != nil || got != c.want {
			t.Errorf("%q of %d names: %+v %v, want %+v", c.languages, len(c.names), got, err, c.want)
		}
		for _, language := range append(c.languages, "") { // name and label agree
			one, err := kg.BestLabel(c.names, []string{language}, "")
			if err != nil || one.Value != kg.BestName(c.names, language) {
				t.Errorf("%q: the label %q, the name %q", language, one.Value, kg.BestName(c.names, language))
			}
		}
	}
	if _, err := kg.BestLabel(names, make([]string, kg.MaxLabelLanguages+1), ""); kg.CodeOf(err) != kg.LimitExceeded {
		t.Errorf("too many languages: %v", err)
	}
	if got := kg.DirectionOf("42"); got != kg.LeftToRight {
		t.Errorf("digits are %s", got)
	}
}
