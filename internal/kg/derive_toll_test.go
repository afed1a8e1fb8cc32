package kg_test

import (
	"fmt"
	"testing"

	"casus/internal/kg"
)

// show formats an estimate as low/best/high, with a dash for an absent number, and an exclamation mark if the claims
// disagree.
func show(e *kg.Estimate) string {
	if e == nil {
		return "none"
	}
	n := func(i *int) string {
		if i == nil {
			return "-"
		}
		return fmt.Sprint(*i)
	}
	s := n(e.Low) + "/" + n(e.Best) + "/" + n(e.High)
	if !e.Agreed {
		s += "!"
	}
	return s
}

func TestFigureEstimate(t *testing.T) {
	tests := []struct {
		figure kg.Figure
		want   string
	}{
		{kg.Figure{Qualifier: kg.QualifierExact, Best: ref(5)}, "5/5/5"},
		{kg.Figure{Qualifier: kg.QualifierAbout, Best: ref(100)}, "100/100/100"},
		{kg.Figure{Qualifier: kg.QualifierExact, Low: ref(3), Best: ref(5), High: ref(9)}, "3/5/9"},
		{kg.Figure{Qualifier: kg.QualifierExact, Low: ref(3), High: ref(9)}, "3/-/9"},
		{kg.Figure{Qualifier: kg.QualifierExact, Low: ref(3)}, "3/-/-"},
		{kg.Figure{Qualifier: kg.QualifierExact, High: ref(9)}, "0/-/9"},
		{kg.Figure{Qualifier: kg.QualifierExact, Best: ref(0)}, "0/0/0"},
		{kg.Figure{Qualifier: kg.QualifierAtLeast, Best: ref(12)}, "12/12/-"},
		{kg.Figure{Qualifier: kg.QualifierAtLeast, Low: ref(12)}, "12/12/-"},
		{kg.Figure{Qualifier: kg.QualifierAtLeast, Low: ref(12), Best: ref(15)}, "12/15/-"},
		{kg.Figure{Qualifier: kg.QualifierAtLeast, Best: ref(15), High: ref(20)}, "15/15/-"},
		{kg.Figure{Qualifier: kg.QualifierAtMost, High: ref(30)}, "0/30/30"},
		{kg.Figure{Qualifier: kg.QualifierAtMost, Best: ref(30)}, "0/30/30"},
		{kg.Figure{Qualifier: kg.QualifierAtMost, Low: ref(10), High: ref(30)}, "10/30/30"},
		{kg.Figure{Qualifier: kg.QualifierVague}, "none"},
		{kg.Figure{Qualifier: kg.QualifierVague, Best: ref(40)}, "40/40/40"},
	}
	for _, tt := range tests {
		e := tt.figure.Estimate()
		if got := show(e); got != tt.want {
			t.Errorf(
				"%s of %s: %s, want %s", tt.figure.Qualifier,
				show(&kg.Estimate{Low: tt.figure.Low, Best: tt.figure.Best, High: tt.figure.High, Agreed: true}), got, tt.want,
			)
		}
	}
}

