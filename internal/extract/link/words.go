package link

import (
	"context"
	"maps"
	"slices"

	"casus/internal/edtf"
	"casus/internal/extract/anchor"
	"casus/internal/extract/reprint"
	"casus/internal/extract/sentence"
	"casus/internal/kg"
	"casus/internal/store"
)

// byWords joins the events of a reprint to those of the documents with which it shares most sentences: the same words
// report the same event. Both events must be the same kind of act with the same modality, which distinguishes what one
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
	events, words, err := m.eventsIn(ctx, d.ID, anchor.New(content), sharedOf(theirs, shared))
	if err != nil {
		return err
	}
	var pairs, unlike wordPairs
	sentences := sharedOf(m.article.Sentences, shared)
	for i, e := range m.article.Events {
		own := wordsOf(e.Ranges, sentences)
		for n, k := range events {
			p := wordPair{i, k, slices.Equal(own, words[n]), m.contradicts(i, k)}
			switch both := sharedCount(own, words[n]); {
			case both == 0 || 2*2*both < len(own)+len(words[n]):
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

// eventsIn returns the events about which a document has live claims, and for each the words of the shared sentences on
// which these rest.
func (m *matcher) eventsIn(
	ctx context.Context, d kg.ID, text *anchor.Text, sentences []sharedSentence,
) (events []*knownEvent, words [][]string, err error) {
	q := store.ClaimQuery{
		Order: (*store.ClaimOrder)(nil).Normalize(), Window: store.Window{Limit: store.MaxPageSize},
		Scope: &store.Scope{Relation: store.DocumentClaims, IDs: []kg.ID{d}},
	}
	ranges := map[kg.ID][]anchor.Range{}
	for more := true; more; {
		pages, err := m.store.Claims(ctx, q)
		if err != nil {
			return nil, nil, err
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
		if more = pages[0].HasNext; more {
			q.Window.After = &pages[0].Positions[len(pages[0].Positions)-1]
		}
	}
	events, err = m.readKnown(ctx, slices.Sorted(maps.Keys(ranges)))
	for _, k := range events {
		words = append(words, wordsOf(ranges[k.ID], sentences))
	}
	return events, words, err
}

// sharedSentence is a sentence with its words, which stand once in each of two texts.
type sharedSentence struct {
	anchor.Range
	words string
}

// sharedOf returns the sentences whose words are among the shared ones, which are sorted.
func sharedOf(sentences []sentence.Sentence, shared []string) (all []sharedSentence) {
	for _, s := range sentences {
		words := reprint.Words(s.Text)
		if _, ok := slices.BinarySearch(shared, words); ok {
			all = append(all, sharedSentence{s.Range, words})
		}
	}
	return all
}

// wordsOf returns the words of the sentences that ranges are in, sorted.
func wordsOf(ranges []anchor.Range, sentences []sharedSentence) (all []string) {
	for _, s := range sentences {
		if meet(ranges, []anchor.Range{s.Range}) {
			all = append(all, s.words)
		}
	}
	slices.Sort(all)
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
