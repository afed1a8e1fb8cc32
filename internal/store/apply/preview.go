package apply

import (
	"context"
	"slices"

	"casus/internal/kg"
	"casus/internal/store"
)

// preview is a transaction that records the states that a batch leads to, and writes none.
type preview struct {
	Tx
	states []DerivedState
}

func (p *preview) PutDerivedStates(_ context.Context, states []DerivedState) error {
	p.states = append(p.states, states...)
	return nil
}

// PutCheckpoint and PutChangeSet write nothing: the transaction is rolled back.
func (p *preview) PutCheckpoint(context.Context, kg.Checkpoint) error { return nil }

func (p *preview) PutChangeSet(context.Context, store.ChangeSet) error { return nil }

// Preview applies a batch within a transaction that the engine always rolls back. It returns the events
// whose state the batch recomputes, sorted, each with the state that it would have, nil if it would not exist.
func Preview(ctx context.Context, tx Tx, b kg.Batch) (map[kg.ID]*kg.EventState, error) {
	p := &preview{Tx: tx}
	if _, err := Run(ctx, p, b); err != nil {
		return nil, err
	}
	after := map[kg.ID]*kg.EventState{}
	for i := range p.states {
		s := &p.states[i]
		if s.Subject.Kind() != kg.KindEvent || s.History.Hidden {
			continue
		}
		history := &s.History.Exact
		if s.History.Resolved != nil {
			history = s.History.Resolved
		}
		after[s.Subject] = nil
		if n := len(history.States); n > 0 {
			after[s.Subject] = &history.States[n-1]
		}
	}
	return after, nil
}

// Effects compares the states that Preview returns with the stored ones.
func Effects(ctx context.Context, r store.Reader, after map[kg.ID]*kg.EventState) ([]store.Effect, error) {
	ids := make([]kg.ID, 0, len(after))
	for id := range after {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	var all []store.Effect
	for chunk := range slices.Chunk(ids, effectChunk) {
		nodes, err := r.Nodes(ctx, kg.View{}, chunk)
		if err != nil {
			return nil, err
		}
		for i, id := range chunk {
			effect := store.Effect{Event: id, After: after[id]}
			if e, ok := nodes[i].(kg.Event); ok && e.ID == id { // not the event that it is merged into
				effect.Before = &e.EventState
			}
			if effect.Differs() {
				all = append(all, effect)
			}
		}
	}
	return all, nil
}

// effectChunk is the number of events that are read at a time.
const effectChunk = 500
