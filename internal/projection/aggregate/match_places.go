package aggregate

import (
	"context"
	"slices"

	"casus/internal/kg"
	"casus/internal/store"
)

// mostPlaces bounds the places of a condition that are listed. For more, the store returns the ids of events.
const mostPlaces = 4 * store.MaxPageSize

// isWithin reports whether a filter selects events by what contains their places, whatever their roles there are.
func isWithin(p *store.PlaceFilter) bool { return p != nil && p.Within != nil && p.Roles == nil }

// listPlaces returns a filter whose conditions by containing places name all places that meet them, which are then the
// only conditions on places. ok is false if there are too many of them.
func (c *Index) listPlaces(ctx context.Context, f *store.EventFilter) (listed *store.EventFilter, ok bool, err error) {
	if f == nil {
		return nil, true, nil
	}
	all := *f
	if isWithin(f.Place) {
		places, ok, err := c.placesOf(ctx, f.Place)
		if err != nil || !ok {
			return nil, false, err
		}
		all.Place = &store.PlaceFilter{Within: places}
	}
	for _, nested := range []*[]store.EventFilter{&all.And, &all.Or} {
		*nested = slices.Clone(*nested)
		for i := range *nested {
			each, ok, err := c.listPlaces(ctx, &(*nested)[i])
			if err != nil || !ok {
				return nil, false, err
			}
			(*nested)[i] = *each
		}
	}
	all.Not, ok, err = c.listPlaces(ctx, f.Not)
	return &all, ok, err
}

// placesOf returns the ids of the locations that meet a filter, unless there are too many.
func (c *Index) placesOf(ctx context.Context, f *store.PlaceFilter) (ids []kg.ID, ok bool, err error) {
	q := store.LocationQuery{
		Filter: &store.LocationFilter{Place: f}, Window: store.Window{Limit: store.MaxPageSize},
	}
	for ids = []kg.ID{}; len(ids) <= mostPlaces; {
		pages, err := c.store.Locations(ctx, q)
		if err != nil {
			return nil, false, err
		}
		page := pages[0]
		for _, l := range page.Items {
			ids = append(ids, l.ID)
		}
		if len(page.Items) < q.Window.Limit {
			return ids, true, nil
		}
		q.Window.After = &page.Positions[len(page.Positions)-1]
	}
	return nil, false, nil
}
