package store

import (
	"context"
	"slices"

	"casus/internal/kg"
	"casus/internal/kg/sums"
)

// SelectedEvent is an event of a selection, with what its sums depend on.
type SelectedEvent struct {
	ID kg.ID
	// Counts is the result of CountsInSums.
	Counts bool
	Toll   kg.Toll
	// Wholes are the events that it is directly a part of.
	Wholes []kg.ID
}

// CountsInSums reports whether an event with this modality and status is part of sums, with or without figures.
func CountsInSums(m kg.Modality, s kg.ClaimStatus) bool {
	return slices.Contains(kg.HappenedModalities(), m) && s != kg.StatusRetracted
}

// EventSums adds up the numbers of selected events for an engine, which returns the events as rows. It is safe for
// concurrent use.
type EventSums struct {
	quantities *sums.Quantities
	nesting    *sums.Nesting
	events     []SelectedEvent
	numbers    []sums.Numbers
	nodes      []int32
}

// WholesOf returns the events that events are directly parts of.
type WholesOf func(ctx context.Context, events []kg.ID) ([]sums.Link, error)

// NewEventSums prepares the sums of a set over selected events, which are distinct. wholesOf is called for the wholes
// that are not selected themselves, level by level: a selected event may be part of another one through them.
func NewEventSums(ctx context.Context, set sums.Set, selected []SelectedEvent, wholesOf WholesOf) (*EventSums, error) {
	e := &EventSums{quantities: sums.NewQuantities(set), events: selected}
	var links []sums.Link
	for _, s := range selected {
		for _, w := range s.Wholes {
			links = append(links, sums.Link{Part: s.ID, Whole: w})
		}
	}
	if len(links) > 0 {
		above, err := linksAbove(ctx, selected, links, wholesOf)
		if err != nil {
			return nil, err
		}
		e.nesting = sums.NewNesting(append(links, above...))
	}
	e.numbers, e.nodes = make([]sums.Numbers, len(selected)), make([]int32, len(selected))
	for i, s := range selected {
		e.numbers[i], e.nodes[i] = e.quantities.Of(s.Toll), e.nesting.Node(s.ID)
	}
	return e, nil
}

// linksAbove returns the links of the wholes that are not selected.
func linksAbove(
	ctx context.Context, selected []SelectedEvent, links []sums.Link, wholesOf WholesOf,
) (above []sums.Link, err error) {
	known := make(map[kg.ID]bool, len(selected))
	for _, s := range selected {
		known[s.ID] = true
	}
	for level := links; len(level) > 0; above = append(above, level...) {
		var wholes []kg.ID
		for _, l := range level {
			if !known[l.Whole] {
				known[l.Whole] = true
				wholes = append(wholes, l.Whole)
			}
		}
		if len(wholes) == 0 {
			return above, nil
		}
		if level, err = wholesOf(ctx, wholes); err != nil {
			return nil, err
		}
	}
	return above, nil
}

// NewSummation returns a summation of the set, to which Add adds the events.
func (e *EventSums) NewSummation() *sums.Summation { return sums.NewSummation(e.quantities, e.nesting) }

// Add adds the event with an index to a cell of a summation.
func (e *EventSums) Add(s *sums.Summation, cell, i int) {
	s.Add(cell, e.nodes[i], e.events[i].Counts, e.numbers[i])
}

// KeyedSums counts events by key, and adds up their numbers by key.
type KeyedSums struct {
	events *EventSums
	all    *sums.Summation
	cellOf map[string]int
	counts []int
}

// ByValue returns separate sums over the events of each key. An event may have several keys.
func (e *EventSums) ByValue() *KeyedSums {
	return &KeyedSums{events: e, all: e.NewSummation(), cellOf: map[string]int{}}
}

// Add adds the event with an index to a key, to which it is added once.
func (k *KeyedSums) Add(i int, key string) {
	at, known := k.cellOf[key]
	if !known {
		at = k.all.Cell(len(k.counts))
		k.cellOf[key], k.counts = at, append(k.counts, 0)
	}
	k.counts[at]++
	k.events.Add(k.all, at, i)
}

// Each calls f for each key with the number and the part of its events.
func (k *KeyedSums) Each(ctx context.Context, f func(key string, events int, part sums.Part)) error {
	parts, err := k.all.Parts(ctx)
	if err != nil {
		return err
	}
	for key, at := range k.cellOf {
		f(key, k.counts[at], parts[at])
	}
	return nil
}

// Contributions returns what each event contributes to the sums over all events, in the order of the events.
func (e *EventSums) Contributions(ctx context.Context) ([]sums.Part, error) {
	all := e.NewSummation()
	for i := range e.events {
		e.Add(all, all.Cell(0), i)
	}
	return all.Contributions(ctx)
}

// Total returns the sums over all events.
func (e *EventSums) Total(ctx context.Context) (sums.Sums, error) {
	all := e.NewSummation()
	at := all.Cell(0)
	for i := range e.events {
		e.Add(all, at, i)
	}
	parts, err := all.Parts(ctx)
	if err != nil {
		return nil, err
	}
	return parts[at].Sums(), nil
}
