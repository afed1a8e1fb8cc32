package kg_test

import (
	"testing"

	"casus/internal/kg"
)

// TestMergeClaim checks that spans are merged if one of the two is the other before its check, in either order.
func TestMergeClaim(t *testing.T) {
	unchecked := func(start, end int, exact string) kg.Span {
		return kg.Span{Start: start, End: end, Exact: exact, State: kg.SpanUnverifiable}
	}
	verified, moved := kg.Span{Start: 4, End: 7, Exact: "met", State: kg.SpanVerified}, kg.Span{
		Start: 4, End: 7, Exact: "met", State: kg.SpanReanchored,
	}
	prefixed := verified
	prefixed.Prefix = "Ada "
	for _, c := range []struct {
		name string
		a, b kg.Span
		want *kg.Span // nil if the claims contradict each other
	}{
		{"the same", verified, verified, &verified},
		{"the same, unchecked", unchecked(0, 0, "met"), unchecked(0, 0, "met"), ref(unchecked(0, 0, "met"))},
		{"words alone", unchecked(0, 0, "met"), verified, &verified},
		{"words and offsets", unchecked(4, 7, "met"), verified, &verified},
		{"offsets alone", unchecked(4, 7, ""), verified, &verified},
		{"wrong offsets", unchecked(5, 8, "met"), moved, &moved},
		{"other words", unchecked(4, 7, "let"), verified, nil},
		{"other offsets", unchecked(5, 8, ""), verified, nil},
		{"offsets that are not what was verified", unchecked(5, 8, "met"), verified, nil},
		{"offsets that need not be moved", unchecked(4, 7, "met"), moved, nil},
		{"no offsets to move", unchecked(0, 0, "met"), moved, nil},
		{"offsets alone cannot be moved", unchecked(5, 8, ""), moved, nil},
		{"another prefix", unchecked(4, 7, "met"), prefixed, nil},
		{"two checks", verified, moved, nil},
		{"two places, both unchecked", unchecked(4, 7, "met"), unchecked(5, 8, "met"), nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, order := range [][2]kg.Span{{c.a, c.b}, {c.b, c.a}} {
				stored, given := validBatch().Claims[0], validBatch().Claims[0]
				stored.Spans, given.Spans = []kg.Span{verified, order[0]}, []kg.Span{verified, order[1]}
				stored.RecordedAt, given.RecordedAt = noon(1), noon(2)
				merged, ok := kg.MergeClaim(stored, given)
				if ok != (c.want != nil) || merged.RecordedAt != noon(1) {
					t.Fatalf("%v then %v: %t, %+v", order[0], order[1], ok, merged)
				}
				if ok && merged.Spans[1] != *c.want || !ok && merged.Digest() != stored.Digest() {
					t.Errorf("%v then %v: %+v", order[0], order[1], merged.Spans)
				}
			}
		})
	}
	one, other := validBatch().Claims[0], validBatch().Claims[0]
	one.Spans, other.Spans = []kg.Span{unchecked(4, 7, "met")}, []kg.Span{verified}
	other.Note += "!"
	if _, ok := kg.MergeClaim(one, other); ok {
		t.Error("claims of different contents were merged")
	}
	if other.Note = one.Note; one.Spans[0].State != kg.SpanUnverifiable || other.Spans[0] != verified {
		t.Error("an argument was changed")
	}
	one.Spans = nil
	if _, ok := kg.MergeClaim(one, other); ok {
		t.Error("a claim without spans was merged with one that has spans")
	}
}
