package loader

import (
	"context"

	"casus/internal/kg"
)

// keepSpans gives claims that are stored already the spans as they are stored, where one of the two was made without the
// document's text. So a file of events loads again, and changes nothing, when the texts are not at hand any more.
func (l *load) keepSpans(ctx context.Context) error {
	var ids []kg.ID
	made := map[kg.ID][]*kg.Claim{}
	for _, it := range l.live() {
		for i, c := range it.batch.Claims {
			if len(c.Spans) > 0 {
				ids = append(ids, c.ID)
				made[c.ID] = append(made[c.ID], &it.batch.Claims[i])
			}
		}
	}
	return l.ask(ctx, ids, func(n kg.Node) {
		stored, ok := n.(kg.Claim)
		if !ok {
			return
		}
		for _, c := range made[stored.ID] {
			if sameWords(stored.Spans, c.Spans) {
				c.Spans = stored.Spans
			}
		}
	})
}

// sameWords says whether two checks of a claim's spans may have differed only because one of them had no text.
func sameWords(a, b []kg.Span) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		unchecked := a[i].State == kg.SpanUnverifiable || b[i].State == kg.SpanUnverifiable
		words := a[i].Exact == b[i].Exact || a[i].Exact == "" || b[i].Exact == ""
		if a[i] != b[i] && !(unchecked && words && a[i].Prefix == b[i].Prefix && a[i].Suffix == b[i].Suffix) {
			return false
		}
	}
	return true
}
