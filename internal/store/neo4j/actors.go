package neo4j

import (
	"context"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"casus/internal/kg"
	"casus/internal/store"
)

// Actors lists actors.
func (s *Store) Actors(ctx context.Context, q store.ActorQuery) ([]store.Page[kg.Actor], error) {
	if err := q.Window.Check(); err != nil {
		return nil, err
	}
	if q.Scope != nil {
		return nil, relationError(q.Scope.Relation, "actors")
	}
	return readView(ctx, s, q.View, func(b *builder) ([]store.Page[kg.Actor], error) {
		q := q
		q.Filter = store.ResolveActorFilter(b.identities, q.Filter)
		return b.listActors(ctx, q)
	})
}

func (b *builder) listActors(ctx context.Context, q store.ActorQuery) ([]store.Page[kg.Actor], error) {
	filter, err := b.actors(ctx, "n", q.Filter)
	if err != nil {
		return nil, err
	}
	key, byName := b.property("n", "_nameKey"), q.Order.Field != store.ActorsByEvents
	if !byName {
		key = "COUNT { MATCH (n)-[p:PARTICIPATED_IN]->(e:Event)" + where(b.isKnown("p")) + " RETURN DISTINCT e }"
	}
	return listPages(ctx, list{
		builder: b, match: "MATCH (n:Actor)", where: and("n._nameKey IS NOT NULL", b.inLayer("n"), filter),
		key: key, text: byName, desc: q.Order.Direction == store.Desc, indexed: byName && !b.isExact(),
		window: q.Window, total: q.Total, columns: recordColumns(b.property("n", "_record")),
	}, actorDecoder(q.View))
}

func actorDecoder(v kg.View) func(*neo4j.Record) (kg.Actor, error) {
	return func(r *neo4j.Record) (kg.Actor, error) {
		a, err := recordOf[kg.Actor](r)
		a.View = v
		return a, err
	}
}
