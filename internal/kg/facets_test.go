package kg_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"casus/internal/kg"

	"github.com/google/go-cmp/cmp"
)

func TestFacetCounter(t *testing.T) {
	one := 1
	count := func() *kg.FacetCounter {
		c := kg.NewFacetCounter(kg.FacetActor)
		c.Add("actor:b", 2, nil)
		c.Add("", 2, &kg.Estimate{Low: &one, High: &one})
		c.Add("actor:c", 5, nil)
		c.Add("actor:a", 1, &kg.Estimate{Low: &one})
		c.Add("actor:a", 1, &kg.Estimate{Low: &one, High: &one})
		c.Add("actor:d", 0, nil)
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
		if !slices.Equal(got, want) || f.Distinct != 3 || f.Field != kg.FacetActor {
			t.Errorf("top %d: %q of %d by %s, want %q of 3", top, got, f.Distinct, f.Field, want)
		}
	}
	if a := count().Facet(9).Groups[2]; a.Key != "actor:a" || a.Killed == nil || *a.Killed.Low != 2 || a.Killed.High != nil {
		t.Errorf("the toll of actor:a is %+v", a.Killed)
	}
}

func TestYearKey(t *testing.T) {
	for edtf, want := range map[string]string{
		"2025-12-31": "2025", "2025-12-31T23:59:59Z": "2025", "2026-01-01T00:30:00+02:00": "2025", "202X": "2020", "2025/..": "2025", "../2025": "", "XXXX": "",
		"0000": "0000", "-0044-03-15": "-0044", "0033": "0033", "Y17000": "Y17000", "Y-17000": "Y-17000", "1969-12-31": "1969", "1970": "1970",
	} {
		parsed, err := kg.ParseTime(edtf)
		if err != nil {
			t.Fatal(err)
		}
		got := kg.YearKey(parsed.Earliest)
		if got != want {
			t.Errorf("%s is of year %q, want %q", edtf, got, want)
		}
		if _, err := kg.ParseTime(got); got != "" && err != nil {
			t.Errorf("%s: %v", got, err)
		}
	}
}

// TestTollSums compares sums with tolls that are added one by one.
func TestTollSums(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for range 2000 {
		var s kg.TollSums
		var want *kg.Estimate
		s.Agreed = true
		for range r.IntN(4) {
			number := func(percent int) *int {
				n := r.IntN(20)
				if r.IntN(100) >= percent {
					return nil
				}
				return &n
			}
			e := &kg.Estimate{Low: number(95), Best: number(70), High: number(80), Agreed: r.IntN(4) > 0}
			if e.Low == nil {
				e.Best = nil // a toll without a low has no best, see Figure.Estimate
			}
			want = want.Plus(e)
			s.Tolls++
			s.Agreed = s.Agreed && e.Agreed
			if e.Low != nil {
				s.Low, s.Lows = s.Low+*e.Low, s.Lows+1
			}
			switch {
			case e.Best != nil:
				s.Best, s.Bests, s.Own = s.Best+*e.Best, s.Bests+1, s.Own+1
			case e.Low != nil:
				s.Best, s.Bests = s.Best+*e.Low, s.Bests+1
			}
			if e.High != nil {
				s.High, s.Highs = s.High+*e.High, s.Highs+1
			}
		}
		if d := cmp.Diff(want, s.Estimate()); d != "" {
			t.Fatalf("of %+v (-added +summed)\n%s", s, d)
		}
	}
}
