package sums_test

import (
	"testing"

	"casus/internal/kg"
	"casus/internal/kg/sums"
)

// TestSums has a case for each line of the table in the section Sums of docs/model.md, and others.
func TestSums(t *testing.T) {
	number := func(low, best, high int) *kg.Estimate {
		e := &kg.Estimate{Low: &low, Agreed: true}
		if best >= 0 {
			e.Best = &best
		}
		if high >= 0 {
			e.High = &high
		}
		return e
	}
	of := func(n *kg.Estimate) event { return event{selected: true, number: n} }
	exact := func(n int) event { return of(number(n, n, n)) }
	silent, hidden, planned := event{selected: true}, event{}, event{selected: true, planned: true}
	for _, c := range []struct {
		name   string
		events []event
		links  [][2]int // part, whole
		want   string
	}{
		{"a whole keeps its number beside a part without one", []event{exact(8), silent}, [][2]int{{1, 0}},
			"8/8/8 of 1, 0 without high, 0 without figures"},
		{"a whole contributes the rest", []event{exact(20), exact(5), exact(3)}, [][2]int{{1, 0}, {2, 0}},
			"20/20/20 of 3, 0 without high, 0 without figures"},
		{"parts have more than the whole", []event{exact(6), exact(5), exact(3)}, [][2]int{{1, 0}, {2, 0}},
			"8/8/8 of 3, 0 without high, 0 without figures"},
		{"a part through an event that is not selected", []event{exact(20), hidden, exact(5)}, [][2]int{{1, 0}, {2, 1}},
			"20/20/20 of 2, 0 without high, 0 without figures"},
		{"a part of two wholes", []event{exact(10), exact(10), exact(4)}, [][2]int{{2, 0}, {2, 1}},
			"16/16/16 of 3, 0 without high, 0 without figures"},
		{"a part that is reached twice counts once", []event{exact(10), exact(1), exact(1), exact(4)},
			[][2]int{{3, 1}, {3, 2}, {1, 0}, {2, 0}}, "10/10/10 of 4, 0 without high, 0 without figures"},
		{"events that are parts of one another", []event{exact(3), exact(5)}, [][2]int{{0, 1}, {1, 0}},
			"5/5/5 of 2, 0 without high, 0 without figures"},
		{"such events in a whole", []event{exact(7), exact(3), exact(5)}, [][2]int{{1, 2}, {2, 1}, {1, 0}},
			"7/7/7 of 3, 0 without high, 0 without figures"},
		{"a part without a high in a whole with one", []event{of(number(8, 8, 10)), of(number(2, 2, -1))}, [][2]int{{1, 0}},
			"8/8/10 of 2, 0 without high, 0 without figures"},
		{"a whole without a high", []event{of(number(8, 8, -1)), of(number(2, 2, 3))}, [][2]int{{1, 0}},
			"8/8/- of 2, 1 without high, 0 without figures"},
		{"an event without a high", []event{exact(8), of(number(2, 2, -1))}, nil,
			"10/10/- of 2, 1 without high, 0 without figures"},
		{"an event without figures", []event{exact(8), silent}, nil, "8/8/8 of 1, 0 without high, 1 without figures"},
		{"a whole without figures of a part with one", []event{silent, exact(8)}, [][2]int{{1, 0}},
			"8/8/8 of 1, 0 without high, 0 without figures"},
		{"a sibling without figures", []event{silent, exact(8), silent}, [][2]int{{1, 0}, {2, 0}},
			"8/8/8 of 1, 0 without high, 1 without figures"},
		{"a planned event is not missing", []event{exact(8), planned}, nil, "8/8/8 of 1, 0 without high, 0 without figures"},
		{"no best counts as the low", []event{of(number(3, -1, 9))}, nil, "3/3/9 of 1, 0 without high, 0 without figures"},
		{"crossing sums", []event{of(number(5, 5, 9)), of(number(5, 5, 9)), of(number(1, 4, 4))}, [][2]int{{2, 0}, {2, 1}},
			"6/6/14 of 3, 0 without high, 0 without figures"},
		{"crossing sums without a high", []event{of(number(5, 5, -1)), of(number(5, 5, -1)), of(number(1, 4, -1))},
			[][2]int{{2, 0}, {2, 1}}, "6/6/- of 3, 3 without high, 0 without figures"},
		{"no number", []event{silent, silent}, nil, "none"},
		{"a part of itself", []event{exact(5)}, [][2]int{{0, 0}}, "5/5/5 of 1, 0 without high, 0 without figures"},
	} {
		part := sumOf(t, c.events, c.links, 1)[0]
		if got := show(part.Sums().Killed()); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// TestQuantities adds up several quantities of the same events: each by itself.
func TestQuantities(t *testing.T) {
	number := func(n int) kg.Estimate { return kg.Estimate{Low: &n, Best: &n, High: &n, Agreed: true} }
	tanks := kg.Quantity{Kind: kg.FigureDestroyed, Population: kg.PopulationTotal, Unit: "tanks"}
	civilians := kg.Quantity{Kind: kg.FigureKilled, Population: kg.PopulationCivilian}
	five, two := number(5), number(2)
	campaign := kg.Toll{Killed: &five, Figures: []kg.TollFigure{{Quantity: civilians, Estimate: number(3)}}}
	strike := kg.Toll{Killed: &two, Wounded: &two, Figures: []kg.TollFigure{{Quantity: tanks, Estimate: number(4)}}}
	for set, want := range map[sums.Set]string{
		0: "", sums.Killed: "KILLED TOTAL  5/5/5, 1 missing. ",
		sums.Wounded: "WOUNDED TOTAL  2/2/2, 1 missing. ",
		sums.Figures: "KILLED CIVILIAN  3/3/3, 1 missing. KILLED TOTAL  5/5/5, 1 missing. " +
			"WOUNDED TOTAL  2/2/2, 1 missing. DESTROYED TOTAL tanks 4/4/4, 1 missing. ",
	} {
		q, n := sums.NewQuantities(set), sums.NewNesting([]sums.Link{{Part: "event:strike", Whole: "event:campaign"}})
		s := sums.NewSummation(q, n)
		all := s.Cell(0)
		s.Add(all, n.Node("event:campaign"), true, q.Of(campaign))
		s.Add(all, n.Node("event:strike"), true, q.Of(strike))
		s.Add(all, n.Node("event:other"), true, nil)
		parts, err := s.Parts(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, f := range parts[all].Sums().Figures(nil) {
			got += string(f.Kind) + " " + string(f.Population) + " " + f.Unit + " " + brief(f.Sum) + ". "
		}
		if got != want {
			t.Errorf("%d: %q, want %q", set, got, want)
		}
	}
}
