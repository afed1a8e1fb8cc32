package sqlite

import (
	"context"
	"database/sql"
	"slices"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/text"
)

// Search finds nodes by words, best first: by the rank of their names, then by id.
func (s *Store) Search(ctx context.Context, q store.SearchQuery) (store.Page[store.Hit], error) {
	if err := q.Window.Check(); err != nil {
		return store.Page[store.Hit]{}, err
	}
	page := store.CutPage(q.Window, nil, func(store.Hit) store.Position { return store.Position{} })
	if len(q.Text) > store.MaxTextBytes {
		return page, kg.Errorf(kg.LimitExceeded, "the text has %d bytes, of at most %d", len(q.Text), store.MaxTextBytes)
	}
	words := text.ParseQuery(q.Text)
	if words.Empty() {
		if q.Total {
			page.Total = new(int)
		}
		return page, mapError(ctx.Err(), "search")
	}
	if len(q.Types) == 0 {
		q.Types = nil
	}
	return readView(ctx, s, q.View, func(r viewReader) (store.Page[store.Hit], error) {
		return store.SearchPage(ctx, q, searcher{r, q.Types, words})
	})
}

// searcher is the store.SearchEngine of a query.
type searcher struct {
	viewReader
	types []store.NodeType
	words text.Query
}

// ExactHits implements store.SearchEngine.
func (r searcher) ExactHits(
	_ context.Context, w store.Window, total bool,
) (page store.Page[store.Hit], err error) {
	types, words := r.types, r.words
	if !w.Backward && w.Before == nil && w.Limit > 0 && !total {
		return r.forwardPage(w, types, words)
	}
	found, err := listing[kg.ID]{
		source: sqlOf(`SELECT 0 AS i, CASE
			WHEN EXISTS (SELECT 1 FROM search_name n WHERE n.entry = s.num AND n.folded = ?) THEN ?
			WHEN EXISTS (SELECT 1 FROM search_name n WHERE n.entry = s.num AND `, words.Folded, int(text.RankExactName)).
			append(hasPrefix("n.folded", words.Folded), sqlOf(`) THEN ?
			ELSE ? END AS k, s.id AS id
			FROM search_words w JOIN search_entry s ON s.num = w.rowid WHERE search_words MATCH ? AND `,
				int(text.RankNamePrefix), int(text.RankOther), text.FTS5(words)),
				combine([]clause{r.holds("s"), anyOf("s.type", types), r.isFound("s")})),
		window: w, total: total,
		scan: func() ([]any, func(kg.ID) (kg.ID, error)) {
			return nil, func(id kg.ID) (kg.ID, error) { return id, nil }
		},
	}.pages(r.ctx, r.read)
	if err != nil {
		return page, err
	}
	return r.hits(words, found[0])
}

// forwardPage returns a page that begins at the start or after a position.
func (r viewReader) forwardPage(
	w store.Window, types []store.NodeType, words text.Query,
) (page store.Page[store.Hit], err error) {
	m, err := readMatches(r.ctx, r.read, words)
	if err != nil {
		return page, err
	}
	walked, err := r.walk(m, types, w)
	if err != nil {
		return page, err
	}
	cut := store.CutPage(w, walked, func(f foundEntry) store.Position { return f.at })
	ids := make([]kg.ID, len(cut.Items))
	for i, f := range cut.Items {
		ids[i] = f.at.ID
	}
	return r.hits(words, store.Page[kg.ID]{Items: ids, Positions: cut.Positions, HasNext: cut.HasNext,
		HasPrevious: cut.HasPrevious})
}

// hits loads the nodes that a search found.
func (r viewReader) hits(words text.Query, found store.Page[kg.ID]) (page store.Page[store.Hit], err error) {
	nodes, err := r.nodes(found.Items)
	if err != nil {
		return page, err
	}
	page = store.Page[store.Hit]{Positions: found.Positions, HasNext: found.HasNext, HasPrevious: found.HasPrevious,
		Total: found.Total}
	for i, n := range nodes {
		if n == nil {
			return page, kg.Errorf(kg.Internal, "search found %s, which does not exist", found.Items[i])
		}
		names, rest := store.SearchTexts(n)
		page.Items = append(page.Items, store.Hit{Node: n, Matched: store.BestMatch(words, slices.Concat(names, rest))})
	}
	return page, nil
}

// NearCandidates implements store.SearchEngine.
func (r searcher) NearCandidates(_ context.Context, groups [][]string) ([]store.NearCandidate, error) {
	query := sqlOf("SELECT s.num, s.id FROM search_words w CROSS JOIN search_entry s ON s.num = w.rowid "+
		"WHERE search_words MATCH ? AND ", text.FTS5Groups(groups)).
		append(combine([]clause{r.holds("s"), anyOf("s.type", r.types), r.isFound("s")}),
			sqlOf(" ORDER BY s.id LIMIT ?", store.MaxNearCandidates))
	entries, err := rows(r.ctx, r.read, scanFound, query.sql, query.args...)
	if err != nil || len(entries) == 0 {
		return nil, err
	}
	all, index, numbers := make([]store.NearCandidate, len(entries)), map[int64]int{}, make([]int64, len(entries))
	for i, e := range entries {
		all[i].ID, index[e.num], numbers[i] = e.at.ID, i, e.num
	}
	err = stream(r.ctx, r.read, sqlOf("SELECT entry, folded FROM search_name WHERE entry "+inJSONList, jsonOf(numbers)),
		func(row *sql.Rows) error {
			var n int64
			var name string
			err := row.Scan(&n, &name)
			c := &all[index[n]]
			c.Names = append(c.Names, name)
			return err
		})
	return all, err
}

// NodesOf implements store.SearchEngine.
func (r searcher) NodesOf(_ context.Context, ids []kg.ID) ([]kg.Node, error) { return r.nodes(ids) }
