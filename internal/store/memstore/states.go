package memstore

import (
	"context"

	"casus/internal/kg"
)

// States gives every version of events that began by the view's moment.
func (s *Store) States(ctx context.Context, v kg.View, events []kg.ID) ([][]kg.EventState, error) {
	g, err := s.now(ctx)
	if err != nil {
		return nil, err
	}
	all := make([][]kg.EventState, len(events))
	for i, id := range events {
		for _, state := range g.histories[id].States {
			if state.KnownFrom > v.Moment() {
				continue
			}
			if state.KnownTo > v.Moment() {
				state.KnownTo = kg.EndOfTime
			}
			all[i] = append(all[i], state)
		}
	}
	return all, nil
}
