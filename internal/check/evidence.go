package check

import (
	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/text"
)

// checkSpans compares a claim's spans with the text, if it is stored. It reports whether any span is verified.
func (r *run) checkSpans(c kg.Claim, documents map[kg.ID]kg.Document) (verified bool) {
	if len(c.Spans) == 0 {
		return false
	}
	in := r.positionsIn(documents[c.Document])
	hasText := in.Text() != ""
	if !hasText && c.Document != "" {
		r.withoutText[c.Document] = true
	}
	count := &r.evidence.Spans
	for i, s := range c.Spans {
		checked := s.State != kg.SpanUnverifiable
		words, inside := in.Slice(s.Start, s.End)
		switch {
		case !hasText && checked:
			count.WhenLoaded++
			verified = true
			continue
		case !checked && (!hasText || occursIn(s, in)):
			count.Unverifiable++
			continue
		case !checked:
			r.addBreak(Text, c.ID, "spans[%d] is %s, but %q is nowhere in the stored text", i, s.State, s.Exact)
		case !inside || s.Start >= s.End:
			r.addBreak(Text, c.ID, "spans[%d] is %d..%d in a text of %d code points", i, s.Start, s.End, in.Runes())
		case s.Exact != "" && words != s.Exact:
			r.addBreak(Text, c.ID, "spans[%d] is %s at %d..%d, where the text has %q, not %q",
				i, s.State, s.Start, s.End, words, s.Exact)
		default:
			count.Verified++
			verified = true
			continue
		}
		count.Failed++
	}
	return verified
}

// occursIn reports whether a text contains a span's words or, if it has none, its offsets.
func occursIn(s kg.Span, in *text.Positions) bool {
	if s.Exact != "" {
		return len(in.Find(s.Exact)) > 0
	}
	return s.End <= in.Runes()
}

// positionsIn returns the places of a document's text. Claims in one document often follow one another.
func (r *run) positionsIn(d kg.Document) *text.Positions {
	if r.positions == nil || r.positions.Text() != d.Text {
		r.positions = text.NewPositions(d.Text)
	}
	return r.positions
}

// countEvidence counts the subject's edges that hold now, and which of them rest on verified words.
func (r *run) countEvidence(s store.SubjectRecord, verified map[kg.ID]bool, documents map[kg.ID]kg.Document) {
	claims := map[kg.ID]kg.Claim{}
	for _, c := range s.Claims {
		claims[c.ID] = c
	}
	e := r.evidence
	for _, edge := range edgesOf(s.History) {
		if edge.KnownTo != edtf.EndOfTime {
			continue
		}
		anyWords, datasets, publishers := false, map[string]bool{}, map[kg.ID]bool{}
		for _, id := range edge.claims {
			c, words := claims[id], verified[id]
			publisher := r.identities.ClassOf(documents[c.Document].Publisher)
			dataset := r.releases[c.Release].Name
			anyWords = anyWords || words
			datasets[dataset] = datasets[dataset] || words
			publishers[publisher] = publishers[publisher] || words
		}
		e.Edges = e.Edges.add(anyWords)
		e.ByType[edge.typ] = e.ByType[edge.typ].add(anyWords)
		for d, words := range datasets {
			e.ByDataset[d] = e.ByDataset[d].add(words)
		}
		for p, words := range publishers {
			e.ByPublisher[p] = e.ByPublisher[p].add(words)
		}
	}
}
