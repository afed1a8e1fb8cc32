package sqlite

import (
	"context"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/codec"
)

// Events lists events.
func (s *Store) Events(ctx context.Context, q store.EventQuery) ([]store.Page[kg.Event], error) {
	if err := q.Window.Check(); err != nil {
		return nil, err
	}
	return reads(ctx, s, q.Filter.InView(q.View), func(r reading) ([]store.Page[kg.Event], error) {
		q := q
		q.View, q.Filter, q.Scope = r.view, store.ResolveEventFilter(r.one, q.Filter), store.ResolveScope(r.one, q.Scope)
		return r.listEvents(q)
	})
}

func (r reading) listEvents(q store.EventQuery) ([]store.Page[kg.Event], error) {
	filter, err := r.events(q.Filter)
	if err != nil {
		return nil, err
	}
	hanging, err := r.eventsUnder(q.Scope)
	if err != nil {
		return nil, err
	}
	from := sqlOf("event_state e")
	if q.Scope == nil {
		ids, narrow, err := r.few(q.Filter)
		if err == nil && !narrow && q.Order.Field == store.EventsByKilled { // other keys tell something of when they became known
			ids, narrow, err = r.early()
		}
		if err != nil {
			return nil, err
		}
		from = among(ids, narrow)
	}
	key, err := eventKey(q.Order)
	if err != nil {
		return nil, err
	}
	source := func(among clause) clause {
		return sqlOf("SELECT "+under(q.Scope)+" AS i, "+key+" AS k, e.event AS id, e.rowid AS version FROM ").then(asked(q.Scope), from,
			sqlOf(" WHERE "), plainly([]clause{r.holds("e"), among, hanging, beginning(key, q.Filter), filter}))
	}
	var branches []branch
	if q.Scope == nil {
		for _, b := range r.knownInTime(key, q.Order, q.Window) {
			branches = append(branches, branch{source(b.source), b.begun})
		}
	}
	return listing[kg.Event]{
		source: source(always), branches: branches,
		desc: q.Order.Direction == store.Desc, window: q.Window, total: q.Total, scope: q.Scope,
		columns: sqlOf(", e.record"), record: sqlOf(" CROSS JOIN event_state e ON e.rowid = picked.version"), scan: eventIn(q.View),
	}.pages(r.ctx, r.read)
}

const byTimeAsc, byTimeDesc = "e.time_asc", "e.time_desc"

// eventKey is the column of the sort key. An absent one is stored so that it comes last either way.
func eventKey(o store.EventOrder) (string, error) {
	columns := map[store.EventOrderField][2]string{
		store.EventsByTime:          {byTimeAsc, byTimeDesc},
		store.EventsByFirstAsserted: {"e.asserted_asc", "e.asserted_desc"},
		store.EventsByKilled:        {"e.killed_asc", "e.killed_desc"},
	}
	of, ok := columns[o.Field]
	if !ok {
		return "", kg.Errorf(kg.Internal, "no order of events by %q", o.Field)
	}
	if o.Direction == store.Desc {
		return of[1], nil
	}
	return of[0], nil
}

// beginning says where in a list by time to begin to look. What it leaves out the filter's time leaves out too.
func beginning(key string, f *store.EventFilter) clause {
	if f == nil || f.Time == nil {
		return always
	}
	lo, hi := f.Time.Bounds()
	switch {
	case key == byTimeDesc:
		return sqlOf(key+" <= ?", int64(hi))
	case key == byTimeAsc && f.Time.Definitely():
		return sqlOf(key+" >= ?", int64(lo))
	}
	return always
}

// knownInTime parts the versions that may hold at the view's moment in two, where the list is by time: those of which the
// event began before it, and the few that were known before it began, which have indexes of their own. Else a list that
// comes from later times would pass over everything that was not known yet. No event was first asserted after the moment. The
// sources are conditions on event_state e.
func (r reading) knownInTime(key string, o store.EventOrder, w store.Window) []branch {
	down := (o.Direction == store.Desc) != w.Backward
	start := w.After
	if w.Backward {
		start = w.Before
	}
	if r.view.KnownAt == nil || o.Field == store.EventsByKilled || o.Field == store.EventsByFirstAsserted && o.Direction != store.Desc {
		return nil
	}
	m := int64(*r.view.KnownAt)
	before, after, ahead := sqlOf(key+" <= ?", m), sqlOf(key+" > ?", m), sqlOf(key+" > e.known_from")
	later := start != nil && start.Int > m
	switch {
	case down && start != nil && !later:
		return []branch{{always, false}}
	case o.Field == store.EventsByFirstAsserted: // where the latest come first, an absent one is the first of all times
		return []branch{{before, down}}
	case down:
		return []branch{{before, true}, {and(after, ahead), false}}
	case later:
		return []branch{{ahead, false}}
	}
	return []branch{{before, false}, {and(after, ahead), true}}
}

// eventIn scans an event's state in a view.
func eventIn(v kg.View) func() ([]any, func(kg.ID) (kg.Event, error)) {
	return func() ([]any, func(kg.ID) (kg.Event, error)) {
		var text string
		return []any{&text}, func(id kg.ID) (kg.Event, error) {
			state, err := codec.Decode[kg.EventState](text)
			return kg.Event{ID: id, EventState: state, View: v}, err
		}
	}
}

// eventsUnder says that event_state e hangs under asked.id.
func (r reading) eventsUnder(scope *store.Scope) (clause, error) {
	if scope == nil {
		return always, nil
	}
	switch scope.Relation {
	case store.ActorTimeline:
		return sqlOf("e.event IN (SELECT p.event FROM participation p WHERE p.actor = asked.id AND ").then(r.holds("p"), sqlOf(" AND "), given("p.role", scope.Roles), sqlOf(")")), nil
	case store.LocationTimeline:
		return sqlOf(`e.event IN (WITH RECURSIVE inside (id) AS (SELECT asked.id UNION SELECT w.child FROM inside JOIN within w ON w.parent = inside.id AND `).then(r.layer("w"), sqlOf(`)
			SELECT o.event FROM inside JOIN event_location o ON o.location = inside.id WHERE `), r.holds("o"), sqlOf(")")), nil
	case store.DocumentTimeline:
		return sqlOf("e.event IN (SELECT "+r.subject("c")+" FROM claim c WHERE c.document = asked.id AND c.document <> '' AND ").then(r.live("c"), sqlOf(")")), nil
	case store.EventParts:
		return sqlOf("e.event IN (SELECT p.part FROM event_part p WHERE p.whole = asked.id AND ").then(r.holds("p"), sqlOf(")")), nil
	}
	return always, noRelation(scope.Relation, "events")
}
