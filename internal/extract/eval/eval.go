// Package eval compares two codings of the same articles, one of which may be a gold standard: how many records of each
// kind both have, how exactly the words agree on which claims rest, and how often matched records agree in the rest.
//
// Records are compared by their content, not by their ids. Of each kind as many pairs are matched as make the greatest
// sum of scores:
//
//   - Actors and places match by a name: the same words in any language, or at least half of the words.
//   - Events match by the code points that the spans of their claims share, if they have the same category or a matched
//     participant; category, modality and participants decide between events of the same sentences.
//   - Claims match within matched events, if their spans share at least half of their code points.
//   - Ties match by holder, counterpart and type. Direct quotes match by their spans, whatever their event.
//   - Links, events of several articles with one id, and reprints match by the events and documents that they join.
package eval

import (
	"cmp"
	"slices"

	"casus/internal/kg"
)

// Report is a comparison of the articles of a gold coding with a proposal's.
type Report struct {
	Articles []Article `json:"articles"`
	Total    Scores    `json:"total"`
	// Missing are documents of the gold that the proposal does not have: all their records count as not found. Extra are
	// documents that only the proposal has: they do not count.
	Missing []kg.ID `json:"missing"`
	Extra   []kg.ID `json:"extra"`
}

// Article is the comparison of one document.
type Article struct {
	Document kg.ID  `json:"document"`
	Title    string `json:"title"`
	Scores
}

// Compare compares the documents of the gold with those of the proposal that have the same text.
func Compare(gold, proposal []*Coding) Report {
	r := Report{Articles: []Article{}, Missing: []kg.ID{}, Extra: []kg.ID{}}
	bySum := map[string]*Coding{}
	for _, p := range proposal {
		bySum[p.SHA256] = p
	}
	var pairs []*pair
	for _, g := range gold {
		p := bySum[g.SHA256]
		delete(bySum, g.SHA256)
		if p == nil {
			r.Missing = append(r.Missing, g.Document)
			p = &Coding{}
		}
		compared := newPair(g, p)
		pairs = append(pairs, compared)
		r.Articles = append(r.Articles, Article{g.Document, g.Title, compared.scores()})
	}
	for _, p := range bySum {
		r.Extra = append(r.Extra, p.Document)
	}
	slices.Sort(r.Extra)
	for i := range r.Articles {
		r.Total.add(r.Articles[i].Scores)
		r.Articles[i].finish()
	}
	r.Total.SameEvents = sameEvents(pairs)
	r.Total.finish()
	slices.SortFunc(r.Articles, func(a, b Article) int { return cmp.Compare(a.Document, b.Document) })
	return r
}

// mention is an event in one of the compared documents.
type mention struct{ article, event int }

// sameEvents compares the pairs of events of different articles that have one id.
func sameEvents(pairs []*pair) (c Count) {
	gold, proposal := map[kg.ID][]mention{}, map[kg.ID][]mention{}
	for i, p := range pairs {
		for n, e := range p.gold.events {
			gold[e.ID] = append(gold[e.ID], mention{i, n})
		}
		for n, e := range p.proposal.events {
			proposal[e.ID] = append(proposal[e.ID], mention{i, n})
		}
	}
	joined := joinedPairs(proposal)
	for both := range joinedPairs(gold) {
		a, b := both[0], both[1]
		c.Gold++
		a.event, b.event = pairs[a.article].events[a.event], pairs[b.article].events[b.event]
		if a.event >= 0 && b.event >= 0 && joined[[2]mention{a, b}] {
			c.Matched++
		}
	}
	c.Proposal = len(joined)
	return c
}

// joinedPairs returns the pairs of mentions in different articles, the earlier article first.
func joinedPairs(byID map[kg.ID][]mention) map[[2]mention]bool {
	all := map[[2]mention]bool{}
	for _, mentions := range byID {
		for i, a := range mentions {
			for _, b := range mentions[i+1:] {
				if a.article != b.article {
					all[[2]mention{a, b}] = true
				}
			}
		}
	}
	return all
}
