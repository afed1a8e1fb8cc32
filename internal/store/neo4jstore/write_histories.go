package neo4jstore

import (
	"cmp"
	"context"
	"strconv"

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
			if inserted := t.inserted[l.Claim]; inserted != nil {
				*inserted = l
				continue
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

// putEvents writes the latest states of events that were there before, and leaves the rest to the growth.
func (t tx) putEvents(ctx context.Context, histories []kg.History) error {
	var stated, unstated []row
	for _, h := range histories {
		event := string(h.Subject)
		if len(h.States) == 0 { // no claim ever stood for it: there is nothing to tell
			if t.made[h.Subject] {
				t.growth.node("Event", event, func(c rows.Columns) { c.Text("id", event) })
			} else {
				unstated = append(unstated, row{"id": event})
			}
		}
		for i, s := range h.States {
			record, err := rows.Encode(s)
			if err != nil {
				return err
			}
			give := func(c rows.Columns) { rows.State(c, h.Subject, s, record) }
			switch {
			case i < len(h.States)-1:
				version := event + "@" + strconv.Itoa(i) // no id, but a ref
				t.growth.node("EventState", version, give)
				t.growth.edge("HAS_STATE", event, version, nil)
			case t.made[h.Subject]:
				t.growth.node("Event:EventState", event, give)
			default:
				stated = append(stated, rowOf(give))
			}
		}
		if err := t.putEdges(h); err != nil {
			return err
		}
	}
	if err := t.each(ctx, "MATCH (e:Event {id: row.id}) REMOVE e:EventState SET e = row", unstated); err != nil {
		return err
	}
	return t.each(ctx, "MATCH (e:Event {id: row.id}) SET e = row, e:EventState", stated)
}

func (t tx) putEdges(h kg.History) error {
	e := h.Subject
	return cmp.Or(
		edges(t, "PARTICIPATED_IN", h.Participations, rows.Participation, func(p kg.Participation) (from, to kg.ID) { return p.Actor, e }),
		edges(t, "OCCURRED_AT", h.Locations, rows.Place, func(l kg.EventLocation) (from, to kg.ID) { return e, l.Location }),
		edges(t, "PART_OF", h.Wholes, rows.Part, func(p kg.EventPart) (from, to kg.ID) { return e, p.Whole }),
		edges(t, "RESPONDS_TO", h.RespondsTo, rows.Response, func(r kg.Response) (from, to kg.ID) { return e, r.To }),
		edges(t, "ANNOUNCES", h.Announces, rows.Announcement, func(a kg.Announcement) (from, to kg.ID) { return e, a.Of }),
	)
}

// edges adds the versions of edges of one type.
func edges[T any](t tx, typ string, versions []kg.Versioned[T], give func(rows.Columns, kg.Versioned[T], string), ends func(T) (from, to kg.ID)) error {
	for _, v := range versions {
		record, err := rows.Encode(v.Edge)
		if err != nil {
			return err
		}
		from, to := ends(v.Edge)
		t.growth.edge(typ, string(from), string(to), func(c rows.Columns) { give(c, v, record) })
	}
	return nil
}
