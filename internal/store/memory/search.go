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
	positions := map[kg.ID]store.Position{}
	for _, h := range hits {
		id := h.Node.NodeID()
		positions[id] = store.Position{Int: int64(words.Rank(foldedNames(h.Node))), ID: id}
	}
	if store.WantsNear(words, hits) {
		hits = append(hits, r.nearHits(q, hits, positions)...)
	}
	return page(q.Window, false, q.Total, hits, func(h store.Hit) store.Position {
		return positions[h.Node.NodeID()]
	}), nil
}

// nearHits returns the near results beside the exact ones, and adds their positions.
func (r viewReader) nearHits(q store.SearchQuery, exact []store.Hit, positions map[kg.ID]store.Position) []store.Hit {
	near := text.ParseNear(q.Text)
	groups := near.Keys(len(exact) == 0)
	ids := r.searchable()
	slices.Sort(ids)
	var hits []store.Hit
	candidates := 0
	for _, id := range ids {
		n := r.node(id)
		if n == nil || len(q.Types) > 0 && !slices.Contains(q.Types, store.SearchTypeOf(n)) {
			continue
		}
		if e, ok := n.(kg.Event); ok && e.Status == kg.StatusRetracted {
			continue
		}
		keys, _ := store.IndexTexts(n)
		if near.Empty() || candidates == store.MaxNearCandidates || !hasEach(keys, groups) {
			continue
		}
		candidates++
		_, isExact := positions[id]
		if distance, _, ok := near.Distance(store.NearTexts(id, foldedNames(n), len(exact) == 0)); ok && !isExact {
			positions[id] = store.NearPosition(distance, id)
			hits = append(hits, store.Hit{Node: n, Matched: store.NearestName(q.Text, n), Near: true})
		}
	}
	slices.SortFunc(hits, func(a, b store.Hit) int {
		return store.ComparePositions(positions[a.Node.NodeID()], positions[b.Node.NodeID()])
	})
	return hits[:min(len(hits), store.MaxNear)]
}

// hasEach reports whether words have one of each group.
func hasEach(words []string, groups [][]string) bool {
	for _, group := range groups {
		if !slices.ContainsFunc(group, func(word string) bool { return slices.Contains(words, word) }) {
			return false
		}
	}
	return true
}

func foldedNames(n kg.Node) []string {
	names, _ := store.SearchTexts(n)
	folded := make([]string, len(names))
	for i, name := range names {
		folded[i] = text.Fold(name)
	}
	return folded
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
