package disagree

import (
	"slices"

	"casus/internal/kg"
)

// Parents is a function that returns the locations in which a location directly lies.
type Parents func(location kg.ID) []kg.ID

// Resolved returns the parents in the RESOLVED graph, in which a class lies in all places that its members lie in.
func (p Parents) Resolved(i kg.Identities) Parents {
	if p == nil || !i.HasMerged(kg.KindLocation) {
		return p
	}
	return func(location kg.ID) []kg.ID {
		var all []kg.ID
		for _, member := range i.Members(location) {
			all = append(all, p(member)...)
		}
		return i.UniqueClasses(all)
	}
}

// RivalPlaces returns the distinct places of claims about one event, or nil if there are fewer than two. The locations
// in which these lie can decide whether the claims disagree.
func RivalPlaces(claims []kg.Claim) []kg.ID {
	if len(claims) < 2 {
		return nil
	}
	var all []kg.ID
	for i := range claims {
		for _, p := range claims[i].Says.Places {
			if !slices.Contains(all, p.Location) {
				all = append(all, p.Location)
			}
		}
	}
	if len(all) < 2 {
		return nil
	}
	return all
}

// Affects reports whether claims may have another history in the RESOLVED graph than in the EXACT one; see
// kg.Identities.Affects. That depends also on what the places of the claims lie in.
func Affects(i kg.Identities, claims []kg.Claim, book kg.VoiceBook, parents Parents) bool {
	if i.Affects(claims, book) {
		return true
	}
	if !i.HasMerged(kg.KindLocation) {
		return false
	}
	w := containment{parents: parents.Resolved(i)}
	return slices.ContainsFunc(RivalPlaces(claims), func(place kg.ID) bool {
		return slices.ContainsFunc(w.all(place), i.Merged)
	})
}

// containment finds whether locations lie in others, and caches the locations above each.
type containment struct {
	parents Parents
	above   map[kg.ID][]kg.ID
}

// contains reports whether a location is one of places, or lies in one.
func (w *containment) contains(places []kg.ID, location kg.ID) bool {
	if slices.Contains(places, location) {
		return true
	}
	return slices.ContainsFunc(w.all(location), func(a kg.ID) bool { return slices.Contains(places, a) })
}

// all returns a location and all that it lies in.
func (w *containment) all(location kg.ID) []kg.ID {
	if above, known := w.above[location]; known {
		return above
	}
	above := []kg.ID{location}
	if w.parents != nil {
		for i := 0; i < len(above); i++ {
			for _, p := range w.parents(above[i]) {
				if !slices.Contains(above, p) {
					above = append(above, p)
				}
			}
		}
	}
	if w.above == nil {
		w.above = map[kg.ID][]kg.ID{}
	}
	w.above[location] = above
	return above
}
