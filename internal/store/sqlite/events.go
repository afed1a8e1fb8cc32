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
	return readView(ctx, s, q.Filter.InView(q.View), func(r viewReader) ([]store.Page[kg.Event], error) {
		q := q
		q.View = r.view
		q.Filter, q.Scope = store.ResolveEventFilter(r.identities, q.Filter), store.ResolveScope(r.identities, q.Scope)
		return r.listEvents(q)
	})
}

func (r viewReader) listEvents(q store.EventQuery) ([]store.Page[kg.Event], error) {
	filter, err := r.events(q.Filter)
	if err != nil {
		return nil, err
	}
	scope, err := r.eventScope(q.Scope)
	if err != nil {
		return nil, err
	}
	from := sqlOf("event_state e")
	if q.Scope == nil {
		ids, narrowed, err := r.candidates(q.Filter)
		// A list by a number would first pass over events that were not known yet; one by time has branches for that.
		if err == nil && !narrowed && q.Order.Field.IsNumber() {
			ids, narrowed, err = r.eventsKnownAt()
		}
		if err != nil {
			return nil, err
		}
		from = eventSource(ids, narrowed)
	}
	key, err := eventKey(q.Order)
	if err != nil {
		return nil, err
	}
	source := func(among clause) clause {
		return sqlOf("SELECT "+parentColumn(q.Scope)+" AS i, "+key+" AS k, e.event AS id, e.rowid AS version FROM ").
			append(parentTable(q.Scope), from, sqlOf(" WHERE "),
				combine([]clause{r.holds("e"), among, scope, timeStart(key, q.Filter), filter}))
	}
	var branches []branch
	if q.Scope == nil {
		for _, b := range r.knowledgeBranches(key, q.Order, q.Window) {
			branches = append(branches, branch{source(b.source), b.fromStart})
		}
	}
	return listing[kg.Event]{
		source: source(trueClause), branches: branches,
		desc: q.Order.Direction == store.Desc, window: q.Window, total: q.Total, scope: q.Scope,
		columns: sqlOf(", e.record"), record: sqlOf(" CROSS JOIN event_state e ON e.rowid = picked.version"),
		scan: eventScanner(q.View),
	}.pages(r.ctx, r.read)
}

const byTimeAsc, byTimeDesc = "e.time_asc", "e.time_desc"

// eventKey returns the column of the sort key. Absent values are stored so that they come last in either direction.
func eventKey(o store.EventOrder) (string, error) {
	columns := map[store.EventOrderField][2]string{
		store.EventsByTime:          {byTimeAsc, byTimeDesc},
		store.EventsByFirstAsserted: {"e.asserted_asc", "e.asserted_desc"},
		store.EventsByKilled:        {"e.killed_asc", "e.killed_desc"},
	}
	if n := o.Field.SourceNumber(); n >= 0 {
		return "e." + sourceColumns[n], nil
	}
	pair, ok := columns[o.Field]
	if !ok {
		return "", kg.Errorf(kg.Internal, "unknown order of events %q", o.Field)
	}
	if o.Direction == store.Desc {
		return pair[1], nil
	}
	return pair[0], nil
}

// timeStart bounds a list ordered by time, so that the index is entered at the filter's range. It excludes nothing
// that the filter includes.
func timeStart(key string, f *store.EventFilter) clause {
	if f == nil || f.Time == nil {
		return trueClause
	}
	lo, hi := f.Time.Bounds()
	switch {
	case key == byTimeDesc:
		return sqlOf(key+" <= ?", int64(hi))
	case key == byTimeAsc && f.Time.Definitely():
		return sqlOf(key+" >= ?", int64(lo))
	}
	return trueClause
}

// knowledgeBranches splits a list ordered by time, read at a moment of knowledge, into events that began before the
// moment and the few that were known before they began; both have indexes of their own. A single descending list would
// first pass over everything not yet known. No event was first asserted after the moment. The sources of the branches
// are conditions on event_state e.
func (r viewReader) knowledgeBranches(key string, o store.EventOrder, w store.Window) []branch {
	down := (o.Direction == store.Desc) != w.Backward
	start := w.After
	if w.Backward {
		start = w.Before
	}
	if r.view.KnownAt == nil || o.Field.IsNumber() ||
		o.Field == store.EventsByFirstAsserted && o.Direction != store.Desc {
		return nil
	}
	m := int64(*r.view.KnownAt)
	before, after, ahead := sqlOf(key+" <= ?", m), sqlOf(key+" > ?", m), sqlOf(key+" > e.known_from")
	later := start != nil && start.Int > m
	switch {
	case down && start != nil && !later:
		return []branch{{trueClause, false}}
	case o.Field == store.EventsByFirstAsserted: // in descending order an absent one has the smallest key
		return []branch{{before, down}}
	case down:
		return []branch{{before, true}, {and(after, ahead), false}}
	case later:
		return []branch{{ahead, false}}
	}
	return []branch{{before, false}, {and(after, ahead), true}}
}

// eventScanner scans an event's state in a view.
func eventScanner(v kg.View) func() ([]any, func(kg.ID) (kg.Event, error)) {
	return func() ([]any, func(kg.ID) (kg.Event, error)) {
		var text string
		return []any{&text}, func(id kg.ID) (kg.Event, error) {
			state, err := codec.Decode[kg.EventState](text)
			return kg.Event{ID: id, EventState: state, View: v}, err
		}
	}
}

// eventScope returns the condition that event_state e belongs to the parent asked.id.
func (r viewReader) eventScope(scope *store.Scope) (clause, error) {
	if scope == nil {
		return trueClause, nil
	}
	switch scope.Relation {
	case store.ActorTimeline:
		return sqlOf("e.event IN (SELECT p.event FROM participation p WHERE p.actor = asked.id AND ").
			append(r.holds("p"), sqlOf(" AND "), anyOf("p.role", scope.Roles), sqlOf(")")), nil
	case store.LocationTimeline:
		return sqlOf(`e.event IN (WITH RECURSIVE inside (id) AS (
			SELECT asked.id UNION SELECT w.child FROM inside JOIN within w ON w.parent = inside.id AND `).
			append(r.inLayer("w"), sqlOf(`)
			SELECT o.event FROM inside JOIN event_location o ON o.location = inside.id WHERE `),
				r.holds("o"), sqlOf(")")), nil
	case store.DocumentTimeline:
		return sqlOf("e.event IN (SELECT "+r.subjectClass("c")+
			" FROM claim c WHERE c.document = asked.id AND c.document <> '' AND ").append(r.isLive("c"), sqlOf(")")), nil
	case store.EventParts:
		return sqlOf("e.event IN (SELECT p.part FROM event_part p WHERE p.whole = asked.id AND ").
			append(r.holds("p"), sqlOf(")")), nil
	}
	return trueClause, unknownRelation(scope.Relation, "events")
}
