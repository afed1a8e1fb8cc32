package kg_test

import (
	"fmt"
	"math/rand/v2"

	"casus/internal/kg"
)

// world is a random history: claims about the strike, and the records that their voices depend on.
type world struct {
	claims  []kg.Claim
	reviews []kg.Review
	book    kg.VoiceBook
}

// randomWorld returns a small history in which reprints, rows, spans, codings, reviews and withdrawals meet often.
func randomWorld(r *rand.Rand) world {
	pick := func(n int) bool { return r.IntN(n) == 0 }
	one := func(kind string, n int) kg.ID { return kg.ID(fmt.Sprintf("%s:%d", kind, r.IntN(n))) }
	w := world{book: kg.VoiceBook{
		Documents: map[kg.ID]kg.Document{}, Releases: map[kg.ID]kg.Release{}, Classes: map[kg.ID]kg.ID{},
	}}
	if pick(4) {
		w.book.Classes["actor:0"], w.book.Classes["actor:1"] = "actor:0", "actor:0"
	}
	for i := range 1 + r.IntN(4) {
		d := kg.Document{ID: kg.ID(fmt.Sprintf("document:%d", i))}
		if !pick(4) {
			d.Publisher = one("actor", 3)
		}
		if i > 0 && pick(3) {
			d.Syndicates = one("document", i)
		}
		w.book.Documents[d.ID] = d
	}
	for i := range 3 {
		id := kg.ID(fmt.Sprintf("release:%d", i))
		w.book.Releases[id] = kg.Release{
			ID: id, Name: []string{"a", "a", "b"}[i], Coding: []kg.Coding{"", "", kg.CodingMachine, kg.CodingHuman}[r.IntN(4)],
		}
	}
	n := 1 + r.IntN(6)
	dates := []string{
		"2025-03-01T10:00:00Z", "2025-03-01", "2025-03-02T10:00:00Z", "2025-03", "2025-03-03", "../2025-03-02",
	}
	for i := range n {
		c := kg.Claim{
			ID: kg.ID(fmt.Sprintf("claim:%d", i)), Subject: strike, Aspect: kg.AspectOccurrence,
			AssertedAt: when(dates[r.IntN(len(dates))]),
			Stance: []kg.Stance{
				kg.StanceAsserts, kg.StanceAsserts, kg.StanceAsserts, kg.StanceConfirms, kg.StanceConfirms, kg.StanceDenies,
				kg.StanceRetracts, kg.StanceDisputes,
			}[r.IntN(5+r.IntN(4))],
		}
		for range r.IntN(3) {
			c.Claimants = append(c.Claimants, one("actor", 3))
		}
		if !pick(4) {
			c.Document = one("document", len(w.book.Documents))
		}
		if pick(3) {
			c.Release = one("release", 3)
		}
		for range r.IntN(3) {
			c.Cites = append(c.Cites, one("document", len(w.book.Documents)))
		}
		for range r.IntN(3) {
			s := kg.Span{Start: r.IntN(8), State: kg.SpanVerified}
			if s.End = s.Start + 1 + r.IntN(3); pick(8) {
				s = kg.Span{Exact: "words", State: kg.SpanUnverifiable}
			}
			c.Spans = append(c.Spans, s)
		}
		if pick(5) {
			c.Extractions = []kg.Extraction{{Tool: "casus extract"}}
		}
		for range max(0, r.IntN(6)-3) {
			c.Supersedes = append(c.Supersedes, one("claim", n))
		}
		if pick(4) {
			c.Aspect = []kg.Aspect{kg.AspectParticipation, kg.AspectFigures}[r.IntN(2)]
		}
		if pick(2) {
			participant("actor:northland", kg.RoleInitiator)(&c)
		}
		w.claims = append(w.claims, c)
	}
	for i := range max(0, r.IntN(6)-3) {
		v := kg.Review{
			ID: kg.ID(fmt.Sprintf("review:%d", i)), Verdict: kg.Codings.Values()[r.IntN(3)], At: noon(1 + r.IntN(2)),
		}
		switch r.IntN(3) {
		case 0:
			v.Claims = []kg.ID{one("claim", n), one("claim", n)}
		case 1:
			v.Document = one("document", len(w.book.Documents))
		case 2:
			v.Release = one("release", 3)
		}
		w.reviews = append(w.reviews, v)
	}
	w.book.Reviews = kg.LatestReviews(w.reviews)
	return w
}

// randomText returns positive claims that point into one document, or into it and its reprint.
func randomText(r *rand.Rand) world {
	w := world{book: kg.VoiceBook{Documents: map[kg.ID]kg.Document{
		"document:0": {ID: "document:0", Publisher: "actor:0"},
		"document:1": {ID: "document:1", Publisher: "actor:3", Syndicates: "document:0"},
	}}}
	size := 4 + r.IntN(40)
	for i := range 2 + r.IntN(9) {
		c := kg.Claim{
			ID: kg.ID(fmt.Sprintf("claim:%d", i)), Subject: strike, Aspect: kg.AspectOccurrence, Document: "document:0",
			Stance: kg.StanceAsserts, AssertedAt: when([]string{"2025-03-01", "2025-03-02", "2025-03-03", "2025-03"}[r.IntN(4)]),
		}
		if r.IntN(4) == 0 {
			c.Stance = kg.StanceConfirms
		}
		if r.IntN(12) == 0 {
			c.Document = "document:1"
		}
		for range r.IntN(3) {
			c.Claimants = append(c.Claimants, kg.ID(fmt.Sprintf("actor:%d", r.IntN(3))))
		}
		for range 1 + r.IntN(1+r.IntN(4)) {
			start := r.IntN(size)
			c.Spans = append(c.Spans, kg.Span{Start: start, End: start + 1 + r.IntN(size), State: kg.SpanVerified})
		}
		w.claims = append(w.claims, c)
	}
	return w
}
