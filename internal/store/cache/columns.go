package cache

import (
	"context"

	"casus/internal/columns"
)

// Columns returns the columns of events from the aggregate index; see aggregate.Index.Columns.
func (s *Store) Columns(ctx context.Context, q columns.Query) (columns.Table, error) {
	found, err := s.index.Columns(ctx, q)
	return found, s.explain(err)
}
