package memory

import (
	"context"
	"slices"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/text"
)

// Search checks the words of every node.
func (s *Store) Search(ctx context.Context, q store.SearchQuery) (store.Page[store.Hit], error) {
	if err := q.Window.Check(); err != nil {
		return store.Page[store.Hit]{}, err
	}
	g, err := s.snapshot(ctx)
	if err != nil {
		return store.Page[store.Hit]{}, err
	}
	if len(q.Text) > store.MaxTextBytes {
		return store.Page[store.Hit]{}, kg.Errorf(kg.LimitExceeded, "the text has %d bytes, of at most %d", len(q.Text),
			store.MaxTextBytes)
	}
	r, words := g.reader(q.View), text.ParseQuery(q.Text)
	var hits []store.Hit
	for _, id := range r.searchable() {
		n := r.node(id)
		if n == nil || len(q.Types) > 0 && !slices.Contains(q.Types, store.SearchTypeOf(n)) {
			continue
		}
		if e, ok := n.(kg.Event); ok && e.Status == kg.StatusRetracted {
			continue
		}
		names, rest := store.SearchTexts(n)
		texts := slices.Concat(names, rest)
		if words.Matches(store.SearchTokens(texts)) {
			hits = append(hits, store.Hit{Node: n, Matched: store.BestMatch(words, texts)})
		}
	}
	return page(q.Window, false, q.Total, hits, func(h store.Hit) store.Position {
		names, _ := store.SearchTexts(h.Node)
		folded := make([]string, len(names))
		for i, name := range names {
			folded[i] = text.Fold(name)
		}
		return store.Position{Int: int64(words.Rank(folded)), ID: h.Node.NodeID()}
	}), nil
}

func (r viewReader) searchable() []kg.ID {
	var events []kg.ID
	for id := range r.histories {
		if id.Kind() == kg.KindEvent {
			events = append(events, id)
		}
	}
	return slices.Concat(sortedIDs(r.actors), sortedIDs(r.locations), sortedIDs(r.documents), sortedIDs(r.claims), events)
}
