package store_test

import (
	"fmt"
	"slices"
	"testing"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/kg/sums"
	"casus/internal/store"
)

func TestFacetCounter(t *testing.T) {
	one := 1
	count := func() *store.FacetCounter {
		c := store.NewFacetCounter(store.FacetActor)
		c.Add("actor:b", 2, sums.Part{})
		c.Add("", 2, partOf(t, one, &one))
		c.Add("actor:c", 5, sums.Part{})
		c.Add("actor:a", 1, partOf(t, one, nil))
		c.Add("actor:a", 1, partOf(t, one, &one))
		c.Add("actor:d", 0, sums.Part{})
		return c
	}
	for top, want := range map[int][]string{
		1: {"actor:c 5", " 2"}, 2: {"actor:c 5", " 2", "actor:a 2"}, 9: {"actor:c 5", " 2", "actor:a 2", "actor:b 2"},
	} {
		f := count().Facet(top)
		var got []string
		for _, g := range f.Groups {
			got = append(got, fmt.Sprintf("%s %d", g.Key, g.Events))
		}
		if !slices.Equal(got, want) || f.Distinct != 3 || f.Field != store.FacetActor {
			t.Errorf("top %d: %q of %d by %s, want %q of 3", top, got, f.Distinct, f.Field, want)
		}
	}
	a := count().Facet(9).Groups[2]
	if got := show(a.Sums.Of(kg.KilledPeople)); a.Key != "actor:a" || got != "2/2/-" {
		t.Errorf("the sum of %s is %s, want 2/2/- for actor:a", a.Key, got)
	}
}

func TestYearKey(t *testing.T) {
	for value, want := range map[string]string{
		"2025-12-31": "2025", "2025-12-31T23:59:59Z": "2025", "2026-01-01T00:30:00+02:00": "2025",
		"202X": "2020", "2025/..": "2025", "../2025": "", "XXXX": "",
		"0000": "0000", "-0044-03-15": "-0044", "0033": "0033", "Y17000": "Y17000", "Y-17000": "Y-17000",
		"1969-12-31": "1969", "1970": "1970",
	} {
		parsed, err := edtf.ParseTime(value)
		if err != nil {
			t.Fatal(err)
		}
		got := store.YearKey(parsed, nil)
		if got != want {
			t.Errorf("the year of %s is %q, want %q", value, got, want)
		}
		if _, err := edtf.ParseTime(got); got != "" && err != nil {
			t.Errorf("%s: %v", got, err)
		}
	}
}
