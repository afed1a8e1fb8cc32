package neo4j

import (
	"context"

	"casus/internal/kg"
)

// SameAs returns the nodes that each node is merged with, and the decisions about it.
func (s *Store) SameAs(ctx context.Context, v kg.View, ids []kg.ID) ([]kg.IdentityStatus, error) {
	return readView(ctx, s, v, func(b *builder) ([]kg.IdentityStatus, error) {
		b.params["ids"] = stringsOf(b.identities.Expand(ids))
		found, err := b.query(ctx, "UNWIND $ids AS id CALL (id) { MATCH (d:IdentityDecision {a: id}) RETURN d"+
			" UNION MATCH (d:IdentityDecision {b: id}) RETURN d }"+
			" RETURN DISTINCT d._record AS record")
		if err != nil {
			return nil, err
		}
		decisions := make([]kg.IdentityDecision, len(found))
		for i, r := range found {
			if decisions[i], err = recordOf[kg.IdentityDecision](r); err != nil {
				return nil, err
			}
		}
		return b.identities.Statuses(b.identities.IDs(ids), decisions), nil
	})
}
