package sqlite

import (
	"context"
	"database/sql"

	"casus/internal/kg"
	"casus/internal/store/codec"
)

// EventEdges returns the wanted edges of events, with one query for each kind of edge.
func (s *Store) EventEdges(ctx context.Context, v kg.View, want kg.EdgeSet, events []kg.ID) ([]kg.EventEdges, error) {
	if err := ctx.Err(); err != nil {
		return nil, mapError(err, "read edges")
	}
	return readView(ctx, s, v,
		func(r viewReader) ([]kg.EventEdges, error) { return r.eventEdges(want, r.identities.IDs(events)) })
}

func (r viewReader) eventEdges(want kg.EdgeSet, events []kg.ID) ([]kg.EventEdges, error) {
	found := map[kg.ID]*kg.EventEdges{}
	for _, id := range events {
		found[id] = &kg.EventEdges{}
	}
	list := idList(events)
	for _, err := range []error{
		edges(r, want, kg.WantParticipations, "participation", "event", list, func(id kg.ID, e kg.Participation) {
			found[id].Participations = append(found[id].Participations, e)
		}),
		edges(r, want, kg.WantLocations, "event_location", "event", list, func(id kg.ID, e kg.EventLocation) {
			found[id].Locations = append(found[id].Locations, e)
		}),
		edges(r, want, kg.WantWholes, "event_part", "part", list, func(id kg.ID, e kg.EventPart) {
			found[id].Wholes = append(found[id].Wholes, e)
		}),
		edges(r, want, kg.WantRespondsTo, "response", "answer", list, func(id kg.ID, e kg.Response) {
			found[id].RespondsTo = append(found[id].RespondsTo, e)
		}),
		edges(r, want, kg.WantResponses, "response", "answered", list, func(id kg.ID, e kg.Response) {
			found[id].Responses = append(found[id].Responses, e)
		}),
		edges(r, want, kg.WantAnnounces, "announcement", "announcer", list, func(id kg.ID, e kg.Announcement) {
			found[id].Announces = append(found[id].Announces, e)
		}),
		edges(r, want, kg.WantAnnouncedBy, "announcement", "announced", list, func(id kg.ID, e kg.Announcement) {
			found[id].AnnouncedBy = append(found[id].AnnouncedBy, e)
		}),
		r.figures(want, events, found),
	} {
		if err != nil {
			return nil, err
		}
	}
	all := make([]kg.EventEdges, len(events))
	for i, id := range events {
		found[id].SortEdges()
		all[i] = *found[id]
	}
	return all, nil
}

// edges reads the edges of one kind, if wanted, grouped by the end in column. That end must be an event of the view: an
// event can be responded to or announced before anything is known about it.
func edges[T any](r viewReader, want, kind kg.EdgeSet, table, column, list string, add func(kg.ID, T)) error {
	if want&kind == 0 {
		return nil
	}
	q := sqlOf("SELECT t."+column+", t.record FROM "+table+" t WHERE t."+column+" "+inJSONList+" AND ", list).
		append(r.holds("t"),
			sqlOf(" AND "), exists(sqlOf("SELECT 1 FROM event_state e WHERE e.event = t."+column+" AND ").append(r.holds("e"))))
	_, err := rows(r.ctx, r.read, func(row *sql.Rows) (none struct{}, err error) {
		var id, text string
		if err = row.Scan(&id, &text); err != nil {
			return none, err
		}
		e, err := codec.Decode[T](text)
		add(kg.ID(id), e)
		return none, err
	}, q.sql, q.args...)
	return err
}

// figures reads the figures of live claims.
func (r viewReader) figures(want kg.EdgeSet, events []kg.ID, found map[kg.ID]*kg.EventEdges) error {
	if want&kg.WantFigures == 0 {
		return nil
	}
	q := sqlOf("SELECT c.record, c.recorded_at, "+r.lifetimeColumn("c", "known_to")+", "+
		r.lifetimeColumn("c", "withdrawn_by")+
		" FROM claim c WHERE c.has_figures AND c.subject "+inJSONList+" AND ", idList(r.identities.Expand(events))).append(
		r.isLive("c"), sqlOf(" ORDER BY c.known_from, c.id"))
	claims, err := rows(r.ctx, r.read, scanClaimLifetime, q.sql, q.args...)
	about := map[kg.ID][]kg.Claim{}
	for _, c := range claims {
		about[r.identities.ClassOf(c.Subject)] = append(about[r.identities.ClassOf(c.Subject)], c)
	}
	for id, claims := range about {
		found[id].Figures = kg.FiguresOf(claims, r.view.Moment())
	}
	return err
}
