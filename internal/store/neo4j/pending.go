package neo4j

import (
	"context"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"casus/internal/kg"
	"casus/internal/store/neo4j/rows"
)

// pendingBatchSize is the number of pending decisions that are applied in one batch.
const pendingBatchSize = 1000

// applyPending applies the identity decisions, reviews and corrections that a bulk import has left pending, and deletes
// them once all are applied. It can be interrupted and repeated, and concurrent calls reach the same result.
func (s *Store) applyPending(ctx context.Context) error {
	for after, found := "", pendingBatchSize; found == pendingBatchSize; {
		records, err := s.query(ctx, "MATCH (p:"+rows.PendingDecision+") WHERE p.id > $after"+
			" RETURN p.id AS id, p._record AS record ORDER BY p.id LIMIT $limit",
			map[string]any{"after": after, "limit": int64(pendingBatchSize)})
		if err != nil {
			return err
		}
		if found = len(records); found == 0 && after == "" {
			return nil
		}
		var b kg.Batch
		for _, r := range records {
			id, err := addPending(&b, r)
			if err != nil {
				return err
			}
			after = string(id)
		}
		if _, err := s.Apply(ctx, b); err != nil {
			return err
		}
	}
	session := s.session(ctx)
	defer func() { _ = session.Close(context.WithoutCancel(ctx)) }() // the transaction reports errors
	_, err := session.ExecuteWrite(ctx, func(t neo4j.ManagedTransaction) (any, error) {
		return collect(ctx, t, "MATCH (p:"+rows.PendingDecision+") DELETE p", nil)
	})
	return mapError(ctx, err, "delete the applied decisions")
}

// addPending adds a pending record to a batch and returns its id.
func addPending(b *kg.Batch, r *neo4j.Record) (kg.ID, error) {
	text, err := column[string](r, "id")
	if err != nil {
		return "", err
	}
	id := kg.ID(text)
	switch id.Kind() {
	case kg.KindReview:
		return id, appendRecord(&b.Reviews, r)
	case kg.KindCorrection:
		return id, appendRecord(&b.Corrections, r)
	}
	return id, appendRecord(&b.Identities, r)
}

func appendRecord[T any](to *[]T, r *neo4j.Record) error {
	v, err := recordOf[T](r)
	*to = append(*to, v)
	return err
}
