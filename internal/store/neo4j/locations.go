package neo4j

import (
	"context"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"casus/internal/kg"
	"casus/internal/store"
)

// Locations lists places.
func (s *Store) Locations(ctx context.Context, q store.LocationQuery) ([]store.Page[kg.Location], error) {
	if err := q.Window.Check(); err != nil {
		return nil, err
	}
	return readView(ctx, s, q.View, func(b *builder) ([]store.Page[kg.Location], error) {
		q := q
		q.Filter, q.Scope = store.ResolveLocationFilter(b.identities, q.Filter), store.ResolveScope(b.identities, q.Scope)
		return b.listLocations(ctx, q)
	})
}

func (b *builder) listLocations(ctx context.Context, q store.LocationQuery) ([]store.Page[kg.Location], error) {
	inParent := always
	match := "MATCH (n:Location)"
	if q.Scope != nil {
		if q.Scope.Relation != store.LocationChildren {
			return nil, relationError(q.Scope.Relation, "locations")
		}
		match, inParent = "MATCH (:Location {id: parent})<-[w:WITHIN]-(n:Location)", b.inLayer("w")
	}
	filter, err := b.locations(ctx, "n", q.Filter)
	if err != nil {
		return nil, err
	}
	key, byName := b.property("n", "_nameKey"), q.Order.Field != store.LocationsByEvents
	if !byName {
		key = "COUNT { MATCH (n)<-[o:OCCURRED_AT]-(e:Event)" + where(b.isKnown("o")) + " RETURN DISTINCT e }"
	}
	return listPages(ctx, list{
		builder: b, match: match, where: and("n._nameKey IS NOT NULL", b.inLayer("n"), inParent, filter),
		key: key, text: byName, desc: q.Order.Direction == store.Desc, indexed: byName && q.Scope == nil && !b.isExact(),
		window: q.Window, total: q.Total, scope: q.Scope, columns: recordColumns(b.property("n", "_record")),
	}, locationDecoder(q.View))
}

func locationDecoder(v kg.View) func(*neo4j.Record) (kg.Location, error) {
	return func(r *neo4j.Record) (kg.Location, error) {
		l, err := recordOf[kg.Location](r)
		l.View = v
		return l, err
	}
}
