package neo4j

import (
	"context"
	"math/rand/v2"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"casus/internal/kg"
)

// stripes is the number of locks on the identity classes. A transaction takes a random one of them, so that
// transactions rarely wait for each other. A transaction that changes classes takes all of them.
const stripes = 64

// LockClasses returns the identity classes and locks them until the transaction ends. A deciding transaction takes all
// stripes, as does one that writes alone, any other a random one. It is called before any other lock is taken, so it
// cannot cause a deadlock.
func (t tx) LockClasses(ctx context.Context, deciding bool) (kg.Identities, error) {
	first, last := 0, stripes-1
	if !deciding && !t.alone {
		first = rand.IntN(stripes)
		last = first
	}
	if _, err := collect(ctx, t, "UNWIND range($first, $last) AS stripe"+
		" MERGE (l:_ClassLock {stripe: stripe}) SET l.stripe = stripe",
		map[string]any{"first": int64(first), "last": int64(last)}); err != nil {
		return kg.Identities{}, err
	}
	query := func(ctx context.Context, cypher string, params map[string]any) ([]*neo4j.Record, error) {
		return collect(ctx, t.ManagedTransaction, cypher, params)
	}
	identities, err := t.store.identities.current(ctx, query)
	*t.before = identities
	return identities, err
}

func (t tx) PutClasses(ctx context.Context, class map[kg.ID]kg.ID) error {
	old := map[kg.NodeKind][]row{}
	for id, c := range class {
		kind := id.Kind()
		old[kind] = append(old[kind], row{"id": string(id)})
		if c != id {
			t.batch.links("MEMBER_OF", id, c)
		}
	}
	for kind := range old {
		if err := t.forEach(ctx, "MATCH (n:"+label(kind)+" {id: row.id})-[r:MEMBER_OF]->() DELETE r", old[kind]); err != nil {
			return err
		}
	}
	return t.forEach(ctx, "MERGE (v:_ClassVersion) SET v.number = coalesce(v.number, 0) + 1", []row{{}})
}
