package sqlite

import (
	"context"
	"database/sql"
	"slices"

	"casus/internal/kg"
	"casus/internal/store/apply"
)

// LinksAbove reads the links as before the transaction.
func (t *tx) LinksAbove(ctx context.Context, kind kg.NodeKind, ids []kg.ID) (apply.Links, error) {
	ids = slices.DeleteFunc(slices.Clone(ids), func(id kg.ID) bool { return !t.stored.mayContain(id) })
	if len(ids) == 0 {
		return nil, nil
	}
	query := `WITH RECURSIVE up (id) AS (SELECT value FROM json_each(?)
		UNION SELECT w.parent FROM up CROSS JOIN within w ON w.child = up.id WHERE w.layer <> 1)
		SELECT w.child, w.parent FROM up CROSS JOIN within w ON w.child = up.id WHERE w.layer <> 1`
	if kind == kg.KindDocument {
		query = `WITH RECURSIVE up (id) AS (SELECT value FROM json_each(?)
			UNION SELECT d.syndicates FROM up CROSS JOIN document d ON d.id = up.id WHERE d.syndicates <> '')
			SELECT d.id, d.syndicates FROM up CROSS JOIN document d ON d.id = up.id WHERE d.syndicates <> ''`
	}
	return links(ctx, t.committedState(), query, ids)
}

// LinksBelow sees the transaction's own writes.
func (t *tx) LinksBelow(ctx context.Context, kind kg.NodeKind, ids []kg.ID) (apply.Links, error) {
	query, index := `WITH RECURSIVE down (id) AS (SELECT value FROM json_each(?)
		UNION SELECT w.child FROM down CROSS JOIN within w ON w.parent = down.id WHERE w.layer <> 1)
		SELECT w.child, w.parent FROM down CROSS JOIN within w ON w.parent = down.id WHERE w.layer <> 1`, "within_parent"
	if kind == kg.KindDocument {
		query, index = `WITH RECURSIVE down (id) AS (SELECT value FROM json_each(?)
			UNION SELECT d.id FROM down CROSS JOIN document d ON d.syndicates = down.id WHERE d.syndicates <> '')
			SELECT d.id, d.syndicates FROM down CROSS JOIN document d ON d.syndicates = down.id WHERE d.syndicates <> ''`,
			"document_syndicates"
	}
	if _, err := t.ensureIndexes(ctx, index); err != nil {
		return nil, err
	}
	return links(ctx, t.queue, query, ids)
}

// FewerThan counts no more than n.
func (t *tx) FewerThan(ctx context.Context, kind kg.NodeKind, n int) (bool, error) {
	counts, err := rows(ctx, t.committedState(), scanNumber,
		"SELECT count(*) FROM (SELECT 1 FROM "+string(kind)+" LIMIT ?)", n)
	return err == nil && counts[0] < int64(n), err
}

func links(ctx context.Context, from querier, query string, ids []kg.ID) (apply.Links, error) {
	found, err := rows(ctx, from, scanLink, query, idList(ids))
	all := apply.Links{}
	for _, l := range found {
		all[l.from] = append(all[l.from], l.to)
	}
	return all, err
}

type link struct{ from, to kg.ID }

func scanLink(r *sql.Rows) (l link, err error) {
	err = r.Scan(&l.from, &l.to)
	return l, err
}
