package network

import (
	"context"

	"casus/internal/kg"
	"casus/internal/kg/sums"
	"casus/internal/store"
)

// nodeBatch is the number of events that are read from the store at once.
const nodeBatch = 2000

// sumMeetings returns the sums over the shared events of pairs of actors, or nil if set is empty. It reads the tolls of
// these events from the store, since few queries need them.
func (n *Networks) sumMeetings(
	ctx context.Context, l *filteredGraph, v kg.View, set sums.Set, pairs [][2]uint32,
) ([]sums.Sums, error) {
	if set == 0 || len(pairs) == 0 {
		return nil, nil
	}
	shared := make(bitset, len(l.shown))
	for _, p := range pairs {
		_, events := l.sharedEvents(p[0], p[1])
		for _, e := range events {
			shared.add(e)
		}
		if err := ctx.Err(); err != nil {
			return nil, kg.Errorf(kg.Timeout, "add up the figures of links: %w", err)
		}
	}
	quantities := sums.NewQuantities(set)
	events, err := n.summed(ctx, l, v, shared, quantities)
	if err != nil {
		return nil, err
	}
	nesting := l.nesting()
	s := sums.NewSummation(quantities, nesting)
	for i, p := range pairs {
		cell := s.Cell(i)
		_, shared := l.sharedEvents(p[0], p[1])
		for _, e := range shared {
			if event, known := events[e]; known {
				s.Add(cell, nesting.Node(l.events.ids[e]), event.counts, event.numbers)
			}
		}
	}
	parts, err := s.Parts(ctx)
	if err != nil {
		return nil, err
	}
	all := make([]sums.Sums, len(pairs))
	for i := range all {
		all[i] = parts[i].Sums()
	}
	return all, nil
}

// summedEvent has the numbers that an event adds to sums, and whether it counts.
type summedEvent struct {
	counts  bool
	numbers sums.Numbers
}

// summed reads events by their numbers.
func (n *Networks) summed(
	ctx context.Context, l *filteredGraph, v kg.View, wanted bitset, quantities *sums.Quantities,
) (map[uint32]summedEvent, error) {
	found := map[uint32]summedEvent{}
	var batch []kg.ID
	read := func() error {
		nodes, err := n.source.Nodes(ctx, v, batch)
		for _, node := range nodes {
			if e, ok := node.(kg.Event); ok {
				found[l.events.by[e.ID]] = summedEvent{store.CountsInSums(e.Modality, e.Status), quantities.Of(e.Toll)}
			}
		}
		batch = batch[:0]
		return err
	}
	for e, id := range l.events.ids {
		if !wanted.has(uint32(e)) {
			continue
		}
		if batch = append(batch, id); len(batch) == nodeBatch {
			if err := read(); err != nil {
				return nil, err
			}
		}
	}
	return found, read()
}

// nesting returns the parts and wholes at the graph's moment.
func (l *filteredGraph) nesting() *sums.Nesting {
	var links []sums.Link
	for part, wholes := range l.wholes {
		for _, w := range wholes {
			if w.known.Holds(l.moment) {
				links = append(links, sums.Link{Part: l.events.ids[part], Whole: l.events.ids[w.event]})
			}
		}
	}
	return sums.NewNesting(links)
}
