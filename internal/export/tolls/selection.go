// Package tolls reads the events that an export selects, and adds up their tolls by the section Sums of docs/model.md.
package tolls

import (
	"context"
	"slices"

	"casus/internal/kg"
	"casus/internal/kg/sums"
	"casus/internal/store"
)

// pageSize is the number of events read at a time.
const pageSize = store.MaxPageSize

// tollSums are the sums that exports have.
const tollSums = sums.Killed | sums.Wounded

// Selection is the selected events of a view. Errors of its methods are those of Source or of a callback.
type Selection struct {
	Source store.Reader
	View   kg.View
	// Filter is normalized; nil selects all events.
	Filter *store.EventFilter
}

// Events calls each with the events in the order of time, a page at a time.
func (s Selection) Events(ctx context.Context, each func([]kg.Event) error) error {
	q := store.EventQuery{
		View: s.View, Filter: s.Filter, Order: (*store.EventOrder)(nil).Normalize(),
		Window: store.Window{Limit: pageSize},
	}
	for {
		pages, err := s.Source.Events(ctx, q)
		if err != nil {
			return err
		}
		p := pages[0]
		if len(p.Items) > 0 {
			if err := each(p.Items); err != nil {
				return err
			}
		}
		if !p.HasNext || len(p.Items) == 0 {
			return nil
		}
		q.Window.After = &p.Positions[len(p.Positions)-1]
	}
}

// within returns the events of the selection that also meet the conditions of f.
func (s Selection) within(f store.EventFilter) Selection {
	if s.Filter != nil {
		f.And, f.Identity = []store.EventFilter{*s.Filter}, s.Filter.Identity
	}
	return Selection{s.Source, s.View, &f}
}

// withToll calls each with every event that has a number of killed or wounded, and with its wanted edges and wholes.
func (s Selection) withToll(
	ctx context.Context, want kg.EdgeSet, each func(store.SelectedEvent, kg.EventEdges),
) error {
	return s.Events(ctx, func(page []kg.Event) error {
		page = slices.DeleteFunc(page, func(e kg.Event) bool { return e.Toll.Killed == nil && e.Toll.Wounded == nil })
		edges, err := s.Source.EventEdges(ctx, s.View, want|kg.WantWholes, idsOf(page))
		if err != nil {
			return err
		}
		for i, e := range page {
			selected := store.SelectedEvent{
				ID: e.ID, Counts: store.CountsInSums(e.Modality, e.Status),
				Toll: kg.Toll{Killed: e.Toll.Killed, Wounded: e.Toll.Wounded},
			}
			for _, w := range edges[i].Wholes {
				selected.Wholes = append(selected.Wholes, w.Whole)
			}
			each(selected, edges[i])
		}
		return nil
	})
}

// wholesOf returns the events that events are directly parts of.
func (s Selection) wholesOf(ctx context.Context, events []kg.ID) (links []sums.Link, err error) {
	for page := range slices.Chunk(events, pageSize) {
		edges, err := s.Source.EventEdges(ctx, s.View, kg.WantWholes, page)
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

func idsOf(events []kg.Event) []kg.ID {
	ids := make([]kg.ID, len(events))
	for i, e := range events {
		ids[i] = e.ID
	}
	return ids
}
