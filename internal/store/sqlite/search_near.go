package sqlite

import (
	"context"
	"database/sql"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/text"
)

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
