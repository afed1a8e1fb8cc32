package sums_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"casus/internal/kg"
	"casus/internal/kg/sums"
)

// TestRandomGraphs compares the sums of random selections of events, in trees, other acyclic graphs and graphs with
// circles, with the naive computation, cell by cell.
func TestRandomGraphs(t *testing.T) {
	seeds := 3000
	if testing.Short() {
		seeds = 600
	}
	crossed, circles, attributed := 0, 0, 0
	for seed := range seeds {
		r := rand.New(rand.NewPCG(uint64(seed), 22))
		events, links := randomGraph(r, seed%3)
		cells := 1 + r.IntN(3)
		for i := range events {
			events[i].cell = r.IntN(cells)
		}
		n := newNaive(events, links)
		want := n.sums(cells)
		got := sumOf(t, events, links, cells)
		total := sums.Part{}
		for i := range want {
			if w, g := want[i].String(), show(got[i].Sums().Of(kg.KilledPeople)); w != g {
				t.Fatalf("seed %d, cell %d: %s, want %s\n%s", seed, i, g, w, describe(events, links))
			}
			total = got[i].Plus(total)
		}
		whole := sumOf(t, events, links, 1)[0]
		if a, b := show(total.Sums().Of(kg.KilledPeople)), show(whole.Sums().Of(kg.KilledPeople)); a != b {
			t.Fatalf("seed %d: the cells add up to %s, not to %s\n%s", seed, a, b, describe(events, links))
		}
		if s := whole.Sums().Of(kg.KilledPeople); s != nil && (s.Low > s.Best || s.High != nil && *s.High < s.Best) {
			t.Fatalf("seed %d: %s crosses\n%s", seed, show(s), describe(events, links))
		}
		for i := range events {
			if !n.numbered(i) {
				continue
			}
			if len(n.circle(i)) > 1 {
				circles++
			}
			if c := n.contribution(i, 1, map[[2]int]int{}); n.owner(i) == i && c > 0 && c < *events[i].number.Low {
				attributed++
			}
		}
		if raw := n.raw(); raw[0] > raw[1] {
			crossed++
		}
	}
	if !testing.Short() && (crossed < 1 || circles < 100 || attributed < 100) {
		t.Errorf("%d crossing sums, %d circles and %d remainders: the graphs do not test the rule",
			crossed, circles, attributed)
	}
}

// raw returns the sums of the low and the best contributions.
func (n *naive) raw() (total [2]int) {
	known := map[[2]int]int{}
	for i := range n.events {
		if n.numbered(i) && n.owner(i) == i {
			for which := range total {
				total[which] += n.contribution(i, which, known)
			}
		}
	}
	return total
}

// randomGraph returns events and links from part to whole: a tree, an acyclic graph or any graph.
func randomGraph(r *rand.Rand, kind int) (events []event, links [][2]int) {
	events = make([]event, 1+r.IntN(9))
	for i := range events {
		e := &events[i]
		e.selected, e.planned = r.IntN(4) > 0, r.IntN(10) == 0
		if r.IntN(3) == 0 {
			continue
		}
		low := r.IntN(6)
		e.number = &kg.Estimate{Low: &low, Agreed: r.IntN(4) > 0}
		best := low + r.IntN(4)
		if r.IntN(4) > 0 {
			e.number.Best = &best
		}
		if high := best + r.IntN(4); r.IntN(4) > 0 {
			e.number.High = &high
		}
	}
	for part := range events {
		switch kind {
		case 0:
			if part > 0 && r.IntN(3) > 0 {
				links = append(links, [2]int{part, r.IntN(part)})
			}
		case 1:
			for whole := range part {
				if r.IntN(3) == 0 {
					links = append(links, [2]int{part, whole})
				}
			}
		case 2:
			for whole := range events {
				if r.IntN(6) == 0 {
					links = append(links, [2]int{part, whole})
				}
			}
		}
	}
	r.Shuffle(len(links), func(i, j int) { links[i], links[j] = links[j], links[i] })
	return events, links
}

// sumOf adds up the people killed in the selected events by cell. If there is one cell all events are in it.
func sumOf(t *testing.T, events []event, links [][2]int, cells int) []sums.Part {
	t.Helper()
	all := make([]sums.Link, len(links))
	for i, l := range links {
		all[i] = sums.Link{Part: id(l[0]), Whole: id(l[1])}
	}
	q, nesting := sums.NewQuantities(sums.Killed), sums.NewNesting(all)
	s := sums.NewSummation(q, nesting)
	for range cells {
		s.Cell(0)
	}
	for i, e := range events {
		if !e.selected {
			continue
		}
		var numbers sums.Numbers
		if !e.planned {
			numbers = q.Of(kg.Toll{Killed: e.number})
		}
		s.Add(e.cell%cells, nesting.Node(id(i)), !e.planned, numbers)
	}
	parts, err := s.Parts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return parts
}

func id(i int) kg.ID { return kg.ID(fmt.Sprintf("event:%d", i)) }

// show formats a sum as low/best/high of the events, "!" if the claims disagree, and what is missing.
func show(s *sums.Sum) string {
	if s == nil {
		return "none"
	}
	high := "-"
	if s.High != nil {
		high = fmt.Sprint(*s.High)
	}
	return text(s.Low, s.Best, high, s.Events, s.Agreed, s.WithoutHigh, s.WithoutFigures)
}

// brief formats a sum as low/best/high and the events without figures.
func brief(s sums.Sum) string {
	return fmt.Sprintf("%d/%d/%d, %d missing", s.Low, s.Best, *s.High, s.WithoutFigures)
}

func (r result) String() string {
	if r.events == 0 {
		return "none"
	}
	high := "-"
	if r.hasHigh {
		high = fmt.Sprint(r.high)
	}
	return text(r.low, r.best, high, r.events, r.agreed, r.withoutHigh, r.absent)
}

func text(low, best int, high string, events int, agreed bool, withoutHigh, withoutFigures int) string {
	mark := ""
	if !agreed {
		mark = "!"
	}
	return fmt.Sprintf("%d/%d/%s%s of %d, %d without high, %d without figures",
		low, best, high, mark, events, withoutHigh, withoutFigures)
}

func describe(events []event, links [][2]int) (s string) {
	for i, e := range events {
		number := "-"
		if e.number != nil {
			number = show(&sums.Sum{Low: *e.number.Low, Best: value(e.number.Best), High: e.number.High})
		}
		s += fmt.Sprintf("%d: selected %t, planned %t, cell %d, %s\n", i, e.selected, e.planned, e.cell, number)
	}
	return s + fmt.Sprintf("parts and wholes: %v\n", links)
}

func value(n *int) int {
	if n == nil {
		return -1
	}
	return *n
}
