package memory

import (
	"context"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/kg/stance"
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

// ClaimCounts counts the claims about events that are known in a view.
func (s *Store) ClaimCounts(ctx context.Context, v kg.View, events []kg.ID) ([]stance.Counts, error) {
	g, err := s.snapshot(ctx)
	if err != nil {
		return nil, err
	}
	r := g.reader(v)
	all := make([]stance.Counts, len(events))
	for i, id := range r.identities.IDs(events) {
		for _, c := range r.claimsBySubject[id] {
			if known, ok := r.claim(c.ID); ok {
				all[i].Add(known.Stance, len(known.WithdrawnBy) > 0, 1)
			}
		}
	}
	return all, nil
}
