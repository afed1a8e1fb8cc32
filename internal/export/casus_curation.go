package export

import (
	"maps"
	"slices"

	"casus/internal/kg"
	"casus/internal/store"
)

// readReleases reads the releases, which rows refer to.
func (s *selection) readReleases() error {
	s.releases = map[kg.ID]kg.Release{}
	for page, err := range store.Walk(s.ctx, s.src, kg.KindRelease, 0) {
		if err != nil {
			return err
		}
		for _, r := range page.Releases {
			s.releases[r.ID] = r
		}
	}
	return nil
}

// loaded returns claims as they were loaded, in their order. It writes their corrections and reviews, and everything
// that these refer to.
func (s *selection) loaded(claims []kg.Claim) ([]kg.Claim, error) {
	curations, err := s.src.Curations(s.ctx, idsOf(claims))
	if err != nil {
		return nil, err
	}
	all := slices.Clone(claims)
	for i, c := range curations {
		if c.Original != nil {
			all[i] = *c.Original
		}
		for _, correction := range c.Corrections {
			if corrected, ok := correction.Apply(all[i]); ok {
				s.pendingSubjects = append(s.pendingSubjects, corrected.Subject)
				if err := s.writeReferences([]kg.Claim{corrected}); err != nil {
					return nil, err
				}
			}
			if err := s.writeDecision(kg.KindCorrection, correction.ID, correction); err != nil {
				return nil, err
			}
		}
		for _, review := range c.Reviews {
			s.pendingClaims = append(s.pendingClaims, review.Claims...)
			if err := s.writeNodes([]kg.ID{review.Document}); err != nil {
				return nil, err
			}
			if err := s.writeRelease(review.Release); err != nil {
				return nil, err
			}
			if err := s.writeDecision(kg.KindReview, review.ID, review); err != nil {
				return nil, err
			}
		}
	}
	return all, nil
}

func (s *selection) writeDecision(kind kg.NodeKind, id kg.ID, decision any) error {
	if !s.written.add(id) {
		return nil
	}
	return s.record(kind, recordOf(decision))
}

// writeRelease writes a release with its sources, unless it is "" or written.
func (s *selection) writeRelease(id kg.ID) error {
	if id == "" || !s.written.add(id) {
		return nil
	}
	if err := s.node(kg.KindRelease, s.releases[id]); err != nil {
		return err
	}
	documents, err := s.writeSources(s.releases[id].Provenance)
	if err != nil {
		return err
	}
	return s.writeNodes(documents)
}

// writeSources writes the releases of the data sets among the sources of a node, which date them, and returns the
// documents among the sources.
func (s *selection) writeSources(p kg.Provenance) (documents []kg.ID, err error) {
	for source := range p.Sources {
		if d := source.Document(); d != "" {
			documents = append(documents, d)
		}
		if name := source.Dataset(); name != "" {
			for _, id := range slices.Sorted(maps.Keys(s.releases)) {
				if s.releases[id].Name != name {
					continue
				}
				if err := s.writeRelease(id); err != nil {
					return nil, err
				}
			}
		}
	}
	return documents, nil
}

// claimsLoadedAbout calls write with the claims that were loaded about each of the subjects.
func (s *selection) claimsLoadedAbout(subjects []kg.ID, write func([]kg.Claim) error) error {
	if len(subjects) == 0 {
		return nil
	}
	claims, err := s.src.ClaimsAbout(s.ctx, subjects)
	if err != nil {
		return err
	}
	slices.SortFunc(claims, kg.CompareClaims)
	for _, id := range subjects {
		others := func(c kg.Claim) bool { return c.Subject != id }
		if err := write(slices.DeleteFunc(slices.Clone(claims), others)); err != nil {
			return err
		}
	}
	return nil
}
