package memory

import (
	"context"
	"maps"
	"slices"

	"casus/internal/kg"
)

// remove removes claims and decisions, and returns the ids that were stored.
func (g graph) remove(ids []kg.ID) map[kg.ID]bool {
	removed := map[kg.ID]bool{}
	for _, id := range ids {
		if remove, stored := g.decisionOrClaim(id); stored {
			remove()
			removed[id] = true
		}
	}
	return removed
}

// decisionOrClaim reports whether a claim, identity decision, review or correction is stored, and returns a function
// that removes it.
func (g graph) decisionOrClaim(id kg.ID) (remove func(), stored bool) {
	switch id.Kind() {
	case kg.KindIdentity:
		_, stored = g.decisions[id]
		return func() { delete(g.decisions, id) }, stored
	case kg.KindReview:
		_, stored = g.reviews[id]
		return func() { delete(g.reviews, id) }, stored
	case kg.KindCorrection:
		_, stored = g.corrections[id]
		return func() { delete(g.corrections, id) }, stored
	}
	_, stored = g.loaded[id]
	return func() { delete(g.loaded, id) }, stored
}

// latestCorrections returns the latest correction of each claim and of each field of a node.
func (g graph) latestCorrections() map[kg.Corrected]kg.Correction {
	return kg.LatestCorrections(slices.Collect(maps.Values(g.corrections)))
}

func (g graph) erased() map[kg.ID]bool {
	return kg.ErasedClaims(slices.Collect(maps.Values(g.corrections)))
}

// correct computes g.claims and g.originals from the loaded claims and the corrections.
func (g *graph) correct() {
	for id := range g.erased() {
		if loaded, known := g.loaded[id]; known {
			g.loaded[id] = loaded.Erased()
		}
	}
	g.claims, g.originals = maps.Clone(g.loaded), map[kg.ID]kg.Claim{}
	for target, correction := range g.latestCorrections() {
		loaded, known := g.loaded[target.ID]
		if !known {
			continue
		}
		g.originals[target.ID] = loaded
		if corrected, exists := correction.Apply(loaded); exists {
			g.claims[target.ID] = corrected
		} else {
			delete(g.claims, target.ID)
		}
	}
}

// reportCorrections lists the given claims that are forgotten or corrected.
func (g graph) reportCorrections(given []kg.Claim, done *kg.ApplyResult) {
	ids := map[kg.ID]bool{}
	for _, c := range given {
		ids[c.ID] = true
	}
	for _, id := range slices.Sorted(maps.Keys(ids)) {
		if _, corrected := g.originals[id]; !corrected {
			continue
		}
		if _, exists := g.claims[id]; exists {
			done.Corrected = append(done.Corrected, id)
		} else {
			done.Forgotten = append(done.Forgotten, id)
		}
	}
}

// Curations returns the corrections and reviews of claims.
func (s *Store) Curations(ctx context.Context, claims []kg.ID) ([]kg.Curation, error) {
	g, err := s.snapshot(ctx)
	if err != nil {
		return nil, err
	}
	all := make([]kg.Curation, len(claims))
	for i, id := range claims {
		all[i] = g.curation(id)
	}
	return all, nil
}

func (g graph) curation(id kg.ID) (found kg.Curation) {
	for _, c := range g.corrections {
		if c.Claim == id {
			found.Corrections = append(found.Corrections, c)
		}
	}
	c := g.claims[id]
	if original, corrected := g.originals[id]; corrected {
		found.Original = &original
		if c.ID == "" { // forgotten
			c = original
		}
	}
	for _, v := range g.reviews {
		if slices.ContainsFunc(v.Targets(), func(t kg.ID) bool { return t == id || t == c.Document || t == c.Release }) {
			found.Reviews = append(found.Reviews, v)
		}
	}
	slices.SortFunc(found.Corrections, kg.CompareCorrections)
	slices.SortFunc(found.Reviews, kg.CompareReviews)
	return found
}
