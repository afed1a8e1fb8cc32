package memory

import (
	"context"

	"casus/internal/kg"
)

// SameAs returns the identity classes of nodes and the decisions about them.
func (s *Store) SameAs(ctx context.Context, v kg.View, ids []kg.ID) ([]kg.IdentityStatus, error) {
	g, err := s.snapshot(ctx)
	if err != nil {
		return nil, err
	}
	r := g.reader(v)
	var decisions []kg.IdentityDecision
	for _, id := range sortedIDs(g.decisions) {
		decisions = append(decisions, g.decisions[id])
	}
	return r.identities.Statuses(r.identities.IDs(ids), decisions), nil
}
