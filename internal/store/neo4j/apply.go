package neo4j

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"slices"
	"strings"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/apply"
	"casus/internal/store/neo4j/rows"
)

// Apply writes a batch in one transaction, which the driver retries after a deadlock or a change of leader. From the
// third attempt on, it waits until no other transaction writes.
func (s *Store) Apply(ctx context.Context, b kg.Batch) (kg.ApplyResult, error) {
	if err := ctx.Err(); err != nil {
		return kg.ApplyResult{}, mapError(ctx, err, "apply a batch")
	}
	applied, err := s.apply(ctx, b, false)
	for range attempts {
		if !isConcurrentCreate(err) {
			break
		}
		applied, err = s.apply(ctx, b, true)
	}
	return applied, mapError(ctx, err, "apply a batch")
}

// apply makes one attempt. It treats what it does not find as new and creates it at the end of the batch, where a
// constraint fails if another transaction has created it in the meantime. A careful attempt creates documents and
// events when it locks them.
func (s *Store) apply(ctx context.Context, b kg.Batch, careful bool) (kg.ApplyResult, error) {
	session := s.session(ctx)
	defer func() { _ = session.Close(context.WithoutCancel(ctx)) }() // the transaction reports errors
	tries := 0
	return neo4j.ExecuteWrite(ctx, session, func(t neo4j.ManagedTransaction) (kg.ApplyResult, error) {
		tries++
		tx := newTx(t, s, careful)
		tx.alone = tries > sharedAttempts
		applied, err := apply.Run(ctx, tx, b)
		if err != nil {
			return applied, err
		}
		return applied, tx.writeBatch(ctx)
	}, deadline(ctx))
}

// sharedAttempts is the number of attempts of a batch during which other transactions may write. Batches about the same
// nodes can come to a deadlock repeatedly, since edges lock the nodes at their ends in no common order.
const sharedAttempts = 2

// Preview applies a batch in a transaction that it rolls back.
func (s *Store) Preview(ctx context.Context, b kg.Batch) (store.Effects, error) {
	session := s.session(ctx)
	defer func() { _ = session.Close(context.WithoutCancel(ctx)) }() // the transaction reports errors
	var after apply.PreviewResult
	_, err := session.ExecuteWrite(ctx, func(t neo4j.ManagedTransaction) (none any, err error) {
		after, err = apply.Preview(ctx, newTx(t, s, false), b)
		return nil, cmp.Or(err, errPreviewed)
	}, deadline(ctx))
	if !errors.Is(err, errPreviewed) {
		return store.Effects{}, mapError(ctx, err, "preview a batch")
	}
	return after.Effects(ctx, s)
}

// errPreviewed makes the driver roll the transaction back.
var errPreviewed = errors.New("the batch is not to be written")

// attempts bounds the retries of a batch whose nodes another transaction created.
const attempts = 20

// isConcurrentCreate reports whether another transaction created a node after this one had found none, since claims are
// looked up before their subjects are locked. The constraint on ids rejects the second node; the next attempt finds the
// first.
func isConcurrentCreate(err error) bool {
	var fault *neo4j.Neo4jError
	return errors.As(err, &fault) && fault.Code == "Neo.ClientError.Schema.ConstraintValidationFailed"
}

// Properties returns two concurrent writes: while the server commits one batch, it can execute the next.
func (s *Store) Properties() store.Properties {
	return store.Properties{ConcurrentWrites: 2, Prefetches: true}
}

// DropDeferredIndexes does nothing: a load needs all indexes to resolve its references.
func (s *Store) DropDeferredIndexes(context.Context) error { return nil }

// DropQueryIndexes does nothing.
func (s *Store) DropQueryIndexes(context.Context) error { return nil }

// BuildDeferredIndexes does nothing.
func (s *Store) BuildDeferredIndexes(context.Context, func(built, all int)) error { return nil }

// Compact does nothing: the server reuses the space of deleted records, and prunes its transaction logs.
func (s *Store) Compact(context.Context) error { return nil }

// Checkpoint returns the value last written under a key.
func (s *Store) Checkpoint(ctx context.Context, key string) (string, error) {
	rows, err := s.query(ctx,
		"OPTIONAL MATCH (c:_Checkpoint {key: $key}) RETURN coalesce(c.value, '') AS value", map[string]any{"key": key})
	if err != nil {
		return "", err
	}
	return column[string](rows[0], "value")
}

