package loader

import (
	"context"

	"casus/internal/kg"
	"casus/internal/text"
	"casus/loader/anchor"
)

// copyStoredSpans copies the verified spans of claims that are already stored, so that the report counts them and a
// file of events loads again without the texts.
func (l *chunkLoad) copyStoredSpans(ctx context.Context) error {
	var ids []kg.ID
	made := map[kg.ID][]*kg.Claim{}
	for _, rec := range l.liveRecords() {
		for i, c := range rec.batch.Claims {
			if len(c.Spans) > 0 {
				ids = append(ids, c.ID)
				made[c.ID] = append(made[c.ID], &rec.batch.Claims[i])
			}
		}
	}
	return l.readNodes(ctx, ids, func(n kg.Node) {
		stored, ok := n.(kg.Claim)
		if !ok {
			return
		}
		for _, c := range made[stored.ID] {
			if both, same := kg.MergeClaim(stored, *c); same {
				c.Spans = both.Spans
			}
		}
	})
}

// anchorOrRestore verifies a span or, with Options.Restore, keeps the state that an export recorded. An earlier load
// found it by a text that may be missing now.
func (l *chunkLoad) anchorOrRestore(s spanRecord, in *text.Positions) (kg.Span, *Reject) {
	if !l.options.Restore || s.State == "" {
		found, fault := anchor.Find(s.words(), in)
		return found, l.suggestions.Suggest(fault, s.Exact, in)
	}
	found, fault := anchor.Find(s.words(), in)
	restored := kg.Span{Exact: s.Exact, Prefix: s.Prefix, Suffix: s.Suffix, State: s.State}
	if s.Start != nil && s.End != nil {
		restored.Start, restored.End = *s.Start, *s.End
	}
	switch {
	case fault != nil || in.Text() == "" || s.State == kg.SpanUnverifiable:
		return restored, fault
	case found.Start != restored.Start || found.End != restored.End || found.Exact != restored.Exact:
		return restored, &Reject{
			Pointer: "/state", Reason: "the words are not where they were once found", Found: s.Exact,
		}
	}
	return restored, nil
}

// words returns the span as it is looked for.
func (s spanRecord) words() anchor.Words {
	return anchor.Words{Start: s.Start, End: s.End, Exact: s.Exact, Prefix: s.Prefix, Suffix: s.Suffix}
}
