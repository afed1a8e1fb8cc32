package sqlite

import (
	"context"
	"database/sql"
	"fmt"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// Affiliations returns each actor's affiliations, as holder and as counterpart.
func (s *Store) Affiliations(ctx context.Context, q store.AffiliationQuery) ([][]kg.Affiliation, error) {
	return readView(ctx, s, q.View, func(r viewReader) ([][]kg.Affiliation, error) { return r.affiliations(q) })
}

func (r viewReader) affiliations(q store.AffiliationQuery) ([][]kg.Affiliation, error) {
	valid := trueClause
	if q.At != nil {
		// An affiliation without a valid time always held.
		valid = sqlOf(
			"(a.valid_earliest = ? AND a.valid_latest = ? OR ? < ? AND a.valid_earliest < ? AND a.valid_latest > ?)",
			int64(edtf.BeginningOfTime), int64(edtf.EndOfTime), int64(q.At.Earliest), int64(q.At.Latest), int64(q.At.Latest),
			int64(q.At.Earliest))
	}
	query := sqlOf("SELECT asked.i, a.record, s.record FROM ").append(r.memberTable(q.Actors),
		sqlOf(`affiliation a JOIN affiliated s ON s.affiliation = a.id
			WHERE (a.holder = asked.id OR a.counterpart = asked.id) AND `),
		and(r.holds("s"), valid, anyOf("a.type", q.Types)), sqlOf(" ORDER BY asked.i, a.id"))
	all := make([][]kg.Affiliation, len(q.Actors))
	_, err := rows(r.ctx, r.read, func(row *sql.Rows) (none struct{}, err error) {
		var i int
		into, item := r.affiliationScanner()()
		if err = row.Scan(append([]any{&i}, into...)...); err != nil {
			return none, err
		}
		a, err := item("")
		if n := len(all[i]); n == 0 || all[i][n-1].ID != a.ID { // both ends may be of one class
			all[i] = append(all[i], a)
		}
		return none, err
	}, query.sql, query.args...)
	return all, err
}

// CoParticipants counts the events that actors share.
func (s *Store) CoParticipants(
	ctx context.Context, q store.CoParticipantQuery,
) ([]store.Page[store.CoParticipant], error) {
	if err := q.Window.Check(); err != nil {
		return nil, err
	}
	return readView(ctx, s, q.Filter.InView(q.View), func(r viewReader) ([]store.Page[store.CoParticipant], error) {
		q := q
		q.Actors, q.Filter = r.identities.IDs(q.Actors), store.ResolveEventFilter(r.identities, q.Filter)
		return r.coParticipants(q)
	})
}

func (r viewReader) coParticipants(q store.CoParticipantQuery) ([]store.Page[store.CoParticipant], error) {
	filter, err := r.events(q.Filter.Connecting())
	if err != nil {
		return nil, err
	}
	takesPart := func(p string) clause {
		return combine([]clause{r.holds(p), oneOf(p+".role", store.ConnectingRoles(q.Roles)),
			anyOf(p+".status", q.Filter.ConnectingStatuses())})
	}
	scope := &store.Scope{IDs: q.Actors}
	// An event's start and id as one text, so that min is the first event and max the last. An unknown start is neither.
	start := func(key string) string {
		return fmt.Sprintf("printf('%%019d', e.%s - (%d)) || e.event", key, int64(edtf.BeginningOfTime))
	}
	return listing[store.CoParticipant]{
		source: sqlOf("SELECT asked.i AS i, -count(DISTINCT e.event) AS k, o.actor AS id, min("+start("time_asc")+
			") AS first, max("+start("time_desc")+") AS last FROM ").append(parentTable(scope),
			sqlOf(`participation m CROSS JOIN event_state e ON e.event = m.event
				CROSS JOIN participation o ON o.event = m.event WHERE m.actor = asked.id AND o.actor <> asked.id AND `),
			combine([]clause{takesPart("m"), r.holds("e"), filter, takesPart("o")}),
			sqlOf(" GROUP BY asked.i, o.actor")),
		window: q.Window, total: q.Total, scope: scope,
		columns: sqlOf(", -picked.k, substr(picked.first, 20), substr(picked.last, 20)"),
		scan: func() ([]any, func(kg.ID) (store.CoParticipant, error)) {
			var events int
			var first, last string
			return []any{&events, &first, &last}, func(id kg.ID) (store.CoParticipant, error) {
				return store.CoParticipant{Actor: id, Events: events, First: kg.ID(first), Last: kg.ID(last)}, nil
			}
		},
	}.pages(r.ctx, r.read)
}
