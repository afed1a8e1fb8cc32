package memory

import (
	"context"

	"casus/internal/edtf"
	"casus/internal/kg"
)

// States returns every version of events that began by the view's moment.
func (s *Store) States(ctx context.Context, v kg.View, events []kg.ID) ([][]kg.EventState, error) {
	g, err := s.snapshot(ctx)
	if err != nil {
		return nil, err
	}
	r := g.reader(v)
	all := make([][]kg.EventState, len(events))
	for i, id := range r.identities.IDs(events) {
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
