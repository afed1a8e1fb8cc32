package neo4jstore

import (
	"context"

	"casus/internal/kg"
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
			lives = append(lives, row{"id": string(l.Claim), "to": int64(l.KnownTo), "by": stringsOf(l.WithdrawnBy)})
		}
	}
	if err := t.each(ctx, "MATCH (c:Claim {id: row.id}) WHERE c.knownTo <> row.to OR c.withdrawnBy <> row.by SET c.knownTo = row.to, c.withdrawnBy = row.by", lives); err != nil {
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
	var rows []row
	for _, h := range histories {
		for _, v := range h.Affiliated {
			rows = append(rows, row{"id": string(h.Subject), "from": int64(v.KnownFrom), "to": int64(v.KnownTo), "claims": stringsOf(v.Edge)})
		}
	}
	for _, s := range []string{
		"MATCH (f:Affiliation {id: row.id})-[:HOLDER]->(h) CREATE (f)-[:SUPPORTED {knownFrom: row.from, knownTo: row.to, claims: row.claims}]->(h)",
		"MATCH (h)<-[:HOLDER]-(f:Affiliation {id: row.id})-[:COUNTERPART]->(c) CREATE (h)-[:AFFILIATED_WITH {affiliation: row.id, type: f.type, position: f.position, knownFrom: row.from, knownTo: row.to}]->(c)",
	} {
		if err := t.each(ctx, s, rows); err != nil {
			return err
		}
	}
	return nil
}

// written gathers the rows of all that is made anew about events.
type written struct{ events, states, participations, locations, wholes, responses, announcements, found []row }

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
		{"MATCH (e:Event {id: row.id}) SET e = row", w.events},
		{"MATCH (e:Event {id: row.id}) CREATE (e)-[:HAS_STATE]->(s:EventState) SET s = row", w.states},
		{"MATCH (e:Event {id: row.event}) MATCH (a:Actor {id: row.other}) CREATE (a)-[r:PARTICIPATED_IN]->(e) SET r = row.p", w.participations},
		{"MATCH (e:Event {id: row.event}) MATCH (l:Location {id: row.other}) CREATE (e)-[r:OCCURRED_AT]->(l) SET r = row.p", w.locations},
		{"MATCH (e:Event {id: row.event}) MATCH (o:Event {id: row.other}) CREATE (e)-[r:PART_OF]->(o) SET r = row.p", w.wholes},
		{"MATCH (e:Event {id: row.event}) MATCH (o:Event {id: row.other}) CREATE (e)-[r:RESPONDS_TO]->(o) SET r = row.p", w.responses},
		{"MATCH (e:Event {id: row.event}) MATCH (o:Event {id: row.other}) CREATE (e)-[r:ANNOUNCES]->(o) SET r = row.p", w.announcements},
	} {
		if err := t.each(ctx, s.statement, s.rows); err != nil {
			return err
		}
	}
	return t.addSearch(ctx, w.found)
}

func (w *written) add(h kg.History) error {
	latest := row{"id": string(h.Subject)} // of an event that no claim ever stood for there is nothing to tell
	for _, s := range h.States {
		properties, err := stateRow(h.Subject, s)
		if err != nil {
			return err
		}
		w.states = append(w.states, properties)
		latest = properties
	}
	w.events = append(w.events, latest)
	w.found = append(w.found, eventSearchRows(h)...)
	for _, err := range []error{
		edgeRows(&w.participations, h.Subject, h.Participations, func(p kg.Participation) (kg.ID, row) {
			return p.Actor, row{"role": string(p.Role), "side": string(p.Side), "representing": string(p.Representing), "status": string(p.Status), "capacity": p.Capacity}
		}),
		edgeRows(&w.locations, h.Subject, h.Locations, func(l kg.EventLocation) (kg.ID, row) {
			return l.Location, row{"role": string(l.Role), "precision": int64(l.Precision)}
		}),
		edgeRows(&w.wholes, h.Subject, h.Wholes, func(p kg.EventPart) (kg.ID, row) { return p.Whole, row{} }),
		edgeRows(&w.responses, h.Subject, h.RespondsTo, func(r kg.Response) (kg.ID, row) {
			return r.To, row{"kind": string(r.Kind), "condition": r.Condition}
		}),
		edgeRows(&w.announcements, h.Subject, h.Announces, func(a kg.Announcement) (kg.ID, row) { return a.Of, row{} }),
	} {
		if err != nil {
			return err
		}
	}
	return nil
}

// edgeRows adds the versions of edges from an event to another node.
func edgeRows[T any](rows *[]row, event kg.ID, versions []kg.Versioned[T], properties func(T) (other kg.ID, p row)) error {
	for _, v := range versions {
		record, err := encode(v.Edge)
		if err != nil {
			return err
		}
		other, p := properties(v.Edge)
		p["knownFrom"], p["knownTo"], p["record"] = int64(v.KnownFrom), int64(v.KnownTo), record
		*rows = append(*rows, row{"event": string(event), "other": string(other), "p": p})
	}
	return nil
}

// stateRow are the properties of one version of an event.
func stateRow(event kg.ID, s kg.EventState) (row, error) {
	record, err := encode(s)
	if err != nil {
		return nil, err
	}
	killed := int64(-1)
	if s.Toll.Killed != nil && s.Toll.Killed.Best != nil {
		killed = int64(*s.Toll.Killed.Best)
	}
	codes := make([]string, len(s.Codes))
	for i, c := range s.Codes {
		codes[i] = c.Scheme + " " + c.Value
	}
	key := func(f kg.EventOrderField, d kg.Direction) int64 { return kg.EventOrder{Field: f, Direction: d}.Key(s) }
	return row{
		"id": string(event), "idKey": sortKey(string(event)), "knownFrom": int64(s.KnownFrom), "knownTo": int64(s.KnownTo), "title": kg.BestName(s.Titles, ""),
		"status": string(s.Status), "category": string(s.Category), "mode": s.Mode, "modality": string(s.Modality),
		"time": s.Time.EDTF, "precision": string(s.Time.Precision), "earliest": int64(s.Time.Earliest), "latest": int64(s.Time.Latest),
		"timeAsc": key(kg.EventsByTime, kg.Asc), "timeDesc": key(kg.EventsByTime, kg.Desc),
		"assertedEarliest": int64(s.FirstAsserted.Earliest), "assertedLatest": int64(s.FirstAsserted.Latest),
		"assertedAsc": key(kg.EventsByFirstAsserted, kg.Asc), "assertedDesc": key(kg.EventsByFirstAsserted, kg.Desc),
		"killed": killed, "killedAsc": key(kg.EventsByKilled, kg.Asc), "killedDesc": key(kg.EventsByKilled, kg.Desc),
		"voices": int64(s.Sources.Voices), "codes": codes, "record": record,
	}, nil
}
