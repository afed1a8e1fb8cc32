package neo4j

import (
	"context"
	"fmt"

	"casus/internal/kg"
	"casus/internal/store/apply"
	"casus/internal/store/codec"
	"casus/internal/store/neo4j/rows"
)

// PutDerivedStates replaces the derived states of subjects, with one statement per kind for all subjects.
func (t tx) PutDerivedStates(ctx context.Context, states []apply.DerivedState) error {
	var events, affiliations []apply.DerivedState
	var lifetimes, old []row
	for _, a := range states {
		if t.lostClaims[a.Subject] || t.before.Merged(a.Subject) || !t.allNew(a.Claims) {
			old = append(old, row{"id": string(a.Subject)})
		}
		if a.Subject.Kind() == kg.KindEvent {
			events = append(events, a)
		} else {
			affiliations = append(affiliations, a)
		}
		for _, l := range a.Lifetimes {
			if inserted := t.inserted[l.Exact.Claim]; inserted != nil {
				*inserted = l
				continue
			}
			lifetime := row{
				"id": string(l.Exact.Claim), "end": int64(l.Resolved.KnownTo), "to": nil,
				"by": rows.Strings(l.Resolved.WithdrawnBy), "exactTo": nil, "exactBy": nil,
			}
			if l.Resolved.KnownTo.Bounded() {
				lifetime["to"] = rows.Datetime(l.Resolved.KnownTo)
			}
			if !l.Equal() {
				lifetime["exactTo"] = int64(l.Exact.KnownTo)
				if len(l.Exact.WithdrawnBy) > 0 {
					lifetime["exactBy"] = rows.Strings(l.Exact.WithdrawnBy)
				}
			}
			lifetimes = append(lifetimes, lifetime)
		}
	}
	if err := t.forEach(ctx, "MATCH (c:Claim {id: row.id})"+
		" WHERE "+rows.KnownTo("c")+" <> row.end OR coalesce(c.withdrawnBy, []) <> row.by"+
		" OR c._exactKnownTo IS NOT NULL OR row.exactTo IS NOT NULL"+
		" SET c.knownTo = row.to, c.withdrawnBy = CASE row.by WHEN [] THEN null ELSE row.by END,"+
		" c._exactKnownTo = row.exactTo, c._exactWithdrawnBy = row.exactBy", lifetimes); err != nil {
		return err
	}
	for _, drop := range []string{
		"MATCH (e:Event {id: row.id})-[:HAS_STATE]->(s:EventState) DETACH DELETE s",
		"MATCH (e:Event {id: row.id})<-[r:PARTICIPATED_IN]-() DELETE r",
		"MATCH (e:Event {id: row.id})-[r:OCCURRED_AT|PART_OF|RESPONDS_TO|ANNOUNCES]->() DELETE r",
		"MATCH (f:Affiliation {id: row.id})-[r:SUPPORTED]->() DELETE r",
		dropAffiliatedWith,
	} {
		if err := t.forEach(ctx, drop, old); err != nil {
			return err
		}
	}
	if err := t.putEvents(ctx, events); err != nil {
		return err
	}
	if err := t.deleteUnclaimed(ctx, events); err != nil {
		return err
	}
	return t.putAffiliated(ctx, affiliations)
}

// deleteUnclaimed deletes the events that have lost their last claim, unless other events refer to them, or may do so
// because originals of forgotten claims about them are stored.
func (t tx) deleteUnclaimed(ctx context.Context, events []apply.DerivedState) error {
	var all []row
	for _, a := range events {
		if len(a.Claims) == 0 && t.lostClaims[a.Subject] {
			all = append(all, row{"id": string(a.Subject)})
		}
	}
	return t.forEach(ctx, "MATCH (e:Event {id: row.id}) WITH e, row.id AS id"+
		" WHERE NOT EXISTS { (e)<-[:ABOUT|PART_OF|RESPONDS_TO|ANNOUNCES]-() } AND NOT "+hasOriginals+" DETACH DELETE e", all)
}

