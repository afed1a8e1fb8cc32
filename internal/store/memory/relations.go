package memory

import (
	"slices"

	"casus/internal/kg"
	"casus/internal/store"
)

// eventsUnder returns a parent's events by a relation, sorted by id.
func (r viewReader) eventsUnder(scope store.Scope, parent kg.ID) []kg.Event {
	if scope.Relation == store.ActorTimeline {
		return r.eventsOf(parent, scope.Roles)
	}
	return slices.DeleteFunc(r.events(), func(e kg.Event) bool {
		switch scope.Relation {
		case store.LocationTimeline:
			return !slices.ContainsFunc(r.places(e.ID),
				func(l kg.EventLocation) bool { return r.ancestors([]kg.ID{l.Location})[parent] })
		case store.DocumentTimeline:
			return !slices.ContainsFunc(r.liveClaims(e.ID), func(c kg.Claim) bool { return c.Document == parent })
		case store.EventParts:
			return !slices.Contains(r.wholes(e.ID), parent)
		}
		return true
	})
}

// knownClaims returns the claims known at the view's moment, by id.
func (r viewReader) knownClaims() []kg.Claim {
	var all []kg.Claim
	for _, id := range sortedIDs(r.claims) {
		if c, ok := r.claim(id); ok {
			all = append(all, c)
		}
	}
	return all
}

// claimsUnder returns a parent's claims by a relation.
func (r viewReader) claimsUnder(scope store.Scope, parent kg.ID) []kg.Claim {
	return slices.DeleteFunc(r.knownClaims(), func(c kg.Claim) bool {
		switch scope.Relation {
		case store.SubjectClaims:
			return c.Subject != parent
		case store.DocumentClaims:
			return c.Document != parent
		case store.ActorClaims:
			return !slices.Contains(c.Claimants, parent) && (c.Quote == nil || c.Quote.Speaker != parent)
		}
		return true
	})
}