func TestToll(t *testing.T) {
	exact := func(n int) part { return killed(kg.Figure{Best: &n}) }
	of := func(p kg.Population, n int) part { return killed(kg.Figure{Population: p, Best: &n}) }
	tests := []struct {
		name   string
		claims []kg.Claim
		want   string
	}{
		{"no figure", story("A+"), "none"},
		{"one", []kg.Claim{claim(1, "A+", exact(5))}, "5/5/5"},
		{"agreed", []kg.Claim{claim(1, "A+", exact(5)), claim(2, "B+", exact(5))}, "5/5/5"},
		{
			"the latest is best", []kg.Claim{claim(1, "A+", exact(9)), claim(2, "B+", exact(2)), claim(3, "C+", exact(7))},
			"2/7/9!",
		},
		{"a claim without a figure does not count", []kg.Claim{claim(1, "A+", exact(9)), claim(2, "B+")}, "9/9/9"},
		{
			"at least has no high",
			[]kg.Claim{
				claim(1, "A+", exact(9)), claim(2, "B+", killed(kg.Figure{Qualifier: kg.QualifierAtLeast, Best: ref(4)})),
			},
			"4/4/-!",
		},
		{
			"in any order",
			[]kg.Claim{
				claim(1, "A+", killed(kg.Figure{Qualifier: kg.QualifierAtLeast, Best: ref(4)})), claim(2, "B+", exact(9)),
			},
			"4/9/-!",
		},
		{
			"at most",
			[]kg.Claim{
				claim(1, "A+", exact(9)), claim(2, "B+", killed(kg.Figure{Qualifier: kg.QualifierAtMost, Best: ref(20)})),
			},
			"0/20/20!",
		},
		{
			"a range has no best",
			[]kg.Claim{claim(1, "A+", exact(9)), claim(2, "B+", killed(kg.Figure{Low: ref(3), High: ref(12)}))}, "3/9/12",
		},
		{"vague", []kg.Claim{claim(1, "A+", killed(kg.Figure{Qualifier: kg.QualifierVague}))}, "none"},
		{
			"vague and a number",
			[]kg.Claim{claim(1, "A+", exact(9)), claim(2, "B+", killed(kg.Figure{Qualifier: kg.QualifierVague}))}, "9/9/9",
		},
		{
			"populations are summed",
			[]kg.Claim{
				claim(
					1, "A+", of(kg.PopulationSideA, 1), of(kg.PopulationSideB, 2), of(kg.PopulationCivilian, 4),
					of(kg.PopulationUnknown, 8),
				),
			},
			"15/15/15",
		},
		{
			"except if there is a total",
			[]kg.Claim{claim(1, "A+", of(kg.PopulationSideA, 1), of(kg.PopulationTotal, 9), of(kg.PopulationCivilian, 4))},
			"9/9/9",
		},
		{
			"a total in words has no number",
			[]kg.Claim{claim(1, "A+", killed(kg.Figure{Qualifier: kg.QualifierVague}), of(kg.PopulationCivilian, 4))}, "4/4/4",
		},
		{
			"a part without a high",
			[]kg.Claim{
				claim(
					1, "A+", of(kg.PopulationSideA, 1),
					killed(kg.Figure{Population: kg.PopulationCivilian, Qualifier: kg.QualifierAtLeast, Best: ref(4)}),
				),
			},
			"5/5/-",
		},
		{
			"a part that is a range",
			[]kg.Claim{
				claim(
					1, "A+", of(kg.PopulationSideA, 1),
					killed(kg.Figure{Population: kg.PopulationCivilian, Low: ref(2), High: ref(4)}),
				),
			},
			"3/3/5",
		},
		{"things are not people", []kg.Claim{claim(1, "A+", killed(kg.Figure{Unit: "horses", Best: ref(40)}))}, "none"},
		{
			"things and people",
			[]kg.Claim{claim(1, "A+", killed(kg.Figure{Unit: "horses", Best: ref(40)}), of(kg.PopulationCivilian, 4))},
			"4/4/4",
		},
		{"other kinds", []kg.Claim{claim(1, "A+", says(func(s *kg.Statement) {
			s.Figures = []kg.Figure{
				{Kind: kg.FigureWounded, Population: kg.PopulationTotal, Best: ref(3), Qualifier: kg.QualifierExact},
			}
		}))}, "none"},
		{
			"denied figures do not count",
			[]kg.Claim{
				claim(1, "A+", exact(5)), claim(2, "B-", exact(50)), claim(3, "B?", exact(60)),
				claim(4, "B-", aspect(kg.AspectFigures), exact(70)),
			},
			"5/5/5",
		},
		{"any aspect", []kg.Claim{claim(1, "A+"), claim(2, "B+", aspect(kg.AspectFigures), exact(5))}, "5/5/5"},
		{"withdrawn", []kg.Claim{claim(1, "A+", exact(5)), claim(2, "A+", exact(7), supersedes("claim:1"))}, "7/7/7"},
		{"ongoing", []kg.Claim{claim(1, "A+", modality(kg.ModalityOngoing), exact(5))}, "5/5/5"},
		{"planned", []kg.Claim{claim(1, "A+", modality(kg.ModalityPlanned), exact(5))}, "none"},
		{"proposed", []kg.Claim{claim(1, "A+", modality(kg.ModalityProposed), exact(5))}, "none"},
		{"hypothetical", []kg.Claim{claim(1, "A+", modality(kg.ModalityHypothetical), exact(5))}, "none"},
		{"negated", []kg.Claim{claim(1, "A+", modality(kg.ModalityNegated), exact(5))}, "none"},
		{"cancelled", []kg.Claim{claim(1, "A+", modality(kg.ModalityCancelled), exact(5))}, "none"},
		{
			"planned, then occurred",
			[]kg.Claim{claim(1, "A+", modality(kg.ModalityPlanned), exact(5)), claim(2, "B+", modality(kg.ModalityOccurred))},
			"5/5/5",
		},
		{
			"a denier cannot make it planned",
			[]kg.Claim{claim(1, "A+", exact(5)), claim(2, "B-", modality(kg.ModalityPlanned))}, "5/5/5",
		},
		{"retracted", []kg.Claim{claim(1, "A+", exact(5)), claim(2, "Ax")}, "none"},
	}
	for _, tt := range tests {
		if got := show(now(t, derive(tt.claims...)).Toll.Killed); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
	wounded := derive(claim(1, "A+", exact(5), says(func(s *kg.Statement) {
		s.Figures = append(
			s.Figures,
			kg.Figure{Kind: kg.FigureWounded, Population: kg.PopulationTotal, Best: ref(3), Qualifier: kg.QualifierExact},
		)
	})))
	if toll := now(t, wounded).Toll; show(toll.Killed) != "5/5/5" || show(toll.Wounded) != "3/3/3" {
		t.Errorf("killed %s, wounded %s, want 5 and 3", show(toll.Killed), show(toll.Wounded))
	}
}

func TestPlus(t *testing.T) {
	e := func(low, best, high int, agreed bool) *kg.Estimate {
		n := func(i int) *int {
			if i < 0 {
				return nil
			}
			return &i
		}
		return &kg.Estimate{Low: n(low), Best: n(best), High: n(high), Agreed: agreed}
	}
	tests := []struct {
		a, b *kg.Estimate
		want string
	}{
		{nil, nil, "none"},
		{nil, e(1, 2, 3, true), "1/2/3"},
		{e(1, 2, 3, true), nil, "1/2/3"},
		{e(1, 2, 3, true), e(10, 20, 30, true), "11/22/33"},
		{e(1, 2, -1, true), e(10, 20, 30, true), "11/22/-"},
		{e(1, -1, 3, true), e(10, 20, 30, true), "11/21/33"},
		{e(1, -1, 3, true), e(10, -1, 30, true), "11/-/33"},
		{e(1, 2, 3, false), e(10, 20, 30, true), "11/22/33!"},
		{e(0, 0, 0, true), e(0, 0, 0, true), "0/0/0"},
	}
	for _, tt := range tests {
		a, b := show(tt.a), show(tt.b)
		if got := show(tt.a.Plus(tt.b)); got != tt.want {
			t.Errorf("%s plus %s: %s, want %s", a, b, got, tt.want)
		}
		if got := show(tt.b.Plus(tt.a)); got != tt.want {
			t.Errorf("%s plus %s: %s, want %s", b, a, got, tt.want)
		}
		if show(tt.a) != a || show(tt.b) != b {
			t.Errorf("%s plus %s changed an operand", a, b)
		}
	}
}
