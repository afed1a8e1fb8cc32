package memstore

import (
	"context"
	"slices"

	"casus/internal/kg"
	"casus/internal/text"
)

// Search looks at the words of every node there is.
func (s *Store) Search(ctx context.Context, q kg.SearchQuery) (kg.Page[kg.Hit], error) {
	g, err := s.now(ctx)
	if err != nil {
		return kg.Page[kg.Hit]{}, err
	}
	if len(q.Text) > kg.MaxTextBytes {
		return kg.Page[kg.Hit]{}, kg.Errorf(kg.LimitExceeded, "the text has %d bytes, of at most %d", len(q.Text), kg.MaxTextBytes)
	}
	r, words := g.in(q.View), text.ParseQuery(q.Text)
	var hits []kg.Hit
	for _, id := range r.searchable() {
		n := r.node(id)
		if n == nil || len(q.Types) > 0 && !slices.Contains(q.Types, kg.SearchTypeOf(n)) {
			continue
		}
		names, rest := kg.SearchTexts(n)
		texts := slices.Concat(names, rest)
		if words.Matches(kg.SearchTokens(texts)) {
			hits = append(hits, kg.Hit{Node: n, Matched: kg.Matched(words, texts)})
		}
	}
	return page(q.Window, false, q.Total, hits, func(h kg.Hit) kg.Position {
		names, _ := kg.SearchTexts(h.Node)
		folded := make([]string, len(names))
		for i, name := range names {
			folded[i] = text.Fold(name)
		}
		return kg.Position{Int: int64(words.Rank(folded)), ID: h.Node.NodeID()}
	}), nil
}

func (r reading) searchable() []kg.ID {
	var events []kg.ID
	for id := range r.histories {
		if id.Kind() == kg.KindEvent {
			events = append(events, id)
		}
	}
	return slices.Concat(sortedIDs(r.actors), sortedIDs(r.locations), sortedIDs(r.documents), sortedIDs(r.claims), events)
}
