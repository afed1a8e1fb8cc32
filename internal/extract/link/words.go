package link

import (
	"context"
	"slices"
	"strings"

	"casus/internal/edtf"
	"casus/internal/extract/anchor"
	"casus/internal/extract/reprint"
	"casus/internal/extract/sentence"
	"casus/internal/kg"
	"casus/internal/store"
)

// byWords joins the events of a reprint to those of the documents with which it shares most sentences: the same words
// report the same event. Both events must be the same kind of act with the same modality, which tells apart what one
// sentence reports: a threat and the march that is threatened. Of the shared sentences on which they rest, at least
// half must be the same. It is certain if each is the only such event of the other, or the only one that rests on
// exactly the same of these sentences, and neither time, place nor actors differ. Of another kind, an event on exactly
// the same sentences is a suggestion.
func (m *matcher) byWords(ctx context.Context) error {
	for _, d := range m.article.Alike {
		if err := m.byWordsOf(ctx, d); err != nil {
			return err
		}
	}
	return nil
}

func (m *matcher) byWordsOf(ctx context.Context, d kg.Document) error {
	content := d.Text
	if content == "" {
		if d.SHA256 != m.article.SHA256 {
			return nil
		}
		content = m.article.Text
	}
	theirs := sentence.Split(content)
	shared := reprint.SharedOnce(sentence.Texts(m.article.Sentences), sentence.Texts(theirs))
	ranges, err := m.rangesIn(ctx, d.ID, anchor.New(content))
	if err != nil {
		return err
	}
	var ids []kg.ID
	for id := range ranges {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	events, err := m.readKnown(ctx, ids)
	if err != nil {
		return err
	}
	var pairs, unlike wordPairs
	for i, e := range m.article.Events {
		own := wordsOf(e.Ranges, m.article.Sentences, shared)
		for _, k := range events {
			words := wordsOf(ranges[k.ID], theirs, shared)
			p := wordPair{i, k, slices.Equal(own, words), m.contradicts(i, k)}
			switch both := sharedCount(own, words); {
			case both == 0 || 2*2*both < len(own)+len(words):
			case e.isAlike(k):
				pairs = append(pairs, p)
			case p.equal:
				unlike = append(unlike, p)
			}
		}
	}
	reason := NewReason(EventWords, kg.BestName(d.Titles, "en"))
	for _, p := range pairs {
		switch {
		case m.result[p.event].Known != nil || m.taken[p.known.ID]:
		case pairs.isCertain(p):
			m.join(p.event, p.known, reason)
		default:
			m.suggest(p.event, p.known, reason)
		}
	}
	for _, p := range unlike {
		if !slices.ContainsFunc(pairs, func(o wordPair) bool { return o.event == p.event || o.known == p.known }) {
			m.suggest(p.event, p.known, reason)
		}
	}
	return nil
}

// rangesIn returns for each event the parts of a document on which the live claims about it rest.
func (m *matcher) rangesIn(ctx context.Context, d kg.ID, text *anchor.Text) (map[kg.ID][]anchor.Range, error) {
	q := store.ClaimQuery{
		Order: (*store.ClaimOrder)(nil).Normalize(), Window: store.Window{Limit: store.MaxPageSize},
		Scope: &store.Scope{Relation: store.DocumentClaims, IDs: []kg.ID{d}},
	}
	ranges := map[kg.ID][]anchor.Range{}
	for {
		pages, err := m.store.Claims(ctx, q)
		if err != nil {
			return nil, err
		}
		for _, c := range pages[0].Items {
			if c.Subject.Kind() != kg.KindEvent || !c.Live(edtf.EndOfTime-1) {
				continue
			}
			for i, r := range rangesOf(c) {
				if words, ok := text.Slice(r); ok && (c.Spans[i].Exact == "" || c.Spans[i].Exact == words) {
					ranges[c.Subject] = append(ranges[c.Subject], r)
				}
			}
		}
		if !pages[0].HasNext {
			return ranges, nil
		}
		q.Window.After = &pages[0].Positions[len(pages[0].Positions)-1]
	}
}

// wordsOf returns the words of the sentences that ranges are in, if they are among the shared ones, sorted.
func wordsOf(ranges []anchor.Range, sentences []sentence.Sentence, shared []string) (all []string) {
	for _, s := range sentences {
		words := reprint.Words(s.Text)
		if _, ok := slices.BinarySearch(shared, words); !ok {
			continue
		}
		if slices.ContainsFunc(ranges, func(r anchor.Range) bool { return r.Start < s.End && s.Start < r.End }) {
			all = append(all, words)
		}
	}
	slices.SortFunc(all, strings.Compare)
	return all
}

func sharedCount(a, b []string) (n int) {
	for _, words := range a {
		if slices.Contains(b, words) {
			n++
		}
	}
	return n
}

// wordPair is an event of the article and a known one that rest on shared sentences: equal if all of these are the
// same, differs if anything else shows that they are two.
type wordPair struct {
	event          int
	known          *knownEvent
	equal, differs bool
}

type wordPairs []wordPair

// isCertain reports whether each event of a pair is the only one for the other.
func (all wordPairs) isCertain(p wordPair) bool {
	rivals, equals := 0, 0
	for _, o := range all {
		if o.differs || (o.event == p.event) == (o.known == p.known) {
			continue
		}
		rivals++
		if o.equal {
			equals++
		}
	}
	return !p.differs && (rivals == 0 || p.equal && equals == 0)
}
