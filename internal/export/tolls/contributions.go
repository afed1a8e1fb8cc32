package tolls

import (
	"context"
	"slices"

	"casus/internal/kg"
	"casus/internal/kg/sums"
	"casus/internal/store"
)

// Contribution is the amount that an event adds to a sum over the selected events. High is nil if its number has no
// upper bound.
type Contribution struct {
	Low, Best int
	High      *int
}

// Contributions has the amounts that events add to the sums of a selection. In the zero value these are the events' own
// numbers.
type Contributions struct {
	// nested has the events whose contributions may differ from their own numbers: events with parts, and their parts.
	nested map[kg.ID]sums.Sums
}

// Contributions reads the events with a toll that have parts, and their selected parts: every other event contributes
// its own number. These events are held in memory.
func (s Selection) Contributions(ctx context.Context) (Contributions, error) {
	var selected []store.SelectedEvent
	known := map[kg.ID]bool{}
	add := func(e store.SelectedEvent, _ kg.EventEdges) {
		if !known[e.ID] {
			known[e.ID] = true
			selected = append(selected, e)
		}
	}
	hasParts := true
	if err := s.within(store.EventFilter{HasParts: &hasParts}).withToll(ctx, 0, add); err != nil || len(selected) == 0 {
		return Contributions{}, err
	}
	wholes := make([]kg.ID, len(selected))
	for i, e := range selected {
		wholes[i] = e.ID
	}
	for some := range slices.Chunk(wholes, store.MaxFilterValues) {
		if err := s.within(store.EventFilter{PartOf: some}).withToll(ctx, 0, add); err != nil {
			return Contributions{}, err
		}
	}
	all, err := store.NewEventSums(ctx, tollSums, selected, s.wholesOf)
	if err != nil {
		return Contributions{}, err
	}
	parts, err := all.Contributions(ctx)
	if err != nil {
		return Contributions{}, err
	}
	c := Contributions{make(map[kg.ID]sums.Sums, len(parts))}
	for i, p := range parts {
		c.nested[selected[i].ID] = p.Sums()
	}
	return c, nil
}

// Killed returns the contribution of an event to the sum of the people killed, or nil without a number.
func (c Contributions) Killed(e kg.Event) *Contribution {
	return c.of(e, kg.KilledPeople, e.Toll.Killed)
}

// Wounded returns the contribution of an event to the sum of the people wounded, or nil without a number.
func (c Contributions) Wounded(e kg.Event) *Contribution {
	return c.of(e, kg.WoundedPeople, e.Toll.Wounded)
}

func (c Contributions) of(e kg.Event, q kg.Quantity, own *kg.Estimate) *Contribution {
	if own == nil {
		return nil
	}
	if added, nested := c.nested[e.ID]; nested {
		s := added.Of(q)
		if s == nil {
			return nil
		}
		return &Contribution{s.Low, s.Best, s.High}
	}
	all := Contribution{High: own.High}
	if own.Low != nil {
		all.Low = *own.Low
	}
	if all.Best = all.Low; own.Best != nil {
		all.Best = *own.Best
	}
	return &all
}
