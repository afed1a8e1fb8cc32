package storetest

import (
	"sync"
	"testing"

	"casus/internal/kg"
)

// testLateSpans verifies spans of stored claims, in all orders, repeatedly and concurrently: the graph is the same
// as if the spans had been verified before loading, and nothing else of a claim can change.
func testLateSpans(t *testing.T, h Harness) {
	spanned := func(id kg.ID, spans ...kg.Span) kg.Claim {
		return claim(id, "event:words", '+', 3, inDocument("document:r1"), claimedBy("actor:group"), note("noted"),
			func(c *kg.Claim) { c.Spans = spans })
	}
	unchecked, other := kg.Span{Start: 2, End: 5, Exact: "met", State: kg.SpanUnverifiable},
		kg.Span{Exact: "again", State: kg.SpanUnverifiable}
	moved, found := kg.Span{Start: 4, End: 7, Exact: "met", State: kg.SpanReanchored},
		kg.Span{Start: 9, End: 14, Exact: "again", State: kg.SpanVerified}
	batch := func(recorded int, claims ...kg.Claim) kg.Batch {
		return kg.Batch{RecordedAt: noon(recorded), Claims: claims}
	}
	// One claim in four stages: no span verified, either one, both.
	stages := []kg.Batch{
		batch(21, spanned("w", unchecked, other)), batch(22, spanned("w", moved, other)),
		batch(23, spanned("w", unchecked, found)), batch(24, spanned("w", moved, found)),
	}
	base := world()
	base.Claims = append(base.Claims, spanned("v", found))
	want := dump(t, newStore(t, h, base, stages[3]))
	for _, order := range [][]int{{0, 3}, {3, 0}, {2, 0, 1}, {1, 2}} {
		s := newStore(t, h, base)
		for i, stage := range order {
			load(t, s, stages[stage])
			if first := stages[order[0]].RecordedAt; i > 0 {
				nodes := must[[]kg.Node](t)(s.Nodes(t.Context(), kg.View{}, []kg.ID{"claim:w"}))
				if c := nodes[0].(kg.Claim); c.RecordedAt != first {
					t.Errorf("%v: recorded at %s, want %s", order[:i+1], c.RecordedAt, first)
				}
			}
		}
		wantEqual(t, "stored graph", want, dump(t, s))
	}
	one := batch(21, spanned("w", unchecked, other), spanned("w", moved, other), spanned("w", unchecked, found))
	s := newStore(t, h, base)
	applied := must[kg.ApplyResult](t)(s.Apply(t.Context(), one))
	wantEqual(t, "in one batch: added", map[kg.NodeKind]int{kg.KindClaim: 1}, applied.Added)
	wantEqual(t, "in one batch", want, dump(t, s))

	s = newStore(t, h, base, stages[0])
	applied = must[kg.ApplyResult](t)(s.Apply(t.Context(), stages[3]))
	wantEqual(t, "verified: changed", map[kg.NodeKind]int{kg.KindClaim: 1}, applied.Changed)
	wantEqual(t, "verified: written", []kg.ID{"claim:w"}, applied.Written)
	for _, again := range []kg.Batch{stages[3], stages[0]} {
		applied = must[kg.ApplyResult](t)(s.Apply(t.Context(), again))
		wantEqual(t, "repeated", kg.ApplyResult{Added: map[kg.NodeKind]int{}, Changed: map[kg.NodeKind]int{},
			Unchanged: map[kg.NodeKind]int{kg.KindClaim: 1}}, applied)
	}
	for what, spans := range map[string][]kg.Span{
		"other text": {{Exact: "left", State: kg.SpanUnverifiable}, found}, "one span fewer": {moved},
		"another place": {{Start: 5, End: 8, Exact: "met", State: kg.SpanVerified}, found},
	} {
		applied := must[kg.ApplyResult](t)(s.Apply(t.Context(), batch(25, spanned("w", spans...))))
		if len(applied.Conflicts) != 1 {
			t.Errorf("%s: %+v", what, applied)
		}
	}
	wantEqual(t, "after the conflicts", want, dump(t, s))

	// Workers verify one span each while others add claims about the event.
	want = dump(t, newStore(t, h, base, stages[3], batch(26, claim("words", "event:words", '-', 4))))
	s = newStore(t, h, base, stages[0])
	var wait sync.WaitGroup
	for _, b := range []kg.Batch{stages[1], stages[2], batch(26, claim("words", "event:words", '-', 4)), stages[2],
		stages[1]} {
		wait.Go(func() {
			if _, err := s.Apply(t.Context(), b); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	wantEqual(t, "concurrently", want, dump(t, s))
}
