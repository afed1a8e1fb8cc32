package check

import (
	"encoding/json"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/text"
)

// Evidence reports how much of the graph rests on words that were checked against their text.
type Evidence struct {
	Spans SpanCounts `json:"spans"`
	// TextsNotKept counts the documents that spans point into and whose text is not stored.
	TextsNotKept int `json:"textsNotKept"`
	// Edges counts the edges that hold now, of the types that claims list.
	Edges  Coverage                    `json:"edges"`
	ByType map[store.EdgeType]Coverage `json:"byType"`
	// ByDataset and ByPublisher count an edge once for each data set, and each publisher's identity class, of its claims.
	// It is verified there if one of these claims has a verified span. The empty key stands for claims without one.
	ByDataset   map[string]Coverage `json:"byDataset"`
	ByPublisher map[kg.ID]Coverage  `json:"byPublisher"`
}

// SpanCounts counts spans by the result of their check.
type SpanCounts struct {
	// Verified counts spans whose words are at their offsets in the stored text.
	Verified int `json:"verified"`
	// WhenLoaded counts spans that were verified or reanchored when loaded, and whose text is not stored.
	WhenLoaded int `json:"verifiedWhenLoaded"`
	// Unverifiable counts spans that were loaded without a text.
	Unverifiable int `json:"unverifiable"`
	// Failed counts spans whose words are not in the stored text. Each is also a break.
	Failed int `json:"failed"`
}

// Coverage counts edges, and how many of them have a claim with a verified span.
type Coverage struct {
	Edges    int `json:"edges"`
	Verified int `json:"verified"`
}

// Share returns the share of verified edges, 0..1; 1 if there are no edges.
func (c Coverage) Share() float64 {
	if c.Edges == 0 {
		return 1
	}
	return float64(c.Verified) / float64(c.Edges)
}

// MarshalJSON adds the share.
func (c Coverage) MarshalJSON() ([]byte, error) {
	type plain Coverage
	return json.Marshal(struct {
		plain
		Share float64 `json:"share"`
	}{plain(c), c.Share()})
}

func (c Coverage) add(verified bool) Coverage {
	c.Edges++
	if verified {
		c.Verified++
	}
	return c
}

func newEvidence() *Evidence {
	return &Evidence{
		ByType:      map[store.EdgeType]Coverage{},
		ByDataset:   map[string]Coverage{},
		ByPublisher: map[kg.ID]Coverage{},
	}
}

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
		any, datasets, publishers := false, map[string]bool{}, map[kg.ID]bool{}
		for _, id := range edge.claims {
			c, words := claims[id], verified[id]
			publisher := r.identities.ClassOf(documents[c.Document].Publisher)
			dataset := r.releases[c.Release].Name
			any = any || words
			datasets[dataset] = datasets[dataset] || words
			publishers[publisher] = publishers[publisher] || words
		}
		e.Edges = e.Edges.add(any)
		e.ByType[edge.typ] = e.ByType[edge.typ].add(any)
		for d, words := range datasets {
			e.ByDataset[d] = e.ByDataset[d].add(words)
		}
		for p, words := range publishers {
			e.ByPublisher[p] = e.ByPublisher[p].add(words)
		}
	}
}
