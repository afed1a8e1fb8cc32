package neo4jstore

import (
	"context"

	"casus/internal/kg"
	"casus/internal/store/neo4jstore/rows"
)

// PutHistories makes anew what follows about each subject, all subjects with one statement for each kind of thing.
func (t tx) PutHistories(ctx context.Context, histories []kg.History, claims map[kg.ID][]kg.Claim) error {
	var events, affiliations []kg.History
	var lives, old []row
	for _, h := range histories {
		fresh := t.fresh(claims[h.Subject])
		if !fresh {
			old = append(old, row{"id": string(h.Subject)})
		}
		if h.Subject.Kind() == kg.KindEvent {
			events = append(events, h)
		} else {
			affiliations = append(affiliations, h)
		}
		for _, l := range h.Lives {
			if fresh && l.KnownTo == kg.EndOfTime && len(l.WithdrawnBy) == 0 {
				continue // as it was inserted
			}
			lives = append(lives, row{"id": string(l.Claim), "to": int64(l.KnownTo), "by": rows.Strings(l.WithdrawnBy)})
		}
	}
	if err := t.each(ctx, "MATCH (c:Claim {id: row.id}) WHERE c.knownTo <> row.to OR coalesce(c.withdrawnBy, []) <> row.by"+
		" SET c.knownTo = row.to, c.withdrawnBy = CASE row.by WHEN [] THEN null ELSE row.by END", lives); err != nil {
		return err
	}
	for _, drop := range []string{
		"MATCH (e:Event {id: row.id})-[:HAS_STATE]->(s:EventState) DETACH DELETE s",
		"MATCH (e:Event {id: row.id})<-[r:PARTICIPATED_IN]-() DELETE r",
		"MATCH (e:Event {id: row.id})-[r:OCCURRED_AT|PART_OF|RESPONDS_TO|ANNOUNCES]->() DELETE r",
		"MATCH (f:Affiliation {id: row.id})-[r:SUPPORTED]->() DELETE r",
		"MATCH (f:Affiliation {id: row.id})-[:HOLDER]->()-[r:AFFILIATED_WITH {affiliation: row.id}]->() DELETE r",
		dropSearch,
	} {
		if err := t.each(ctx, drop, old); err != nil {
			return err
		}
	}
	if err := t.putEvents(ctx, events); err != nil {
		return err
	}
	return t.putAffiliated(ctx, affiliations)
}

func (t tx) putAffiliated(ctx context.Context, histories []kg.History) error {
	var all []row
	for _, h := range histories {
		for _, v := range h.Affiliated {
			all = append(all, row{"id": string(h.Subject), "p": rowOf(func(c rows.Columns) { rows.Support(c, v) })})
		}
	}
	for _, s := range []string{
		"MATCH (f:Affiliation {id: row.id})-[:HOLDER]->(h) CREATE (f)-[r:SUPPORTED]->(h) SET r = row.p",
		// As rows.Affiliated has it; the affiliation is stored.
		"MATCH (h)<-[:HOLDER]-(f:Affiliation {id: row.id})-[:COUNTERPART]->(c) CREATE (h)-[:AFFILIATED_WITH {affiliation: row.id, type: f.type, position: f.position, knownFrom: row.p.knownFrom, knownTo: row.p.knownTo}]->(c)",
	} {
		if err := t.each(ctx, s, all); err != nil {
			return err
		}
	}
	return nil
}

// written gathers the rows of all that is made anew about events.
type written struct{ unstated, events, states, participations, locations, wholes, responses, announcements, found []row }

func (t tx) putEvents(ctx context.Context, histories []kg.History) error {
	var w written
	for _, h := range histories {
		if err := w.add(h); err != nil {
			return err
		}
	}
	for _, s := range []struct {
		statement string
		rows      []row
	}{
		{"MATCH (e:Event {id: row.id}) REMOVE e:EventState SET e = row", w.unstated},
		{"MATCH (e:Event {id: row.id}) SET e = row, e:EventState", w.events},
		{"MATCH (e:Event {id: row.id}) CREATE (e)-[:HAS_STATE]->(s:EventState) SET s = row", w.states},
		{"MATCH (e:Event {id: row.event}) USING INDEX e:Event(id) MATCH (a:Actor {id: row.other}) USING INDEX a:Actor(id) CREATE (a)-[r:PARTICIPATED_IN]->(e) SET r = row.p", w.participations},
		{"MATCH (e:Event {id: row.event}) USING INDEX e:Event(id) MATCH (l:Location {id: row.other}) USING INDEX l:Location(id) CREATE (e)-[r:OCCURRED_AT]->(l) SET r = row.p", w.locations},
		{"MATCH (e:Event {id: row.event}) USING INDEX e:Event(id) MATCH (o:Event {id: row.other}) USING INDEX o:Event(id) CREATE (e)-[r:PART_OF]->(o) SET r = row.p", w.wholes},
		{"MATCH (e:Event {id: row.event}) USING INDEX e:Event(id) MATCH (o:Event {id: row.other}) USING INDEX o:Event(id) CREATE (e)-[r:RESPONDS_TO]->(o) SET r = row.p", w.responses},
		{"MATCH (e:Event {id: row.event}) USING INDEX e:Event(id) MATCH (o:Event {id: row.other}) USING INDEX o:Event(id) CREATE (e)-[r:ANNOUNCES]->(o) SET r = row.p", w.announcements},
	} {
		if err := t.each(ctx, s.statement, s.rows); err != nil {
			return err
		}
	}
	return t.addSearch(ctx, w.found)
}

func (w *written) add(h kg.History) error {
	if len(h.States) == 0 { // no claim ever stood for it: there is nothing to tell
		w.unstated = append(w.unstated, row{"id": string(h.Subject)})
	}
	for i, s := range h.States {
		record, err := rows.Encode(s)
		if err != nil {
			return err
		}
		to := &w.states
		if i == len(h.States)-1 {
			to = &w.events
		}
		*to = append(*to, rowOf(func(c rows.Columns) { rows.State(c, h.Subject, s, record) }))
	}
	w.found = append(w.found, entries(rows.EventFoundBy(h))...)
	for _, err := range []error{
		edgeRows(&w.participations, h.Subject, h.Participations, rows.Participation, func(p kg.Participation) kg.ID { return p.Actor }),
		edgeRows(&w.locations, h.Subject, h.Locations, rows.Place, func(l kg.EventLocation) kg.ID { return l.Location }),
		edgeRows(&w.wholes, h.Subject, h.Wholes, rows.Part, func(p kg.EventPart) kg.ID { return p.Whole }),
		edgeRows(&w.responses, h.Subject, h.RespondsTo, rows.Response, func(r kg.Response) kg.ID { return r.To }),
		edgeRows(&w.announcements, h.Subject, h.Announces, rows.Announcement, func(a kg.Announcement) kg.ID { return a.Of }),
	} {
		if err != nil {
			return err
		}
	}
	return nil
}

// edgeRows adds the versions of edges from an event to another node.
func edgeRows[T any](all *[]row, event kg.ID, versions []kg.Versioned[T], give func(rows.Columns, kg.Versioned[T], string), other func(T) kg.ID) error {
	for _, v := range versions {
		record, err := rows.Encode(v.Edge)
		if err != nil {
			return err
		}
		*all = append(*all, row{"event": string(event), "other": string(other(v.Edge)), "p": rowOf(func(c rows.Columns) { give(c, v, record) })})
	}
	return nil
}
