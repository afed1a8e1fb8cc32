package sqlite

import (
	"context"
	"database/sql"

	"casus/internal/kg"
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
