package neo4jstore

import (
	"context"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"casus/internal/kg"
)

// Events lists events in a view.
func (s *Store) Events(ctx context.Context, q kg.EventQuery) ([]kg.Page[kg.Event], error) {
	b := s.builder(q.View)
	match, more, err := b.eventsUnder(q.Scope)
	if err != nil {
		return nil, err
	}
	filter, err := b.events(ctx, "n", q.Filter)
	if err != nil {
		return nil, err
	}
	narrow := always
	if q.Scope == nil {
		if narrow, err = b.narrow(ctx, "n", q.Filter); err != nil {
			return nil, err
		}
		narrow = and(narrow, b.start("n", q.Order, q.Filter))
	}
	return listing[kg.Event]{
		builder: b, match: match, where: and(narrow, b.inView("n"), more, filter),
		key: "n." + eventKey(q.Order), desc: q.Order.Direction == kg.Desc, indexed: q.Scope == nil,
		window: q.Window, total: q.Total, scope: q.Scope,
		columns: eventColumns, decode: eventIn(q.View),
	}.pages(ctx)
}

// eventKey is the property that holds the sort key: an absent one is stored so that it comes last either way.
func eventKey(o kg.EventOrder) string {
	up := o.Direction != kg.Desc
	switch o.Field {
	case kg.EventsByFirstAsserted:
		return pick(up, "assertedAsc", "assertedDesc")
	case kg.EventsByKilled:
		return pick(up, "killedAsc", "killedDesc")
	}
	return pick(up, "timeAsc", "timeDesc")
}

func pick(first bool, a, b string) string {
	if first {
		return a
	}
	return b
}

const eventColumns = "n.record AS record"

// eventIn decodes an event read in a view.
func eventIn(v kg.View) func(*neo4j.Record) (kg.Event, error) {
	return func(r *neo4j.Record) (kg.Event, error) {
		id, err := column[string](r, "id")
		if err != nil {
			return kg.Event{}, err
		}
		state, err := recordOf(decodeState)(r)
		return kg.Event{ID: kg.ID(id), EventState: state, View: v}, err
	}
}

// eventsUnder matches the states of a parent's events.
func (b *builder) eventsUnder(scope *kg.Scope) (match string, more clause, err error) {
	if scope == nil {
		return "MATCH " + b.states("n"), always, nil
	}
	to := b.stateOf("n")
	switch scope.Relation {
	case kg.ActorTimeline:
		return "MATCH (:Actor {id: parent})-[p:PARTICIPATED_IN]->" + to, and(b.known("p"), in(b, "p.role", scope.Roles)), nil
	case kg.LocationTimeline:
		return "MATCH (:Location {id: parent})<-[:WITHIN*0..]-(:Location)<-[o:OCCURRED_AT]-" + to, b.known("o"), nil
	case kg.DocumentTimeline:
		return "MATCH (:Document {id: parent})<-[:IN]-(c:Claim)-[:ABOUT]->" + to, b.live("c"), nil
	case kg.EventParts:
		return "MATCH (:Event {id: parent})<-[r:PART_OF]-" + to, b.known("r"), nil
	}
	return "", never, noRelation(scope.Relation, "events")
}

func noRelation(r kg.Relation, kind string) error {
	return kg.Errorf(kg.Internal, "no %s hang off relation %q", kind, r)
}
