package storetest

import (
	"sync"
	"testing"

	"casus/internal/kg"
)

// testSpansLater checks the words of stored claims after they were stored, in all orders, twice and at once: the graph is
// the one in which they were checked from the first, and nothing else of a claim can change.
func testSpansLater(t *testing.T, h Harness) {
	spanned := func(id kg.ID, spans ...kg.Span) kg.Claim {
		return claim(id, "event:words", '+', 3, in("document:r1"), by("actor:group"), note("noted"), func(c *kg.Claim) { c.Spans = spans })
	}
	unchecked, other := kg.Span{Start: 2, End: 5, Exact: "met", State: kg.SpanUnverifiable}, kg.Span{Exact: "again", State: kg.SpanUnverifiable}
	moved, found := kg.Span{Start: 4, End: 7, Exact: "met", State: kg.SpanReanchored}, kg.Span{Start: 9, End: 14, Exact: "again", State: kg.SpanVerified}
	batch := func(recorded int, claims ...kg.Claim) kg.Batch {
		return kg.Batch{RecordedAt: noon(recorded), Claims: claims}
	}
	// One claim in four stages of knowledge: nothing checked, either span, both.
	stages := []kg.Batch{
		batch(21, spanned("w", unchecked, other)), batch(22, spanned("w", moved, other)), batch(23, spanned("w", unchecked, found)), batch(24, spanned("w", moved, found)),
	}
	base := world()
	base.Claims = append(base.Claims, spanned("v", found))
	want := dump(t, fresh(t, h, base, stages[3]))
	for _, order := range [][]int{{0, 3}, {3, 0}, {2, 0, 1}, {1, 2}} {
		s := fresh(t, h, base)
		for i, stage := range order {
			load(t, s, stages[stage])
			if first := stages[order[0]].RecordedAt; i > 0 {
				if c := must[[]kg.Node](t)(s.Nodes(t.Context(), kg.View{}, []kg.ID{"claim:w"}))[0].(kg.Claim); c.RecordedAt != first {
					t.Errorf("%v: recorded at %s, want %s", order[:i+1], c.RecordedAt, first)
				}
			}
		}
		same(t, "what is stored", want, dump(t, s))
	}
	one := batch(21, spanned("w", unchecked, other), spanned("w", moved, other), spanned("w", unchecked, found))
	s := fresh(t, h, base)
	applied := must[kg.ApplyResult](t)(s.Apply(t.Context(), one))
	same(t, "in one batch: added", map[kg.NodeKind]int{kg.KindClaim: 1}, applied.Added)
	same(t, "in one batch", want, dump(t, s))

	s = fresh(t, h, base, stages[0])
	applied = must[kg.ApplyResult](t)(s.Apply(t.Context(), stages[3]))
	same(t, "checked: changed", map[kg.NodeKind]int{kg.KindClaim: 1}, applied.Changed)
	same(t, "checked: fresh", []kg.ID{"claim:w"}, applied.Written)
	for _, again := range []kg.Batch{stages[3], stages[0]} {
		applied = must[kg.ApplyResult](t)(s.Apply(t.Context(), again))
		same(t, "again", kg.ApplyResult{Added: map[kg.NodeKind]int{}, Changed: map[kg.NodeKind]int{}, Unchanged: map[kg.NodeKind]int{kg.KindClaim: 1}}, applied)
	}
	for what, spans := range map[string][]kg.Span{
		"other words": {{Exact: "left", State: kg.SpanUnverifiable}, found}, "a span less": {moved}, "another place": {{Start: 5, End: 8, Exact: "met", State: kg.SpanVerified}, found},
	} {
		applied := must[kg.ApplyResult](t)(s.Apply(t.Context(), batch(25, spanned("w", spans...))))
		if len(applied.Conflicts) != 1 {
			t.Errorf("%s: %+v", what, applied)
		}
	}
	same(t, "after what was rejected", want, dump(t, s))

	// Workers that find one span each, while others add claims about the event.
	s = fresh(t, h, base, stages[0])
	var wait sync.WaitGroup
	for _, b := range []kg.Batch{stages[1], stages[2], batch(26, claim("words", "event:words", '-', 4)), stages[2], stages[1]} {
		wait.Go(func() {
			if _, err := s.Apply(t.Context(), b); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	same(t, "at once", dump(t, fresh(t, h, base, stages[3], batch(26, claim("words", "event:words", '-', 4)))), dump(t, s))
}
