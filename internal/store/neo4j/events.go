package neo4j

import (
	"context"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/neo4j/rows"
)

// Events lists events in a view.
func (s *Store) Events(ctx context.Context, q store.EventQuery) ([]store.Page[kg.Event], error) {
	if err := q.Window.Check(); err != nil {
		return nil, err
	}
	return readView(ctx, s, q.Filter.InView(q.View), func(b *builder) ([]store.Page[kg.Event], error) {
		q := q
		q.View, q.Filter = b.view, store.ResolveEventFilter(b.identities, q.Filter)
		q.Scope = store.ResolveScope(b.identities, q.Scope)
		pages, err := b.listEvents(ctx, q)
		if err != nil {
			return nil, err
		}
		events := make([]store.Page[kg.Event], len(pages))
		for i, p := range pages {
			events[i] = store.SplitPrefetched(p)
		}
		return events, nil
	})
}

func (b *builder) listEvents(ctx context.Context, q store.EventQuery) ([]store.Page[store.PrefetchedEvent], error) {
	match, more, err := b.scopedEvents(q.Scope)
	if err != nil {
		return nil, err
	}
	filter, err := b.events(ctx, "n", q.Filter)
	if err != nil {
		return nil, err
	}
	candidates, bound, ahead, indexed := always, always, "", false
	if q.Scope == nil {
		if candidates, err = b.candidates(ctx, "n", q.Filter); err != nil {
			return nil, err
		}
		fewKnown := false
		if candidates == always {
			if fewKnown, err = b.fewClaimsKnown(ctx); err != nil {
				return nil, err
			}
		}
		if fewKnown {
			match = b.eventsKnownAt()
		} else if q.Filter == nil || q.Filter.IDs == nil { // ids leave few events, which are sorted faster
			indexed, bound, ahead = true, b.indexStart("n", q.Order, q.Filter), aheadKey(q.View, q.Order)
		}
	}
	columns, decode := b.prefetchedEventColumns(q.Prefetch)
	return listPages(ctx, list{
		builder: b, columns: columns, withRevision: true, match: match, where: and(candidates, b.inView("n"), more, filter),
		key: "n." + eventKey(q.Order), desc: q.Order.Direction == store.Desc,
		indexed: indexed, indexBound: bound, ahead: ahead, window: q.Window, total: q.Total, scope: q.Scope,
	}, decode)
}

// eventKey returns the property with the sort key. An absent key is stored so that it sorts last. An open beginning
// sorts last by itself in descending order.
func eventKey(o store.EventOrder) string {
	up := o.Direction != store.Desc
	if n := o.Field.SourceNumber(); n >= 0 {
		return rows.SourceProperties[n]
	}
	switch o.Field {
	case store.EventsByFirstAsserted:
		return pick(up, "_assertedAsc", "_assertedEarliest")
	case store.EventsByKilled:
		return pick(up, "_killedAsc", "_killedDesc")
	}
	return pick(up, "_timeAsc", "_earliest")
}

// aheadKey returns the property that holds the sort key only for events that lie after the moment at which they became
// known, or "" where it does not help: with everything known, and in orders that are not by time.
func aheadKey(v kg.View, o store.EventOrder) string {
	if v.KnownAt == nil || o.Field == store.EventsByFirstAsserted || o.Field.IsNumber() {
		return ""
	}
	return pick(o.Direction != store.Desc, "n._aheadAsc", "n._aheadDesc")
}

// pick returns a if first is set, else b.
func pick(first bool, a, b string) string {
	if first {
		return a
	}
	return b
}

func eventColumns() columns { return recordColumns("n._record") }

// eventDecoder returns a decoder of events read in a view.
func eventDecoder(v kg.View) func(*neo4j.Record) (kg.Event, error) {
	return func(r *neo4j.Record) (kg.Event, error) {
		id, err := column[string](r, "id")
		if err != nil {
			return kg.Event{}, err
		}
		state, err := recordOf[kg.EventState](r)
		return kg.Event{ID: kg.ID(id), EventState: state, View: v}, err
	}
}

// scopedEvents matches the states n of a parent's events.
func (b *builder) scopedEvents(scope *store.Scope) (match string, more clause, err error) {
	if scope == nil {
		return "MATCH " + b.statePattern("n"), always, nil
	}
	separate := !b.latestOnly() && !b.hasMerged
	to := b.statePath("n")
	if separate {
		to = "(e:Event)"
	}
	switch scope.Relation {
	case store.ActorTimeline:
		match = "MATCH (:Actor {id: parent})-[p:PARTICIPATED_IN]->" + to
		more = and(b.isKnown("p"), in(b, "p.role", scope.Roles))
	case store.LocationTimeline:
		match = "MATCH (:Location {id: parent})<-[within:WITHIN*0..]-(:Location)<-[o:OCCURRED_AT]-" + to
		more = and(b.isKnown("o"), b.pathInLayer("within"))
	case store.DocumentTimeline:
		match, more = "MATCH (:Document {id: parent})<-[:IN]-(c:Claim)"+b.subjectPath(to), b.isLive("c")
	case store.EventParts:
		match, more = "MATCH (:Event {id: parent})<-[r:PART_OF]-"+to, b.isKnown("r")
	default:
		return "", never, relationError(scope.Relation, "events")
	}
	if separate {
		match, more = match+where(more)+b.versionInView("e", "n"), always
	}
	return match, more, nil
}

// versionInView extends a query from events to their states at the view's moment. Most events hold that state
// themselves. Earlier states are only looked up for the others: finding them among all relationships of an event would
// dominate the cost of a list.
func (b *builder) versionInView(e, s string) string {
	return " UNWIND CASE WHEN " + e + "._knownFrom <= $m THEN [" + e + "]" +
		" ELSE COLLECT { MATCH (" + e + ")-[:HAS_STATE]->(before:EventState)" +
		where(b.inView("before")) + " RETURN before } END AS " + s + " WITH " + s
}

// relationError returns the error for a relation that a list of a kind does not have.
func relationError(r store.Relation, kind string) error {
	return kg.Errorf(kg.Internal, "relation %q does not lead to %s", r, kind)
}
