package memstore

import (
	"slices"

	"casus/internal/kg"
)

// eventsUnder are the events that a relation hangs under a parent, by id.
func (r reading) eventsUnder(scope kg.Scope, parent kg.ID) []kg.Event {
	if scope.Relation == kg.ActorTimeline {
		return r.eventsOf(parent, scope.Roles)
	}
	return slices.DeleteFunc(r.events(), func(e kg.Event) bool {
		switch scope.Relation {
		case kg.LocationTimeline:
			return !slices.ContainsFunc(r.places(e.ID), func(l kg.EventLocation) bool { return r.above([]kg.ID{l.Location})[parent] })
		case kg.DocumentTimeline:
			return !slices.ContainsFunc(r.live(e.ID), func(c kg.Claim) bool { return c.Document == parent })
		case kg.EventParts:
			return !slices.Contains(r.wholes(e.ID), parent)
		}
		return true
	})
}

// knownClaims are those known then, by id.
func (r reading) knownClaims() []kg.Claim {
	var all []kg.Claim
	for _, id := range sortedIDs(r.claims) {
		if c, ok := r.claim(id); ok {
			all = append(all, c)
		}
	}
	return all
}

// claimsUnder are the claims that a relation hangs under a parent.
func (r reading) claimsUnder(scope kg.Scope, parent kg.ID) []kg.Claim {
	return slices.DeleteFunc(r.knownClaims(), func(c kg.Claim) bool {
		switch scope.Relation {
		case kg.SubjectClaims:
			return c.Subject != parent
		case kg.DocumentClaims:
			return c.Document != parent
		case kg.ActorClaims:
			return !slices.Contains(c.Claimants, parent) && (c.Quote == nil || c.Quote.Speaker != parent)
		}
		return true
	})
}
