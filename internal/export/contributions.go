package export

import (
	"context"
	"slices"

	"casus/internal/kg"
	"casus/internal/kg/sums"
	"casus/internal/store"
)

// tollSums are the sums that exports have.
const tollSums = sums.Killed | sums.Wounded

// contribution is what an event adds to a sum over the selected events. High is nil if nothing bounds its number.
type contribution struct {
	Low, Best int
	High      *int
}

// contributions tell what events add to the sums of the selection, by the section Sums of docs/model.md, where that may
// not be their own numbers.
type contributions map[kg.ID]sums.Sums

// of returns what an event with a number adds to the sum of a quantity, or nil without a number.
func (c contributions) of(e kg.Event, q kg.Quantity, own *kg.Estimate) *contribution {
	if own == nil {
		return nil
	}
	if added, nested := c[e.ID]; nested {
		s := added.Of(q)
		if s == nil {
			return nil
		}
		return &contribution{s.Low, s.Best, s.High}
	}
	all := contribution{High: own.High}
	if own.Low != nil {
		all.Low = *own.Low
	}
	if all.Best = all.Low; own.Best != nil {
		all.Best = *own.Best
	}
	return &all
}

// killed and wounded return what an event adds to the sums of the people killed and wounded.
func (c contributions) killed(e kg.Event) *contribution {
	return c.of(e, kg.KilledPeople, e.Toll.Killed)
}

func (c contributions) wounded(e kg.Event) *contribution {
	return c.of(e, kg.WoundedPeople, e.Toll.Wounded)
}

// newContributions reads the selected events with a number that have parts, and their selected parts: every other event
// contributes its own number. It holds these events in memory.
func (x *exporter) newContributions() (contributions, error) {
	var selected []store.SelectedEvent
	known := map[kg.ID]bool{}
	read := func(f store.EventFilter) error {
		f.And, f.Identity = []store.EventFilter{*x.Filter}, x.Filter.Identity
		return x.eventsOf(&f, func(page []kg.Event) error {
			page = slices.DeleteFunc(page, func(e kg.Event) bool {
				return known[e.ID] || e.Toll.Killed == nil && e.Toll.Wounded == nil
			})
			edges, err := x.edges(page, kg.WantWholes)
			if err != nil {
				return err
			}
			for i, e := range page {
				known[e.ID] = true
				selected = append(selected, summed(e, edges[i]))
			}
			return nil
		})
	}
	hasParts := true
	if err := read(store.EventFilter{HasParts: &hasParts}); err != nil || len(selected) == 0 {
		return nil, err
	}
	wholes := make([]kg.ID, len(selected))
	for i, e := range selected {
		wholes[i] = e.ID
	}
	for some := range slices.Chunk(wholes, store.MaxFilterValues) {
		if err := read(store.EventFilter{PartOf: some}); err != nil {
			return nil, err
		}
	}
	all, err := store.NewEventSums(x.ctx, tollSums, selected, x.wholesOf)
	if err != nil {
		return nil, err
	}
	each, err := all.Contributions(x.ctx)
	if err != nil {
		return nil, err
	}
	found := make(contributions, len(each))
	for i, e := range selected {
		found[e.ID] = each[i]
	}
	return found, nil
}

// summed returns an event with what its sums depend on.
func summed(e kg.Event, edges kg.EventEdges) store.SelectedEvent {
	s := store.SelectedEvent{
		ID: e.ID, Counts: store.CountsInSums(e.Modality, e.Status),
		Toll: kg.Toll{Killed: e.Toll.Killed, Wounded: e.Toll.Wounded},
	}
	for _, w := range edges.Wholes {
		s.Wholes = append(s.Wholes, w.Whole)
	}
	return s
}

// wholesOf returns the events that events are directly parts of.
func (x *exporter) wholesOf(_ context.Context, events []kg.ID) (links []sums.Link, err error) {
	for page := range slices.Chunk(events, pageSize) {
		edges, err := x.src.EventEdges(x.ctx, x.View, kg.WantWholes, page)
		if err != nil {
			return nil, err
		}
		for i, e := range edges {
			for _, w := range e.Wholes {
				links = append(links, sums.Link{Part: page[i], Whole: w.Whole})
			}
		}
	}
	return links, nil
}
