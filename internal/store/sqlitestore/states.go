package sqlitestore

import (
	"context"
	"database/sql"

	"casus/internal/kg"
)

// States gives every version of events that began by the view's moment.
func (s *Store) States(ctx context.Context, v kg.View, events []kg.ID) ([][]kg.EventState, error) {
	if err := ctx.Err(); err != nil {
		return nil, mapError(err, "read states")
	}
	found := map[kg.ID][]kg.EventState{}
	_, err := rows(ctx, s.read, func(row *sql.Rows) (none struct{}, err error) {
		var id, text string
		if err = row.Scan(&id, &text); err != nil {
			return none, err
		}
		state, err := decode[kg.EventState](text)
		found[kg.ID(id)] = append(found[kg.ID(id)], state)
		return none, err
	}, "SELECT event, record FROM event_state WHERE event "+in+" AND known_from <= ? ORDER BY event, known_from", idList(events), int64(v.Moment()))
	all := make([][]kg.EventState, len(events))
	for i, id := range events {
		all[i] = kg.StatesKnown(found[id], v.Moment())
	}
	return all, err
}
