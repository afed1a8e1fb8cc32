package aggregate

import (
	"slices"

	"casus/internal/kg"
	"casus/internal/store"
)

// A filter names nodes by the ids of any members of their identity classes, but the index does not know the classes. An
// id that an event has in a list column is the one that stands for its class, since the columns are in the RESOLVED
// view. Filters by other ids are left to the engine.

// supportsNodes reports whether the index has columns for all conditions of a filter, if its ids stand for their
// classes; see hasNodes.
func supportsNodes(f *store.EventFilter) bool { return supports(f, true) }

// withoutNodes removes the conditions of a filter that are ids of nodes in a list column, positions of places or places
// that contain others.
func withoutNodes(f store.EventFilter) store.EventFilter {
	if singleActors(f.Participants) {
		f.Participants = nil
	}
	f.Publishers, f.Claimants = nil, nil
	if isPosition(f.Place) || isWithin(f.Place) {
		f.Place = nil
	}
	return f
}

// singleActors reports whether each entry names actors and nothing else. Several entries name one actor each, and
// different ones, which are then participants of their own.
func singleActors(entries []store.ParticipantFilter) bool {
	named := map[kg.ID]bool{}
	for _, p := range entries {
		if p.AnyOf == nil || len(entries) > 1 && (len(p.AnyOf) != 1 || named[p.AnyOf[0]]) ||
			p.Representing != nil || p.Roles != nil || p.Kinds != nil || p.Countries != nil || p.Sides != nil ||
			p.Statuses != nil {
			return false
		}
		for _, id := range p.AnyOf {
			named[id] = true
		}
	}
	return true
}

// isPosition reports whether a filter is about the points of places and nothing else.
func isPosition(p *store.PlaceFilter) bool {
	return p != nil && (p.Box != nil || p.Near != nil) && p.Within == nil && p.Countries == nil && p.Roles == nil
}

// nodeColumn is a condition that an event has one of some nodes.
type nodeColumn struct {
	field store.FacetField
	ids   []kg.ID
}

// nodeColumns returns the conditions on nodes of a supported filter, without those of nested filters.
func nodeColumns(f *store.EventFilter) (all []nodeColumn) {
	for _, p := range f.Participants {
		all = append(all, nodeColumn{store.FacetActor, p.AnyOf})
	}
	if f.Publishers != nil {
		all = append(all, nodeColumn{store.FacetPublisher, f.Publishers})
	}
	if f.Claimants != nil {
		all = append(all, nodeColumn{store.FacetClaimant, f.Claimants})
	}
	return all
}

// hasNodes reports whether each id in a supported filter is one that an event has in its column.
func (t *table) hasNodes(f *store.EventFilter) bool {
	if f == nil {
		return true
	}
	for _, c := range nodeColumns(f) {
		if !t.lists[c.field].has(c.ids) {
			return false
		}
	}
	missing := func(f store.EventFilter) bool { return !t.hasNodes(&f) }
	return !slices.ContainsFunc(f.And, missing) && !slices.ContainsFunc(f.Or, missing) && t.hasNodes(f.Not)
}

// has reports whether each of the ids is a value that an event has at some moment.
func (l *listColumn) has(ids []kg.ID) bool {
	wanted := map[uint32]bool{}
	for _, id := range ids {
		code := l.codeOf[string(id)]
		if code == 0 {
			return false
		}
		wanted[code] = true
	}
	for event := range l.refs {
		for _, code := range l.latest(uint32(event)) {
			if delete(wanted, code); len(wanted) == 0 {
				return true
			}
		}
	}
	for _, first := range l.histories {
		for i := first; i != 0; i = l.spans[i].next {
			if delete(wanted, l.spans[i].code); len(wanted) == 0 {
				return true
			}
		}
	}
	return len(wanted) == 0
}

// appendNodes appends the conditions on nodes, on positions and on places that Index.listPlaces has listed.
func (t *table) appendNodes(all []condition, v scope, f *store.EventFilter) []condition {
	for _, c := range nodeColumns(f) {
		all = append(all, hasAnyOf(t.lists[c.field], v, wordsOf(c.ids)))
	}
	if isWithin(f.Place) {
		all = append(all, hasAnyOf(t.lists[store.FacetLocation], v, wordsOf(f.Place.Within)))
	}
	if !isPosition(f.Place) {
		return all
	}
	l, near, box := t.lists[store.FieldOnMap], f.Place.Near, f.Place.Box
	var words []string
	for _, word := range l.words[1:] {
		place, known := t.places[kg.ID(word)]
		if at := place.Point; known && (near == nil || near.Contains(at)) && (box == nil || box.Contains(at)) {
			words = append(words, word)
		}
	}
	return append(all, hasAnyOf(l, v, words))
}

func wordsOf(ids []kg.ID) []string {
	words := make([]string, len(ids))
	for i, id := range ids {
		words[i] = string(id)
	}
	return words
}
