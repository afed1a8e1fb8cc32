package neo4j

import (
	"context"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/neo4j/rows"
)

// CoParticipants counts the events that actors share. A row n is a map, since the engine computes the list that is
// paged.
func (s *Store) CoParticipants(
	ctx context.Context, q store.CoParticipantQuery,
) ([]store.Page[store.CoParticipant], error) {
	if err := q.Window.Check(); err != nil {
		return nil, err
	}
	return readView(ctx, s, q.Filter.InView(q.View), func(b *builder) ([]store.Page[store.CoParticipant], error) {
		q := q
		q.Actors, q.Filter = b.identities.IDs(q.Actors), store.ResolveEventFilter(b.identities, q.Filter)
		return b.coParticipants(ctx, q)
	})
}

func (b *builder) coParticipants(
	ctx context.Context, q store.CoParticipantQuery,
) ([]store.Page[store.CoParticipant], error) {
	filter, err := b.events(ctx, "s", q.Filter.Connecting())
	if err != nil {
		return nil, err
	}
	takesPart := func(p string) clause {
		return and(b.isKnown(p), in(b, p+".role", store.ConnectingRoles(q.Roles)),
			in(b, p+".status", q.Filter.ConnectingStatuses()))
	}
	// The state is bound to its event first, since a pattern may not walk the same HAS_STATE twice.
	match := "MATCH (:Actor {id: parent})-[p:PARTICIPATED_IN]->" + b.statePath("s") +
		where(takesPart("p"), b.inView("s")) +
		" WITH DISTINCT parent, s" + where(filter) +
		" MATCH " + b.eventPath("s") + "<-[o:PARTICIPATED_IN]-(a:Actor)" + where(takesPart("o"), "a.id <> parent") +
		" WITH DISTINCT a, s WITH a, count(*) AS events," +
		" min([s._timeAsc, s._idKey])[1] AS first, max([s._earliest, s._idKey])[1] AS last" +
		" WITH {id: a.id, _idKey: a._idKey, events: events, first: first, last: last} AS n"
	return listPages(ctx, list{
		builder: b, match: match, key: "-n.events", window: q.Window, total: q.Total, scope: &store.Scope{IDs: q.Actors},
		columns: columns{{"n", "n"}},
	}, coParticipant)
}

func coParticipant(r *neo4j.Record) (store.CoParticipant, error) {
	var c store.CoParticipant
	row, err := column[map[string]any](r, "n")
	if err != nil {
		return c, err
	}
	events, err := field[int64](row, "events")
	if err != nil {
		return c, err
	}
	c.Events = int(events)
	actor, err := field[string](row, "id")
	if err != nil {
		return c, err
	}
	first, err := field[string](row, "first")
	if err != nil {
		return c, err
	}
	last, err := field[string](row, "last")
	c.Actor, c.First, c.Last = kg.ID(actor), kg.ID(rows.FromSortKey(first)), kg.ID(rows.FromSortKey(last))
	return c, err
}