// Checkpoints returns the values under keys with a prefix, in the order of the keys.
func (s *Store) Checkpoints(ctx context.Context, prefix, after string, limit int) ([]kg.Checkpoint, error) {
	if err := store.CheckScan(limit); err != nil {
		return nil, err
	}
	found, err := s.query(ctx, "MATCH (c:_Checkpoint) WHERE c.key STARTS WITH $prefix AND c.key > $after"+
		" AND c.value <> '' RETURN c.key AS key, c.value AS value ORDER BY key LIMIT $limit",
		map[string]any{"prefix": prefix, "after": after, "limit": limit})
	if err != nil {
		return nil, err
	}
	all := make([]kg.Checkpoint, len(found))
	for i, r := range found {
		if all[i].Key, err = column[string](r, "key"); err != nil {
			return nil, err
		}
		if all[i].Value, err = column[string](r, "value"); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// tx is the transaction of one batch. It returns the driver's errors unwrapped, since the driver inspects them to
// decide whether to retry. It records the nodes it created: most of a load is new, and new nodes need not be read and
// have nothing to delete.
type tx struct {
	neo4j.ManagedTransaction
	store   *Store
	careful bool
	// alone has other transactions wait until this one ends.
	alone bool
	token string
	// absent holds ids that were not found, locked ids that were locked, created ids that are in both: new nodes.
	absent, locked, created map[kg.ID]bool
	// written holds the current records of created nodes.
	written map[kg.ID]any
	// inserted holds the lifetimes of new claims.
	inserted        map[kg.ID]*apply.ClaimLifetimes
	claimsBySubject map[kg.ID][]kg.Claim
	// lostClaims are the subjects of deleted claims.
	lostClaims map[kg.ID]bool
	batch      *batchWrite
	// before has the identity classes before the transaction.
	before *kg.Identities
}

var _ apply.Tx = tx{}

// Exclusive reports false: other transactions write at the same time.
func (tx) Exclusive() bool { return false }

func newTx(t neo4j.ManagedTransaction, s *Store, careful bool) tx {
	return tx{
		t, s, careful, false, rand.Text(), map[kg.ID]bool{}, map[kg.ID]bool{}, map[kg.ID]bool{}, map[kg.ID]any{},
		map[kg.ID]*apply.ClaimLifetimes{}, map[kg.ID][]kg.Claim{}, map[kg.ID]bool{}, &batchWrite{},
		&kg.Identities{},
	}
}

// allNew reports whether all claims about a subject are new, so there is no derived state to delete.
func (t tx) allNew(claims []kg.Claim) bool {
	return !slices.ContainsFunc(claims, func(c kg.Claim) bool { return t.inserted[c.ID] == nil })
}

// withoutCreated returns the ids of nodes that this transaction did not create.
func (t tx) withoutCreated(ids []kg.ID) []kg.ID {
	return slices.DeleteFunc(slices.Clone(ids), func(id kg.ID) bool { return t.created[id] })
}

// row holds the parameters of one row.
type row = map[string]any

// rowOf returns the properties that emit produces.
func rowOf(emit func(rows.Columns)) row { return rows.RowOf(emit).Map() }

// input returns the parameters of a statement as one, $in. The server plans a statement again for each order of
// magnitude of the lengths of its lists, but does not look into a map or a list of lists.
func input(in any) map[string]any { return map[string]any{"in": in} }

// forEach runs a statement once for each row, which it refers to as row.
func (t tx) forEach(ctx context.Context, statement string, rows []row) error {
	if len(rows) == 0 {
		return nil
	}
	_, err := collect(ctx, t, keepPlan("UNWIND $in.rows AS row "+statement), input(row{"rows": rows}))
	return err
}

// createEdges creates relationships from nodes row.a to nodes row.b, which must exist.
func (t tx) createEdges(ctx context.Context, from kg.NodeKind, typ string, to kg.NodeKind, pairs []row) error {
	return t.forEach(ctx, "MATCH (a:"+label(from)+" {id: row.a}) USING INDEX a:"+label(from)+"(id)"+
		" MATCH (b:"+label(to)+" {id: row.b}) USING INDEX b:"+label(to)+"(id)"+
		" CREATE (a)-[:"+typ+"]->(b)", pairs)
}

// pairs returns rows that pair a with each of the others. It skips empty ids.
func pairs(a kg.ID, others ...kg.ID) []row {
	var all []row
	for _, b := range others {
		if b != "" {
			all = append(all, row{"a": string(a), "b": string(b)})
		}
	}
	return all
}

func label(kind kg.NodeKind) string { return rows.Label(kind) }

// Lock writes to the nodes, which locks them. A missing document or event is created at the end of the batch. Any other
// missing node is created at once, without a record until it is put in the same transaction.
func (t tx) Lock(ctx context.Context, ids []kg.ID) error {
	ids = slices.DeleteFunc(slices.Clone(ids), func(id kg.ID) bool { return t.locked[id] })
	for len(ids) > 0 {
		kind, n := ids[0].Kind(), 1
		for n < len(ids) && ids[n].Kind() == kind {
			n++
		}
		if err := t.lock(ctx, label(kind), ids[:n]); err != nil {
			return err
		}
		ids = ids[n:]
	}
	return nil
}

// createdAtEnd reports whether nodes with these labels are created at the end of a batch that is not careful.
func createdAtEnd(labels string) bool {
	return labels == label(kg.KindDocument) ||
		strings.HasPrefix(labels, label(kg.KindEvent)) && !strings.HasPrefix(labels, "EventState")
}

func (t tx) lock(ctx context.Context, label string, ids []kg.ID) error {
	for _, id := range ids {
		t.locked[id] = true
	}
	if t.careful || !createdAtEnd(label) {
		created, err := find(ctx, t, idOf, "UNWIND $in.ids AS id MERGE (n:"+label+" {id: id})"+
			" ON CREATE SET n._madeBy = $in.token SET n.id = id"+
			" WITH n WHERE n._madeBy = $in.token RETURN n.id AS id", ids, nil)
		for _, id := range created {
			t.created[id] = true
		}
		return err
	}
	for _, id := range ids {
		t.created[id] = true
	}
	ids = slices.DeleteFunc(slices.Clone(ids), func(id kg.ID) bool { return t.absent[id] })
	if len(ids) == 0 {
		return nil
	}
	found, err := find(ctx, t, idOf,
		"UNWIND $in.ids AS id MATCH (n:"+label+" {id: id}) USING INDEX n:"+label+"(id) SET n.id = id RETURN id", ids, nil)
	for _, id := range found {
		delete(t.created, id)
	}
	return err
}

func (t tx) PutCheckpoint(ctx context.Context, c kg.Checkpoint) error {
	statement := "MERGE (c:_Checkpoint {key: row.key}) SET c.value = row.value"
	if c.Value == "" {
		statement = "MATCH (c:_Checkpoint {key: row.key}) DELETE c"
	}
	return t.forEach(ctx, statement, []row{{"key": c.Key, "value": c.Value}})
}
