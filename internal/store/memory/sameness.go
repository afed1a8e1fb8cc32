package memory

import (
	"context"

	"casus/internal/kg"
)

// SameAs tells what nodes are one with, and what was decided about them.
func (s *Store) SameAs(ctx context.Context, v kg.View, ids []kg.ID) ([]kg.IdentityStatus, error) {
	g, err := s.now(ctx)
	if err != nil {
		return nil, err
	}
	r := g.in(v)
	var decisions []kg.IdentityDecision
	for _, id := range sortedIDs(g.identities) {
		decisions = append(decisions, g.identities[id])
	}
	return r.one.Statuses(r.one.IDs(ids), decisions), nil
}
