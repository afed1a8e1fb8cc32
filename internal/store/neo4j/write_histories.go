package neo4j

import (
	"cmp"
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
				"id": string(l.Exact.Claim), "to": int64(l.Resolved.KnownTo), "by": rows.Strings(l.Resolved.WithdrawnBy),
				"apartTo": nil, "apartBy": nil,
			}
			if !l.Equal() {
				lifetime["apartTo"] = int64(l.Exact.KnownTo)
				if len(l.Exact.WithdrawnBy) > 0 {
					lifetime["apartBy"] = rows.Strings(l.Exact.WithdrawnBy)
				}
			}
			lifetimes = append(lifetimes, lifetime)
		}
	}
	if err := t.forEach(ctx, "MATCH (c:Claim {id: row.id})"+
		" WHERE c.knownTo <> row.to OR coalesce(c.withdrawnBy, []) <> row.by"+
		" OR c.apartKnownTo IS NOT NULL OR row.apartTo IS NOT NULL"+
		" SET c.knownTo = row.to, c.withdrawnBy = CASE row.by WHEN [] THEN null ELSE row.by END,"+
		" c.apartKnownTo = row.apartTo, c.apartWithdrawnBy = row.apartBy", lifetimes); err != nil {
		return err
	}
	for _, drop := range []string{
		"MATCH (e:Event {id: row.id})-[:HAS_STATE]->(s:EventState) DETACH DELETE s",
		"MATCH (e:Event {id: row.id})<-[r:PARTICIPATED_IN]-() DELETE r",
		"MATCH (e:Event {id: row.id})-[r:OCCURRED_AT|PART_OF|RESPONDS_TO|ANNOUNCES]->() DELETE r",
		"MATCH (f:Affiliation {id: row.id})-[r:SUPPORTED]->() DELETE r",
		"MATCH (f:Affiliation {id: row.id})-[:HOLDER]->()-[r:AFFILIATED_WITH {affiliation: row.id}]->() DELETE r",
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

// deleteUnclaimed deletes the events that have lost their last claim, unless others refer to them or may do so: it
// stays known that claims about an event were loaded and forgotten.
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
	var all []row
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
	}
	for _, s := range []string{
		"MATCH (f:Affiliation {id: row.id})-[:HOLDER]->(h) CREATE (f)-[r:SUPPORTED]->(h) SET r = row.p",
		// The properties are those of rows.Affiliated. The affiliation is stored already.
		"MATCH (h)<-[:HOLDER]-(f:Affiliation {id: row.id})-[:COUNTERPART]->(c)" +
			" CREATE (h)-[:AFFILIATED_WITH {affiliation: row.id, type: f.type, position: f.position," +
			" knownFrom: row.p.knownFrom, knownTo: row.p.knownTo, layer: row.p.layer}]->(c)",
	} {
		if err := t.forEach(ctx, s, all); err != nil {
			return err
		}
	}
	return nil
}

// putEvents writes the latest states of events that are stored already, and defers the rest to the end of the batch.
func (t tx) putEvents(ctx context.Context, states []apply.DerivedState) error {
	var changed latestStates
	for _, a := range states {
		if err := a.History.Each(func(layer apply.Layer, h kg.History) error {
			// The event node holds the latest state of the resolved view, or of the exact view if it is hidden there.
			onEvent := layer != apply.Exact || a.History.Hidden
			return cmp.Or(t.putStates(h, layer, onEvent, &changed), t.putEdges(h, layer))
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
	if len(h.States) == 0 && onEvent { // no claim about it ever stood
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

func (t tx) putEdges(h kg.History, layer apply.Layer) error {
	e := h.Subject
	return cmp.Or(
		edges(t, layer, "PARTICIPATED_IN", h.Participations, rows.Participation,
			func(p kg.Participation) (from, to kg.ID) { return p.Actor, e }),
		edges(t, layer, "OCCURRED_AT", h.Locations, rows.Place,
			func(l kg.EventLocation) (from, to kg.ID) { return e, l.Location }),
		edges(t, layer, "PART_OF", h.Wholes, rows.Part,
			func(p kg.EventPart) (from, to kg.ID) { return e, p.Whole }),
		edges(t, layer, "RESPONDS_TO", h.RespondsTo, rows.Response,
			func(r kg.Response) (from, to kg.ID) { return e, r.To }),
		edges(t, layer, "ANNOUNCES", h.Announces, rows.Announcement,
			func(a kg.Announcement) (from, to kg.ID) { return e, a.Of }),
	)
}

// edges adds the versions of edges of one type.
func edges[T any](
	t tx, layer apply.Layer, typ string, versions []kg.Versioned[T],
	emit func(rows.Columns, kg.Versioned[T], string), ends func(T) (from, to kg.ID),
) error {
	for _, v := range versions {
		record, err := codec.Encode(v.Edge)
		if err != nil {
			return err
		}
		from, to := ends(v.Edge)
		t.batch.edge(typ, string(from), string(to), func(c rows.Columns) { emit(c, v, record); rows.Layer(c, layer) })
	}
	return nil
}
