package store

import (
	"casus/internal/kg"
	"slices"
)

// The functions of this file replace the actors, locations and events that a query names by their identity classes.
// Queries in the EXACT view are not resolved.

// ResolveScope replaces the parents by their classes. Two members of one class have the same list.
func ResolveScope(i kg.Identities, s *Scope) *Scope {
	if s == nil || !i.Any() {
		return s
	}
	resolved := *s
	resolved.IDs = i.IDs(s.IDs)
	return &resolved
}

// ResolveEventFilter replaces ids by classes. A nil filter stays nil.
func ResolveEventFilter(i kg.Identities, f *EventFilter) *EventFilter {
	if f == nil || !i.Any() {
		return f
	}
	n := *f
	n.IDs, n.WithoutActors, n.PartOf = i.IDs(f.IDs), i.IDs(f.WithoutActors), i.IDs(f.PartOf)
	n.Publishers, n.Claimants = i.IDs(f.Publishers), i.IDs(f.Claimants)
	n.Participants = mapCopy(f.Participants, func(p *ParticipantFilter) {
		p.AnyOf, p.Representing = i.IDs(p.AnyOf), i.IDs(p.Representing)
	})
	n.Place = resolvePlaceFilter(i, f.Place)
	resolve := func(f *EventFilter) { *f = *ResolveEventFilter(i, f) }
	n.And, n.Or, n.Not = mapCopy(f.And, resolve), mapCopy(f.Or, resolve), ResolveEventFilter(i, f.Not)
	return &n
}

func resolvePlaceFilter(i kg.Identities, f *PlaceFilter) *PlaceFilter {
	if f == nil {
		return nil
	}
	n := *f
	n.Within = i.IDs(f.Within)
	return &n
}

// ResolveActorFilter replaces ids by classes, except in InEvents if that is EXACT.
func ResolveActorFilter(i kg.Identities, f *ActorFilter) *ActorFilter {
	if f == nil || !i.Any() {
		return f
	}
	n := *f
	n.IDs = i.IDs(f.IDs)
	if !f.InEvents.IsExact() {
		n.InEvents = ResolveEventFilter(i, f.InEvents)
	}
	return &n
}

// ResolveLocationFilter replaces ids by classes.
func ResolveLocationFilter(i kg.Identities, f *LocationFilter) *LocationFilter {
	if f == nil || !i.Any() {
		return f
	}
	n := *f
	n.IDs, n.Place = i.IDs(f.IDs), resolvePlaceFilter(i, f.Place)
	return &n
}

// ResolveDocumentFilter replaces ids by classes.
func ResolveDocumentFilter(i kg.Identities, f *DocumentFilter) *DocumentFilter {
	if f == nil || !i.Any() {
		return f
	}
	n := *f
	n.Publishers = i.IDs(f.Publishers)
	return &n
}

// ResolveClaimFilter replaces ids by classes.
func ResolveClaimFilter(i kg.Identities, f *ClaimFilter) *ClaimFilter {
	if f == nil || !i.Any() {
		return f
	}
	n := *f
	n.Subjects, n.Publishers = i.IDs(f.Subjects), i.IDs(f.Publishers)
	n.Claimants, n.Speakers = i.IDs(f.Claimants), i.IDs(f.Speakers)
	return &n
}

// mapCopy returns a changed copy of a list.
func mapCopy[T any](list []T, change func(*T)) []T {
	list = slices.Clone(list)
	for i := range list {
		change(&list[i])
	}
	return list
}