func (t tx) putAffiliated(ctx context.Context, states []apply.DerivedState) error {
	var all, each []row
	for _, a := range states {
		if err := a.History.Each(func(layer apply.Layer, h kg.History) error {
			for _, v := range h.Affiliated {
				properties := rowOf(func(c rows.Columns) { rows.Support(c, v); rows.Layer(c, layer) })
				all = append(all, row{"id": string(h.Subject), "p": properties})
			}
			return nil
		}); err != nil {
			return err
		}
		each = append(each, row{"id": string(a.Subject)})
	}
	err := t.forEach(ctx,
		"MATCH (f:Affiliation {id: row.id})-[:HOLDER]->(h) CREATE (f)-[r:SUPPORTED]->(h) SET r = row.p", all)
	if err != nil {
		return err
	}
	return t.forEach(ctx, createAffiliatedWith, each)
}

// createAffiliatedWith creates the AFFILIATED_WITH relationships of an affiliation, of its SUPPORTED ones.
var createAffiliatedWith = "MATCH (f:Affiliation {id: row.id})-[s:SUPPORTED]->() MATCH (f)-[:HOLDER]->(h)" +
	" MATCH (f)-[:COUNTERPART]->(c) CREATE (h)-[:AFFILIATED_WITH " + rows.AffiliatedByCypher("f", "s") + "]->(c)"

const dropAffiliatedWith = "MATCH (f:Affiliation {id: row.id})-[:HOLDER]->()" +
	"-[r:AFFILIATED_WITH {affiliation: row.id}]->() DELETE r"

// putEvents writes the latest states of events that are stored already, and defers the rest to the end of the batch.
func (t tx) putEvents(ctx context.Context, states []apply.DerivedState) error {
	var changed latestStates
	for _, a := range states {
		if err := a.History.Each(func(layer apply.Layer, h kg.History) error {
			// The event node holds the latest state of the resolved view, or of the exact view if it is hidden there.
			onEvent := layer != apply.Exact || a.History.Hidden
			t.putEdges(h, layer)
			return t.putStates(h, layer, onEvent, &changed)
		}); err != nil {
			return err
		}
	}
	err := t.forEach(ctx, "MATCH (e:Event {id: row.id}) REMOVE e:EventState SET e = row", changed.unstated)
	if err != nil {
		return err
	}
	return t.forEach(ctx, "MATCH (e:Event {id: row.id}) SET e = row, e:EventState", changed.stated)
}

// latestStates are stored events to update: with a latest state, or without one.
type latestStates struct{ stated, unstated []row }

func (t tx) putStates(h kg.History, layer apply.Layer, onEvent bool, changed *latestStates) error {
	event := string(h.Subject)
	if len(h.States) == 0 && onEvent { // it has no state: only retractions are known about it, or nothing
		if t.created[h.Subject] {
			t.batch.node("Event", event, func(c rows.Columns) { c.Text("id", event) })
		} else {
			changed.unstated = append(changed.unstated, row{"id": event})
		}
	}
	for i, s := range h.States {
		record, err := codec.Encode(s)
		if err != nil {
			return err
		}
		emit := func(c rows.Columns) { rows.State(c, h.Subject, s, record); rows.Layer(c, layer) }
		switch {
		case !onEvent || i < len(h.States)-1:
			version := fmt.Sprintf("%s@%d.%d", event, layer, i) // a ref, not an id
			t.batch.node("EventState", version, emit)
			t.batch.edge("HAS_STATE", event, version, nil)
		case t.created[h.Subject]:
			t.batch.node("Event:EventState", event, emit)
		default:
			changed.stated = append(changed.stated, rowOf(emit))
		}
	}
	return nil
}

func (t tx) putEdges(h kg.History, layer apply.Layer) {
	edges(t, layer, h.Subject, rows.Participations, h.Participations)
	edges(t, layer, h.Subject, rows.Places, h.Locations)
	edges(t, layer, h.Subject, rows.Parts, h.Wholes)
	edges(t, layer, h.Subject, rows.Responses, h.RespondsTo)
	edges(t, layer, h.Subject, rows.Announcements, h.Announces)
}

// edges adds the versions of edges of one type.
func edges[T any](t tx, layer apply.Layer, event kg.ID, edge rows.Edge[T], versions []kg.Versioned[T]) {
	for _, v := range versions {
		from, to := edge.Ends(event, v.Edge)
		t.batch.edge(edge.Type, string(from), string(to), func(c rows.Columns) { edge.Emit(c, v); rows.Layer(c, layer) })
	}
}
