package sqlitestore

import (
	"context"
	"slices"

	"casus/internal/kg"
	"casus/internal/text"
)

// Search finds nodes by words, best first: by the rank of their names, then by id.
func (s *Store) Search(ctx context.Context, q kg.SearchQuery) (kg.Page[kg.Hit], error) {
	page := kg.CutPage(q.Window, nil, func(kg.Hit) kg.Position { return kg.Position{} })
	if len(q.Text) > kg.MaxTextBytes {
		return page, kg.Errorf(kg.LimitExceeded, "the text has %d bytes, of at most %d", len(q.Text), kg.MaxTextBytes)
	}
	words := text.ParseQuery(q.Text)
	if words.Empty() {
		if q.Total {
			page.Total = new(int)
		}
		return page, mapError(ctx.Err(), "search")
	}
	return reads(ctx, s, q.View, func(r reading) (kg.Page[kg.Hit], error) { return r.search(q, words) })
}

func (r reading) search(q kg.SearchQuery, words text.Query) (page kg.Page[kg.Hit], err error) {
	types := q.Types
	if len(types) == 0 {
		types = nil
	}
	found, err := listing[kg.ID]{
		source: sqlOf(`SELECT 0 AS i, CASE
			WHEN EXISTS (SELECT 1 FROM search_name n WHERE n.entry = s.num AND n.folded = ?) THEN ?
			WHEN EXISTS (SELECT 1 FROM search_name n WHERE n.entry = s.num AND `, words.Folded, int(text.RankExactName)).then(begins("n.folded", words.Folded), sqlOf(`) THEN ?
			ELSE ? END AS k, s.id AS id FROM search_words w JOIN search_entry s ON s.num = w.rowid WHERE search_words MATCH ? AND `,
			int(text.RankNamePrefix), int(text.RankOther), text.FTS5(words)), r.holds("s"), sqlOf(" AND "), given("s.type", types)),
		window: q.Window, total: q.Total,
		scan: func() ([]any, func(kg.ID) (kg.ID, error)) {
			return nil, func(id kg.ID) (kg.ID, error) { return id, nil }
		},
	}.pages(r.ctx, r.read)
	if err != nil {
		return page, err
	}
	nodes, err := r.nodes(found[0].Items)
	if err != nil {
		return page, err
	}
	page = kg.Page[kg.Hit]{Positions: found[0].Positions, HasNext: found[0].HasNext, HasPrevious: found[0].HasPrevious, Total: found[0].Total}
	for i, n := range nodes {
		if n == nil {
			return page, kg.Errorf(kg.Internal, "search found %s, which is not there", found[0].Items[i])
		}
		names, rest := kg.SearchTexts(n)
		page.Items = append(page.Items, kg.Hit{Node: n, Matched: kg.Matched(words, slices.Concat(names, rest))})
	}
	return page, nil
}
