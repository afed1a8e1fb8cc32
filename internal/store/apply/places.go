package apply

import (
	"context"
	"slices"

	"casus/internal/kg"
	"casus/internal/kg/disagree"
)

// rivalParents reads the parents, at any depth, of places that claims about one subject disagree on: a place does not
// contradict one that contains it. Until the transaction ends, no other one changes these parents.
func (r *run) rivalParents(ctx context.Context, claims []kg.Claim) (disagree.Parents, error) {
	about := map[kg.ID][]kg.Claim{}
	for _, c := range claims {
		if len(c.Says.Places) > 0 {
			class := r.identities.ClassOf(c.Subject)
			about[class] = append(about[class], c)
		}
	}
	places := map[kg.ID]bool{}
	for _, group := range about {
		for _, place := range disagree.RivalPlaces(group) {
			places[place] = true
		}
	}
	links, err := r.linksAbovePlaces(ctx, places)
	if err == nil && len(links) > 0 && !r.Exclusive() {
		all := map[kg.ID]bool{}
		for id := range links {
			all[id] = true
		}
		if err = r.Lock(ctx, sorted(all)); err == nil {
			links, err = r.linksAbovePlaces(ctx, places)
		}
	}
	return func(location kg.ID) []kg.ID { return links[location] }, err
}

// linksAbovePlaces returns the links of places, of the nodes that are the same, and of all above them.
func (r *run) linksAbovePlaces(ctx context.Context, places map[kg.ID]bool) (Links, error) {
	links := Links{}
	if len(places) == 0 {
		return links, nil
	}
	for _, l := range r.parentChanges { // LinksAbove may leave these out
		links[l.ID] = l.Parents
	}
	missing := map[kg.ID]bool{}
	want := func(id kg.ID) {
		for _, member := range r.identities.Members(id) {
			if _, known := links[member]; !known {
				missing[member] = true
			}
		}
	}
	for id := range places {
		want(id)
	}
	for len(missing) > 0 {
		ids := sorted(missing)
		above, err := r.LinksAbove(ctx, kg.KindLocation, ids)
		if err != nil {
			return nil, err
		}
		links.add(above)
		for _, id := range ids {
			links.add(Links{id: nil})
		}
		missing = map[kg.ID]bool{}
		for id, parents := range links {
			want(id)
			for _, parent := range parents {
				want(parent)
			}
		}
	}
	return links, nil
}

// addSubjectsBelow adds the subjects at a place whose parents, or the parents of a place above it, have changed.
func (r *run) addSubjectsBelow(ctx context.Context, subjects map[kg.ID]bool) error {
	changed := slices.Concat(r.movedLocations, r.changedClassIDs(kg.KindLocation))
	if len(changed) == 0 {
		return nil
	}
	below := map[kg.ID]bool{}
	for len(changed) > 0 {
		for _, id := range changed {
			for _, identities := range []kg.Identities{r.oldIdentities, r.identities} {
				for _, member := range identities.Members(id) {
					below[member] = true
				}
			}
		}
		links, err := r.LinksBelow(ctx, kg.KindLocation, sorted(below))
		if err != nil {
			return err
		}
		changed = nil
		for id := range links {
			if !below[id] {
				changed = append(changed, id)
			}
		}
	}
	found, err := r.SubjectsReferringTo(ctx, sorted(below))
	for _, id := range found {
		subjects[id] = true
	}
	return err
}
