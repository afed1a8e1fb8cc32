package memory

import (
	"context"

	"casus/internal/edtf"
	"casus/internal/kg"
)

// States gives every version of events that began by the view's moment.
func (s *Store) States(ctx context.Context, v kg.View, events []kg.ID) ([][]kg.EventState, error) {
	g, err := s.now(ctx)
	if err != nil {
		return nil, err
	}
	r := g.in(v)
	all := make([][]kg.EventState, len(events))
	for i, id := range r.one.IDs(events) {
		for _, state := range r.histories[id].States {
			if state.KnownFrom > r.at {
				continue
			}
			if state.KnownTo > r.at {
				state.KnownTo = edtf.EndOfTime
			}
			all[i] = append(all[i], state)
		}
	}
	return all, nil
}
