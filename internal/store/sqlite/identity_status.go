package sqlite

import (
	"context"

	"casus/internal/kg"
)

// SameAs returns the identity classes of nodes and the decisions about them.
func (s *Store) SameAs(ctx context.Context, v kg.View, ids []kg.ID) ([]kg.IdentityStatus, error) {
	if err := ctx.Err(); err != nil {
		return nil, mapError(err, "read decisions")
	}
	return readView(ctx, s, v, func(r viewReader) ([]kg.IdentityStatus, error) {
		list := idList(r.identities.Expand(ids))
		decisions, err := rows(ctx, s.read, scanRecord[kg.IdentityDecision],
			"SELECT record FROM identity_decision WHERE id IN (SELECT id FROM identity_decision WHERE a "+inJSONList+
				" UNION SELECT id FROM identity_decision WHERE b "+inJSONList+")", list, list)
		return r.identities.Statuses(r.identities.IDs(ids), decisions), err
	})
}
