package graph_test

import (
	"fmt"
	"testing"

	"casus/internal/kg"
	"casus/internal/store/memory"

	"github.com/google/go-cmp/cmp"
)

// TestTollHistory asks who said which number of killed and from when until when, at several moments of knowledge. The
// history is the example of the section Toll of docs/model.md, with a denial and a number of tanks.
func TestTollHistory(t *testing.T) {
	number := func(n int) *int { return &n }
	killed := kg.Figure{Kind: kg.FigureKilled, Population: kg.PopulationTotal, Qualifier: kg.QualifierExact}
	claim := func(id, document, claimant, day string, f kg.Figure) kg.Claim {
		c := kg.Claim{
			ID: kg.ID("claim:" + id), Subject: "event:strike", Stance: kg.StanceAsserts, Aspect: kg.AspectOccurrence,
			Document: kg.ID("document:" + document), AssertedAt: *at(t, day), Says: kg.Statement{Figures: []kg.Figure{f}},
		}
		if claimant != "" {
			c.Claimants = []kg.ID{kg.ID("actor:" + claimant)}
		}
		return c
	}
	four, six, seven, none, tanks := killed, killed, killed, killed, killed
	four.Best, four.Qualifier = number(4), kg.QualifierAtLeast
	six.Best, seven.Best, none.Best = number(6), number(7), number(0)
	tanks.Kind, tanks.Unit, tanks.Best = kg.FigureDestroyed, "Tanks", number(2)
	first := claim("first", "first", "", "2025-03-01T09:00:00Z", four)
	first.Says.Titles = named("en", "A strike")
	correction := claim("correction", "second", "", "2025-03-04T10:00:00Z", six)
	correction.Supersedes = []kg.ID{"claim:first"}
	denial := claim("denial", "second", "army", "2025-03-02T09:00:00Z", none)
	denial.Stance = kg.StanceDenies
	s := memory.New()
	if _, err := s.Apply(t.Context(), kg.Batch{
		Actors: []kg.Actor{
			{ID: "actor:daily", Kind: kg.ActorCompany, Names: named("en", "The Daily")},
			{ID: "actor:hospital", Kind: kg.ActorOrganization, Names: named("en", "The hospital")},
			{ID: "actor:army", Kind: kg.ActorMilitary, Names: named("en", "The army")},
		},
		Documents: []kg.Document{
			{ID: "document:first", Titles: named("en", "First"), Publisher: "actor:daily"},
			{ID: "document:second", Titles: named("en", "Second"), Publisher: "actor:daily"},
		},
		Claims: []kg.Claim{
			first, correction, denial, claim("hospital", "first", "hospital", "2025-03-02", seven),
			claim("tanks", "first", "hospital", "2025-03-05T00:00:00Z", tanks),
		},
	}); err != nil {
		t.Fatal(err)
	}
	h := handler(t, s)
	const query = `query ($at: DateTime, $kinds: [FigureKind!], $first: Int) {
		event(id: "event:strike", knownAt: $at) {
			tollHistory(kinds: $kinds, first: $first) {
				figureKind unit low best high knownFrom knownTo claimants { id } document { id } claims { id }
			}
		}
	}`
	daily := "KILLED 4/4/- from 2025-03-01T09:00:00Z to %s: claim:first in document:first by []"
	hospital := "KILLED 7/7/7 from 2025-03-03T00:00:00Z to -: claim:hospital in document:first by [actor:hospital]"
	corrected := "KILLED 6/6/6 from 2025-03-04T10:00:00Z to -: claim:correction in document:second by []"
	destroyed := "DESTROYED tanks 2/2/2 from 2025-03-05T00:00:00Z to -: claim:tanks in document:first by [actor:hospital]"
	holds, ended := fmt.Sprintf(daily, "-"), fmt.Sprintf(daily, "2025-03-04T10:00:00Z")
	for _, c := range []struct {
		name      string
		variables map[string]any
		want      []string
	}{
		{"before the hospital is known", map[string]any{"at": "2025-03-02T23:59:59Z"}, []string{holds}},
		{"a withdrawal that comes later", map[string]any{"at": "2025-03-04T09:59:59Z"}, []string{holds, hospital}},
		{"from the withdrawal on", map[string]any{"at": "2025-03-04T10:00:00Z"}, []string{ended, hospital, corrected}},
		{"everything", nil, []string{ended, hospital, corrected, destroyed}},
		{"one kind", map[string]any{"kinds": []string{"DESTROYED"}}, []string{destroyed}},
		{"the first two", map[string]any{"first": 2}, []string{ended, hospital}},
	} {
		t.Run(c.name, func(t *testing.T) {
			type node struct{ ID string }
			var data struct {
				Event struct {
					TollHistory []struct {
						FigureKind        string
						Unit, KnownTo     *string
						Low, Best         int
						High              *int
						KnownFrom         string
						Claimants, Claims []node
						Document          node
					}
				}
			}
			answer(t, h, query, withDefault(c.variables, "first", 100), &data)
			got := []string{}
			for _, b := range data.Event.TollHistory {
				what, high, to := b.FigureKind, "-", "-"
				if b.Unit != nil {
					what += " " + *b.Unit
				}
				if b.High != nil {
					high = fmt.Sprint(*b.High)
				}
				if b.KnownTo != nil {
					to = *b.KnownTo
				}
				by := []string{}
				for _, a := range b.Claimants {
					by = append(by, a.ID)
				}
				got = append(got, fmt.Sprintf("%s %d/%d/%s from %s to %s: %s in %s by %v",
					what, b.Low, b.Best, high, b.KnownFrom, to, b.Claims[0].ID, b.Document.ID, by))
			}
			if d := cmp.Diff(c.want, got); d != "" {
				t.Errorf("(-want +got)\n%s", d)
			}
		})
	}
	for _, first := range []int{0, 501} {
		if _, errs := faults(t, h, query, map[string]any{"first": first}); len(errs) != 1 {
			t.Errorf("first: %d has the errors %v", first, errs)
		}
	}
}

// withDefault returns variables with a value for one that they lack.
func withDefault(variables map[string]any, name string, value any) map[string]any {
	all := map[string]any{name: value}
	for n, v := range variables {
		all[n] = v
	}
	return all
}
