package sums_test

import (
	"fmt"
	"strings"
	"testing"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/kg/sums"

	"github.com/google/go-cmp/cmp"
)

// TestHistory follows what three sources say of one event.
func TestHistory(t *testing.T) {
	claim := func(id, day, document, claimant, until string, stance kg.Stance, f kg.Figure) kg.Claim {
		asserted, err := edtf.ParseTime(day)
		if err != nil {
			t.Fatal(err)
		}
		c := kg.Claim{
			ID: kg.ID("claim:" + id), Stance: stance, Document: kg.ID("document:" + document), AssertedAt: asserted,
			KnownTo: edtf.EndOfTime, Says: kg.Statement{Figures: []kg.Figure{f}},
		}
		for _, a := range strings.Fields(claimant) {
			c.Claimants = append(c.Claimants, kg.ID("actor:"+a))
		}
		if until != "" {
			end, err := edtf.ParseTime(until)
			if err != nil {
				t.Fatal(err)
			}
			c.KnownTo = end.Earliest
		}
		return c
	}
	killed := func(q kg.FigureQualifier, n int) kg.Figure {
		return kg.Figure{Kind: kg.FigureKilled, Population: kg.PopulationTotal, Qualifier: q, Best: &n}
	}
	got := []string{}
	for _, b := range sums.History([]kg.Claim{
		claim("6", "2025-03-04T10:00:00Z", "daily", "", "", kg.StanceAsserts, killed(kg.QualifierExact, 6)),
		claim("1", "2025-03-01T09:00:00Z", "daily", "", "2025-03-04T10:00:00Z", kg.StanceAsserts,
			killed(kg.QualifierAtLeast, 4)),
		claim("2", "2025-03-02T09:00:00Z", "daily", "", "", kg.StanceConfirms, killed(kg.QualifierExact, 7)),
		claim("5", "2025-03-02T12:00:00Z", "daily", "hospital", "", kg.StanceAsserts, killed(kg.QualifierExact, 7)),
		claim("10", "2025-03-03T12:00:00Z", "daily", "army hospital", "", kg.StanceAsserts, killed(kg.QualifierExact, 2)),
		claim("11", "2025-03-03T12:00:00Z", "daily", "hospital army", "", kg.StanceAsserts, killed(kg.QualifierExact, 3)),
		claim("7", "2025-03-02T12:00:00Z", "daily", "army", "", kg.StanceDenies, killed(kg.QualifierExact, 0)),
		claim("8", "2025-03-05T00:00:00Z", "weekly", "", "2025-03-05T00:00:00Z", kg.StanceAsserts,
			killed(kg.QualifierExact, 1)),
		claim("9", "2025-03-06T00:00:00Z", "weekly", "", "", kg.StanceAsserts, kg.Figure{
			Kind: kg.FigureDestroyed, Population: kg.PopulationTotal, Unit: "Tanks", Qualifier: kg.QualifierVague,
		}),
	}) {
		high := "-"
		if b.High != nil {
			high = fmt.Sprint(*b.High)
		}
		got = append(got, fmt.Sprintf("%s..%s %v %s %s: %d/%d/%s by %v", b.KnownFrom, b.KnownTo, b.Quantity, b.Document,
			b.Claimants, *b.Low, *b.Best, high, b.Claims))
	}
	want := []string{
		"2025-03-01T09:00:00Z..2025-03-02T09:00:00Z {KILLED TOTAL } document:daily []: 4/4/- by [claim:1]",
		"2025-03-02T09:00:00Z..2025-03-04T10:00:00Z {KILLED TOTAL } document:daily []: 4/7/- by [claim:1 claim:2]",
		"2025-03-02T12:00:00Z..infinity {KILLED TOTAL } document:daily [actor:hospital]: 7/7/7 by [claim:5]",
		"2025-03-03T12:00:00Z..infinity {KILLED TOTAL } document:daily [actor:army actor:hospital]: 2/3/3 " +
			"by [claim:10 claim:11]",
		"2025-03-04T10:00:00Z..infinity {KILLED TOTAL } document:daily []: 6/6/7 by [claim:2 claim:6]",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
}
