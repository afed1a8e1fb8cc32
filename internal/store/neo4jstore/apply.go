package neo4jstore

import (
	"context"
	"slices"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"casus/internal/kg"
	"casus/internal/store/apply"
	"casus/internal/store/neo4jstore/rows"
)

// Apply writes a batch in one transaction, which the driver begins again after a deadlock or a change of leader.
func (s *Store) Apply(ctx context.Context, b kg.Batch) (kg.Applied, error) {
	if err := ctx.Err(); err != nil {
		return kg.Applied{}, mapError(ctx, err, "apply a batch")
	}
	session := s.session(ctx, neo4j.AccessModeWrite)
	defer func() { _ = session.Close(context.WithoutCancel(ctx)) }() // what went wrong is told by the transaction
	applied, err := neo4j.ExecuteWrite(ctx, session, func(t neo4j.ManagedTransaction) (kg.Applied, error) {
		return apply.Run(ctx, tx{t, map[kg.ID]bool{}}, b)
	}, deadline(ctx))
	return applied, mapError(ctx, err, "apply a batch")
}

// Checkpoint reads the value last written under a key.
func (s *Store) Checkpoint(ctx context.Context, key string) (string, error) {
	rows, err := s.query(ctx, "OPTIONAL MATCH (c:Checkpoint {key: $key}) RETURN coalesce(c.value, '') AS value", map[string]any{"key": key})
	if err != nil {
		return "", err
	}
	return column[string](rows[0], "value")
}

// tx is one batch's transaction. Errors of the driver stay as they are, since it looks at them to see what to try again.
type tx struct {
	neo4j.ManagedTransaction
	inserted map[kg.ID]bool // claims
}

var _ apply.Tx = tx{}

// fresh says whether all claims about a subject are new, so that nothing follows from others that would have to go.
func (t tx) fresh(claims []kg.Claim) bool {
	return !slices.ContainsFunc(claims, func(c kg.Claim) bool { return !t.inserted[c.ID] })
}

// row is one row of parameters.
type row = map[string]any

// each runs a statement once for each row, by the name row.
func (t tx) each(ctx context.Context, statement string, rows []row) error {
	if len(rows) == 0 {
		return nil
	}
	result, err := t.Run(ctx, "UNWIND $rows AS row "+statement, map[string]any{"rows": rows})
	if err != nil {
		return err
	}
	_, err = result.Consume(ctx)
	return err
}

func label(kind kg.NodeKind) string { return rows.Label(kind) }

// Lock writes to the nodes, which locks them. One that is not there is made; it has no record until it is put, and what
// is locked is put in the same transaction.
func (t tx) Lock(ctx context.Context, ids []kg.ID) error {
	for len(ids) > 0 {
		kind, n := ids[0].Kind(), 1
		for n < len(ids) && ids[n].Kind() == kind {
			n++
		}
		places := make([]row, n)
		for i, id := range ids[:n] {
			places[i] = row{"id": string(id)}
		}
		if err := t.each(ctx, "MERGE (n:"+label(kind)+" {id: row.id}) SET n.id = row.id", places); err != nil {
			return err
		}
		ids = ids[n:]
	}
	return nil
}

func (t tx) PutCheckpoint(ctx context.Context, c kg.Checkpoint) error {
	return t.each(ctx, "MERGE (c:Checkpoint {key: row.key}) SET c.value = row.value", []row{{"key": c.Key, "value": c.Value}})
}
