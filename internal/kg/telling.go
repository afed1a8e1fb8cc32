package kg

import (
	"cmp"
	"iter"
	"slices"

	"casus/internal/edtf"
)

// telling is what one voice says in one text. A claim has one for each of its voices and each document that it is in
// or, as a row of a data set, cites. Whether tellings are independent decides whether an event is confirmed.
type telling struct {
	claim *voicedClaim
	voice ID
	// text is the original of document, or the claim if it has no document. A reprint and a translation are of one text.
	text, document ID
	// passages are the places of the claim's spans in document, in order; none if it shows no place.
	passages []passage
	// own is set if voice is the publisher of the text itself.
	own bool
}

// passage is a part of a text, from start to before end in code points.
type passage struct{ start, end int }

// tellings returns the tellings of a claim.
func (b *VoiceBook) tellings(c *voicedClaim) []telling {
	if len(c.documents) == 0 {
		all := make([]telling, len(c.voices))
		for i, v := range c.voices {
			all[i] = telling{claim: c, voice: v, text: c.ID}
		}
		return all
	}
	all := make([]telling, 0, len(c.documents)*max(1, len(c.Claimants)))
	for _, d := range c.documents {
		t := telling{claim: c, text: b.original(d), document: d}
		if d == c.Document {
			t.passages = passagesOf(c.Spans)
		}
		if len(c.Claimants) == 0 {
			if t.voice, t.own = b.voiceIn(c.Claim, d), true; t.voice != "" {
				all = append(all, t)
			}
			continue
		}
		owner := b.publisher(t.text)
		for _, v := range c.voices {
			t.voice, t.own = v, v == owner
			all = append(all, t)
		}
	}
	return all
}

// tellingsOf iterates over the tellings of claims.
func (b *VoiceBook) tellingsOf(claims []*voicedClaim) iter.Seq[*telling] {
	return func(yield func(*telling) bool) {
		for _, c := range claims {
			if c.tellings == nil {
				c.tellings = b.tellings(c)
			}
			for i := range c.tellings {
				if !yield(&c.tellings[i]) {
					return
				}
			}
		}
	}
}

// passagesOf returns the places of spans in order, merged if they overlap or touch. It returns none if a span has no
// offsets, since it may be anywhere.
func passagesOf(spans []Span) []passage {
	all := make([]passage, 0, len(spans))
	for _, s := range spans {
		if s.End <= s.Start {
			return nil
		}
		all = append(all, passage{s.Start, s.End})
	}
	slices.SortFunc(all, func(a, b passage) int { return cmp.Compare(a.start, b.start) })
	n := 0
	for _, p := range all {
		if n > 0 && p.start <= all[n-1].end {
			all[n-1].end = max(all[n-1].end, p.end)
			continue
		}
		all[n] = p
		n++
	}
	return all[:n]
}

// passagesOverlap reports whether two lists of passages, each in order, have a code point in common.
func passagesOverlap(a, b []passage) bool {
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0].end <= b[0].start:
			a = a[1:]
		case b[0].end <= a[0].start:
			b = b[1:]
		default:
			return true
		}
	}
	return false
}

// sameWords reports whether two tellings rest on the same words: one text in two documents, or one text of which the
// passages overlap or are not known.
func (t *telling) sameWords(u *telling) bool {
	return t.text == u.text && (t.document != u.document || len(t.passages) == 0 || len(u.passages) == 0 ||
		passagesOverlap(t.passages, u.passages))
}

// independent reports whether two tellings have different voices and do not rest on the same words.
func (t *telling) independent(u *telling) bool { return t.voice != u.voice && !t.sameWords(u) }

// follows reports whether the claim of t may have followed the claim of u: u was asserted, at the earliest, no later
// than t became known.
func (t *telling) follows(u *telling) bool { return u.claim.AssertedAt.Earliest <= t.claim.from }

// voicedClaim is a claim with the moment from which it is known, and with the values that the VoiceBook has for it.
type voicedClaim struct {
	*Claim
	from      edtf.Instant
	coding    Coding
	machine   bool         // its coding is MACHINE
	numbers   []TollFigure // its own
	voices    []ID
	documents []ID      // SourceDocuments
	tellings  []telling // nil until they are needed
	// KnownTo and WithdrawnBy are derived; they hide the fields of the claim.
	KnownTo     edtf.Instant
	WithdrawnBy []ID
}

// voicedClaims returns the claims in claim order, each once.
func voicedClaims(claims []Claim, book VoiceBook) []*voicedClaim {
	all, values := make([]*voicedClaim, len(claims)), make([]voicedClaim, len(claims))
	for i := range claims {
		c := &claims[i]
		all[i] = &values[i]
		coding := book.CodingOf(*c)
		values[i] = voicedClaim{
			Claim: c, from: c.KnownFrom(), KnownTo: edtf.EndOfTime, coding: coding, machine: coding == CodingMachine,
			voices: book.VoicesOf(*c), documents: c.SourceDocuments(),
		}
	}
	slices.SortFunc(all, func(a, b *voicedClaim) int { return CompareClaims(*a.Claim, *b.Claim) })
	return slices.CompactFunc(all, func(a, b *voicedClaim) bool { return a.ID == b.ID })
}

// liveAt reports whether a claim that is not a retraction is live at a moment.
func (c *voicedClaim) liveAt(at edtf.Instant) bool { return c.from <= at && at < c.KnownTo }

// filterClaims returns the claims for which keep returns true.
func filterClaims(claims []*voicedClaim, keep func(*voicedClaim) bool) []*voicedClaim {
	kept := make([]*voicedClaim, 0, len(claims))
	for _, c := range claims {
		if keep(c) {
			kept = append(kept, c)
		}
	}
	return kept
}
