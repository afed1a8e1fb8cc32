package storetest

import (
	"fmt"
	"slices"

	"casus/internal/edtf"
	"casus/internal/kg"
)

// curate adds reviews and corrections at random: of some claims several, with contents of other claims, and some with
// none.
func (g *graph) curate(d random) {
	g.batch.Reviews, g.batch.Corrections = g.reviews(d, "", 8), g.corrections(d, "", len(g.batch.Claims)/5)
}

func (g *graph) reviews(d random, prefix string, n int) []kg.Review {
	var all []kg.Review
	for i := range n {
		r := kg.Review{
			ID: kg.ID(fmt.Sprintf("review:%s%d", prefix, i)), Verdict: pick(d, kg.Codings.Values()), By: d.phrase(1),
			At: edtf.Instant(d.between(1, 5)), Note: d.phrase(2),
		}
		switch d.IntN(3) {
		case 0:
			r.Claims = randomValues(d, 4, g.known[kg.KindClaim])
		case 1:
			r.Document = pick(d, g.known[kg.KindDocument])
		default:
			r.Release = pick(d, g.known[kg.KindRelease])
		}
		all = append(all, r)
	}
	return all
}

func (g *graph) corrections(d random, prefix string, n int) []kg.Correction {
	var all []kg.Correction
	for i := range n {
		c := kg.Correction{
			ID: kg.ID(fmt.Sprintf("correction:%s%d", prefix, i)), Claim: pick(d, g.known[kg.KindClaim]), By: d.phrase(1),
			At: edtf.Instant(d.between(1, 5)), Why: d.phrase(2),
		}
		if i > 0 && d.chance(30) {
			c.Claim = pick(d, all).Claim
		}
		if d.chance(60) {
			c.Content = g.content(d, c.Claim)
		}
		all = append(all, c)
	}
	return all
}

// fieldCorrections corrects fields of nodes: to other values, or to none.
func (g *graph) fieldCorrections(d random, prefix string, n int) (all []kg.Correction) {
	for i := range n {
		c := kg.Correction{
			ID: kg.ID(fmt.Sprintf("correction:field-%s%d", prefix, i)), By: d.phrase(1), At: edtf.Instant(d.between(1, 5)),
		}
		switch d.IntN(5) {
		case 0:
			c.Node, c.Field, c.Value = pick(d, g.known[kg.KindActor]), "country", pick(d, []string{`"UA"`, `"PL"`, ""})
		case 1:
			c.Node, c.Field = pick(d, g.known[kg.KindLocation]), "point"
			c.Value = pick(d, []string{`{"latitude":1,"longitude":2.5}`, ""})
		case 2: // the date also decides between values that others state
			c.Node, c.Field = pick(d, g.known[kg.KindDocument][:min(4, g.documents)]), "publishedAt"
			c.Value = pick(d, []string{`"2024-01-01"`, `"2026"`, ""})
		case 3:
			c.Node, c.Field = pick(d, g.known[kg.KindDocument]), "publisher"
			c.Value = fmt.Sprintf("%q", pick(d, g.known[kg.KindActor]))
		default:
			c.Node, c.Field = pick(d, g.known[kg.KindRelease]), "releasedAt"
			c.Value = pick(d, []string{`"2024-01-01"`, `"2026"`, ""})
		}
		all = append(all, c)
	}
	return all
}

// content returns a new content for a claim, mostly about the same subject.
func (g *graph) content(d random, claim kg.ID) *kg.Content {
	claims := slices.DeleteFunc(slices.Clone(g.batch.Claims), func(c kg.Claim) bool { return c.ID == claim })
	old := g.batch.Claims[slices.IndexFunc(g.batch.Claims, func(c kg.Claim) bool { return c.ID == claim })]
	content := pick(d, claims).Content()
	if d.chance(80) {
		content.Subject = old.Subject
	}
	content.Supersedes = slices.DeleteFunc(slices.Clone(content.Supersedes), func(id kg.ID) bool { return id == claim })
	if content.Subject.Kind() != kg.KindEvent {
		content.Says = kg.Statement{}
	}
	self := func(e kg.ID) bool { return e == content.Subject }
	s := &content.Says
	s.Wholes = slices.DeleteFunc(slices.Clone(s.Wholes), self)
	s.Announces = slices.DeleteFunc(slices.Clone(s.Announces), self)
	s.RespondsTo = slices.DeleteFunc(slices.Clone(s.RespondsTo), func(r kg.ResponseTo) bool { return self(r.To) })
	return &content
}

// insertCuration inserts the reviews and corrections into batches, each after what it refers to.
func (g *graph) insertCuration(d random, batches []kg.Batch) []kg.Batch {
	insert := func(b kg.Batch, refs []kg.ID) {
		i := d.between(1, len(batches))
		for !definesAll(batches[:i], refs) {
			i++
		}
		batches = slices.Insert(batches, i, b)
	}
	for _, r := range g.batch.Reviews {
		insert(kg.Batch{Reviews: []kg.Review{r}}, r.Targets())
	}
	for _, c := range g.batch.Corrections {
		insert(kg.Batch{Corrections: []kg.Correction{c}}, c.References())
	}
	return batches
}

// definesAll reports whether the batches have all claims and events among the ids.
func definesAll(batches []kg.Batch, ids []kg.ID) bool {
	known := map[kg.ID]bool{}
	for _, b := range batches {
		for _, c := range b.Claims {
			known[c.ID], known[c.Subject] = true, true
		}
	}
	return !slices.ContainsFunc(ids, func(id kg.ID) bool {
		return (id.Kind() == kg.KindClaim || id.Kind() == kg.KindEvent) && !known[id]
	})
}
