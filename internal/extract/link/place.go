package link

import (
	"context"
	"slices"

	"casus/internal/kg"
)

// maxParents bounds the places above a place that are followed.
const maxParents = 100

// withParents returns places and the places that they lie in. A country is not among the parents: everything in it
// would be at one place.
func (l *Linker) withParents(ctx context.Context, places []kg.ID) (all []kg.ID, err error) {
	all = slices.Clone(places)
	for next := places; len(next) > 0 && len(all) < maxParents; {
		nodes, err := l.store.Nodes(ctx, kg.View{}, next)
		if err != nil {
			return nil, err
		}
		var parents []kg.ID
		for _, n := range nodes {
			if place, ok := n.(kg.Location); ok {
				parents = append(parents, place.Parents...)
			}
		}
		if parents, err = l.belowCountries(ctx, parents); err != nil {
			return nil, err
		}
		next = nil
		for _, p := range parents {
			if !slices.Contains(all, p) {
				all, next = append(all, p), append(next, p)
			}
		}
	}
	return all, nil
}

// belowCountries returns the places that are smaller than a country.
func (l *Linker) belowCountries(ctx context.Context, places []kg.ID) (smaller []kg.ID, err error) {
	nodes, err := l.store.Nodes(ctx, kg.View{}, places)
	if err != nil {
		return nil, err
	}
	for i, n := range nodes {
		if place, ok := n.(kg.Location); ok && place.Kind != kg.LocationCountry && place.Kind != kg.LocationRegion {
			smaller = append(smaller, places[i])
		}
	}
	return smaller, nil
}
