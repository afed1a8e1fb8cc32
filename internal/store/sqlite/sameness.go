package sqlite

import (
	"context"

	"casus/internal/kg"
)

// SameAs tells what nodes are one with, and what was decided about them.
func (s *Store) SameAs(ctx context.Context, v kg.View, ids []kg.ID) ([]kg.IdentityStatus, error) {
	if err := ctx.Err(); err != nil {
		return nil, mapError(err, "read decisions")
	}
	return reads(ctx, s, v, func(r reading) ([]kg.IdentityStatus, error) {
		list := idList(r.one.Expand(ids))
		decisions, err := rows(ctx, s.read, record[kg.IdentityDecision],
			"SELECT record FROM identity_decision WHERE id IN (SELECT id FROM identity_decision WHERE a "+in+" UNION SELECT id FROM identity_decision WHERE b "+in+")", list, list)
		return r.one.Statuses(r.one.IDs(ids), decisions), err
	})
}
