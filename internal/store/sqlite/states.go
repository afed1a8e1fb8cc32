package sqlite

import (
	"context"
	"database/sql"

	"casus/internal/kg"
	"casus/internal/kg/stance"
	"casus/internal/store/codec"
)

// States returns every version of events that began by the view's moment.
func (s *Store) States(ctx context.Context, v kg.View, events []kg.ID) ([][]kg.EventState, error) {
	if err := ctx.Err(); err != nil {
		return nil, mapError(err, "read states")
	}
	return readView(ctx, s, v, func(r viewReader) ([][]kg.EventState, error) { return r.states(r.identities.IDs(events)) })
}

func (r viewReader) states(events []kg.ID) ([][]kg.EventState, error) {
	q := sqlOf("SELECT e.event, e.record FROM event_state e WHERE e.event "+inJSONList+" AND e.known_from <= ? AND ",
		idList(events), int64(r.view.Moment())).append(
		r.inLayer("e"), sqlOf(" ORDER BY e.event, e.known_from"))
	found := map[kg.ID][]kg.EventState{}
	_, err := rows(r.ctx, r.read, func(row *sql.Rows) (none struct{}, err error) {
		var id, text string
		if err = row.Scan(&id, &text); err != nil {
			return none, err
		}
		state, err := codec.Decode[kg.EventState](text)
		found[kg.ID(id)] = append(found[kg.ID(id)], state)
		return none, err
	}, q.sql, q.args...)
	all := make([][]kg.EventState, len(events))
	for i, id := range events {
		all[i] = kg.StatesKnown(found[id], r.view.Moment())
	}
	return all, err
}

// ClaimCounts counts the claims about events that are known in a view.
func (s *Store) ClaimCounts(ctx context.Context, v kg.View, events []kg.ID) ([]stance.Counts, error) {
	if err := ctx.Err(); err != nil {
		return nil, mapError(err, "count claims")
	}
	return readView(ctx, s, v, func(r viewReader) ([]stance.Counts, error) { return r.claimCounts(events) })
}

func (r viewReader) claimCounts(events []kg.ID) ([]stance.Counts, error) {
	q := sqlOf("SELECT asked.i, c.stance, "+r.lifetimeColumn("c", "known_to")+" <= ?, count(*) FROM ",
		int64(r.view.Moment())).append(r.memberTable(events), sqlOf("claim c ON c.subject = asked.id WHERE "),
		r.isKnown("c"), sqlOf(" GROUP BY 1, 2, 3"))
	all := make([]stance.Counts, len(events))
	_, err := rows(r.ctx, r.read, func(row *sql.Rows) (none struct{}, err error) {
		var i, n int
		var s kg.Stance
		var withdrawn bool
		if err = row.Scan(&i, &s, &withdrawn, &n); err == nil {
			all[i].Add(s, withdrawn, n)
		}
		return none, err
	}, q.sql, q.args...)
	return all, err
}
