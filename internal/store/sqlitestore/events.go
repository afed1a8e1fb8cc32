package sqlitestore

import (
	"context"

	"casus/internal/kg"
)

// Events lists events.
func (s *Store) Events(ctx context.Context, q kg.EventQuery) ([]kg.Page[kg.Event], error) {
	r := s.in(ctx, q.View)
	filter, err := r.events(q.Filter)
	if err != nil {
		return nil, err
	}
	under, err := r.eventsUnder(q.Scope)
	if err != nil {
		return nil, err
	}
	columns := map[kg.EventOrderField]string{kg.EventsByTime: "e.time_", kg.EventsByFirstAsserted: "e.asserted_", kg.EventsByKilled: "e.killed_"}
	key, ok := columns[q.Order.Field]
	if !ok {
		return nil, kg.Errorf(kg.Internal, "no order of events by %q", q.Order.Field)
	}
	desc := q.Order.Direction == kg.Desc
	if desc {
		key += "desc"
	} else {
		key += "asc"
	}
	return listing[kg.Event]{
		source: sqlOf("SELECT asked.i AS i, "+key+" AS k, e.event AS id, e.record FROM ").then(asked(q.Scope),
			sqlOf(" CROSS JOIN event_state e WHERE "), r.holds("e"), sqlOf(" AND "), under, sqlOf(" AND "), filter),
		desc: desc, window: q.Window, total: q.Total, scope: q.Scope, scan: eventIn(q.View),
	}.pages(ctx, s.read)
}

// eventIn scans an event's state in a view.
func eventIn(v kg.View) func() ([]any, func(kg.ID) (kg.Event, error)) {
	return func() ([]any, func(kg.ID) (kg.Event, error)) {
		var text string
		return []any{&text}, func(id kg.ID) (kg.Event, error) {
			state, err := decode[kg.EventState](text)
			return kg.Event{ID: id, EventState: state, View: v}, err
		}
	}
}

// eventsUnder says that event_state e hangs under asked.id.
func (r reading) eventsUnder(scope *kg.Scope) (clause, error) {
	if scope == nil {
		return always, nil
	}
	switch scope.Relation {
	case kg.ActorTimeline:
		return sqlOf("e.event IN (SELECT p.event FROM participation p WHERE p.actor = asked.id AND ").then(r.holds("p"), sqlOf(" AND "), given("p.role", scope.Roles), sqlOf(")")), nil
	case kg.LocationTimeline:
		return sqlOf(`e.event IN (WITH RECURSIVE inside (id) AS (SELECT asked.id UNION SELECT w.child FROM inside JOIN within w ON w.parent = inside.id)
			SELECT o.event FROM inside JOIN event_location o ON o.location = inside.id WHERE `).then(r.holds("o"), sqlOf(")")), nil
	case kg.DocumentTimeline:
		return sqlOf("e.event IN (SELECT c.subject FROM claim c WHERE c.document = asked.id AND c.document <> '' AND ").then(r.live("c"), sqlOf(")")), nil
	case kg.EventParts:
		return sqlOf("e.event IN (SELECT p.part FROM event_part p WHERE p.whole = asked.id AND ").then(r.holds("p"), sqlOf(")")), nil
	}
	return always, noRelation(scope.Relation, "events")
}
