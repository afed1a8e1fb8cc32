package neo4jstore

import (
	"context"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"casus/internal/kg"
	"casus/internal/text"
)

// Search finds nodes by words, ordered by (rank, id). The engine ranks by the folded names that an entry keeps.
func (s *Store) Search(ctx context.Context, q kg.SearchQuery) (kg.Page[kg.Hit], error) {
	if len(q.Text) > kg.MaxTextBytes {
		return kg.Page[kg.Hit]{}, kg.Errorf(kg.LimitExceeded, "the text to search for has %d bytes, of at most %d", len(q.Text), kg.MaxTextBytes)
	}
	words := text.ParseQuery(q.Text)
	if words.Empty() {
		page := kg.CutPage(q.Window, nil, func(kg.Hit) kg.Position { return kg.Position{} })
		if q.Total {
			page.Total = new(int)
		}
		return page, nil
	}
	b := s.builder(q.View)
	var types clause
	if len(q.Types) > 0 {
		types = in(b, "entry.type", q.Types)
	}
	b.params["words"], b.params["folded"], b.params["claim"] = text.Lucene(words), words.Folded, string(kg.TypeClaim)
	pages, err := listing[kg.ID]{
		builder: b, match: ranked + where(b.known("entry"), types) + " WITH entry AS n", key: rank,
		window: q.Window, total: q.Total, columns: "n.type AS type",
		decode: func(r *neo4j.Record) (kg.ID, error) { id, err := column[string](r, "id"); return kg.ID(id), err },
	}.pages(ctx)
	if err != nil {
		return kg.Page[kg.Hit]{}, err
	}
	return s.hits(ctx, q.View, words, pages[0])
}

const (
	ranked = "CALL db.index.fulltext.queryNodes('search_words', $words) YIELD node AS entry"
	rank   = "CASE WHEN n.type = $claim THEN 2 WHEN any(name IN n.names WHERE name = $folded) THEN 0 " +
		"WHEN any(name IN n.names WHERE name STARTS WITH $folded) THEN 1 ELSE 2 END"
)

// hits loads what a search found.
func (s *Store) hits(ctx context.Context, v kg.View, words text.Query, found kg.Page[kg.ID]) (kg.Page[kg.Hit], error) {
	page := kg.Page[kg.Hit]{Positions: found.Positions, HasNext: found.HasNext, HasPrevious: found.HasPrevious, Total: found.Total}
	nodes, err := s.Nodes(ctx, v, found.Items)
	if err != nil {
		return kg.Page[kg.Hit]{}, err
	}
	page.Items = make([]kg.Hit, len(nodes))
	for i, n := range nodes {
		if n == nil {
			return kg.Page[kg.Hit]{}, kg.Errorf(kg.Internal, "the search index holds %s, which is not there", found.Items[i])
		}
		names, rest := kg.SearchTexts(n)
		page.Items[i] = kg.Hit{Node: n, Matched: kg.Matched(words, append(names, rest...))}
	}
	return page, nil
}
