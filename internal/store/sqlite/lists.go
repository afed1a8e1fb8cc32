package sqlite

import (
	"context"

	"casus/internal/kg"
	"casus/internal/store"
)

// Actors lists actors.
func (s *Store) Actors(ctx context.Context, q store.ActorQuery) ([]store.Page[kg.Actor], error) {
	if err := q.Window.Check(); err != nil {
		return nil, err
	}
	return readView(ctx, s, q.View, func(r viewReader) ([]store.Page[kg.Actor], error) {
		q := q
		q.Filter = store.ResolveActorFilter(r.identities, q.Filter)
		return r.listActors(q)
	})
}

func (r viewReader) listActors(q store.ActorQuery) ([]store.Page[kg.Actor], error) {
	filter, err := r.actors(q.Filter)
	if err != nil {
		return nil, err
	}
	if q.Scope != nil {
		return nil, unknownRelation(q.Scope.Relation, "actors")
	}
	key := sqlOf("a.name_key")
	if q.Order.Field == store.ActorsByEvents {
		key = sqlOf("(SELECT count(DISTINCT p.event) FROM participation p WHERE p.actor = a.id AND ").
			append(r.holds("p"), sqlOf(")"))
	}
	return listing[kg.Actor]{
		source: sqlOf("SELECT 0 AS i, ").append(key, sqlOf(" AS k, a.id AS id FROM actor a WHERE "),
			combine([]clause{filter, r.inLayer("a")})),
		text: q.Order.Field != store.ActorsByEvents, desc: q.Order.Direction == store.Desc, window: q.Window, total: q.Total,
		columns: sqlOf(", a.record"), record: sqlOf(" CROSS JOIN actor a ON a.id = picked.id AND ").append(r.inLayer("a")),
		scan: recordScanner(func(a *kg.Actor) { a.View = q.View }),
	}.pages(r.ctx, r.read)
}

// Locations lists locations.
func (s *Store) Locations(ctx context.Context, q store.LocationQuery) ([]store.Page[kg.Location], error) {
	if err := q.Window.Check(); err != nil {
		return nil, err
	}
	return readView(ctx, s, q.View, func(r viewReader) ([]store.Page[kg.Location], error) {
		q := q
		q.Filter, q.Scope = store.ResolveLocationFilter(r.identities, q.Filter), store.ResolveScope(r.identities, q.Scope)
		return r.listLocations(q)
	})
}

func (r viewReader) listLocations(q store.LocationQuery) ([]store.Page[kg.Location], error) {
	filter, err := r.locations(q.Filter)
	if err != nil {
		return nil, err
	}
	scope := trueClause
	if q.Scope != nil {
		if q.Scope.Relation != store.LocationChildren {
			return nil, unknownRelation(q.Scope.Relation, "locations")
		}
		scope = sqlOf("l.id IN (SELECT w.child FROM within w WHERE w.parent = asked.id AND ").
			append(r.inLayer("w"), sqlOf(")"))
	}
	key := sqlOf("l.name_key")
	if q.Order.Field == store.LocationsByEvents {
		key = sqlOf("(SELECT count(DISTINCT o.event) FROM event_location o WHERE o.location = l.id AND ").
			append(r.holds("o"), sqlOf(")"))
	}
	return listing[kg.Location]{
		source: sqlOf("SELECT "+parentColumn(q.Scope)+" AS i, ").
			append(key, sqlOf(" AS k, l.id AS id FROM "), parentTable(q.Scope),
				sqlOf("location l WHERE "), combine([]clause{scope, filter, r.inLayer("l")})),
		text: q.Order.Field != store.LocationsByEvents, desc: q.Order.Direction == store.Desc, window: q.Window,
		total: q.Total, scope: q.Scope,
		columns: sqlOf(", l.record"), record: sqlOf(" CROSS JOIN location l ON l.id = picked.id AND ").append(r.inLayer("l")),
		scan: recordScanner(func(l *kg.Location) { l.View = q.View }),
	}.pages(r.ctx, r.read)
}

// Documents lists documents.
func (s *Store) Documents(ctx context.Context, q store.DocumentQuery) ([]store.Page[kg.Document], error) {
	if err := q.Window.Check(); err != nil {
		return nil, err
	}
	return readView(ctx, s, q.View, func(r viewReader) ([]store.Page[kg.Document], error) {
		q := q
		q.Filter = store.ResolveDocumentFilter(r.identities, q.Filter)
		return r.listDocuments(q)
	})
}

func (r viewReader) listDocuments(q store.DocumentQuery) ([]store.Page[kg.Document], error) {
	scope := trueClause
	if q.Scope != nil {
		if q.Scope.Relation != store.DocumentSyndicatedBy {
			return nil, unknownRelation(q.Scope.Relation, "documents")
		}
		scope = sqlOf("(d.syndicates = asked.id AND d.syndicates <> '')")
	}
	desc := q.Order.Direction == store.Desc
	key := "d.published_asc"
	switch {
	case q.Order.Field == store.DocumentsByTitle:
		key = "d.title_key"
	case desc:
		key = "d.published_desc"
	}
	return listing[kg.Document]{
		source: sqlOf("SELECT "+parentColumn(q.Scope)+" AS i, "+key+" AS k, d.id AS id FROM ").append(parentTable(q.Scope),
			sqlOf("document d WHERE "), combine([]clause{scope, r.documents(q.Filter)})),
		text: q.Order.Field == store.DocumentsByTitle, desc: desc, window: q.Window, total: q.Total, scope: q.Scope,
		columns: sqlOf(", d.record"), record: sqlOf(" CROSS JOIN document d ON d.id = picked.id"),
		scan: recordScanner(r.viewDocument),
	}.pages(r.ctx, r.read)
}

// viewDocument replaces the ids in a document by their classes, and sets its view.
func (r viewReader) viewDocument(d *kg.Document) { *d = r.identities.Document(*d); d.View = r.view }
