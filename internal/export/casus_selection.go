package export

import (
	"maps"
	"slices"

	"casus/internal/kg"
	"casus/internal/store"
)

// selection writes the claims about the selected events, and every record that a written record refers to, so that the
// file loads without missing references. A record may be written twice, if written was cleared in between; this does
// not change the loaded graph.
//
// A referenced event is written with its known claims or, if none was known yet, with all. The affiliations of
// participants are written too, and the identity decisions on written nodes, with the other node of each.
type selection struct {
	*exporter
	written idSet
	// decisions holds the identity decisions of each node. Only decisions and releases are held for the whole graph.
	decisions map[kg.ID][]kg.IdentityDecision
	// pendingSubjects and pendingClaims are still to be written.
	pendingSubjects, pendingClaims []kg.ID
	releases                       map[kg.ID]kg.Release
}

// exactView is the view of records as they are stored, with all claims known.
var exactView = kg.View{Identity: kg.IdentityExact}

func newSelection(x *exporter) *selection {
	x.View.Identity = kg.IdentityExact
	return &selection{exporter: x, written: idSet{}, decisions: map[kg.ID][]kg.IdentityDecision{}}
}

func (s *selection) run() error {
	if err := s.readReleases(); err != nil {
		return err
	}
	decisions, err := store.Decisions(s.ctx, s.src)
	if err != nil {
		return err
	}
	for _, d := range decisions {
		s.decisions[d.A], s.decisions[d.B] = append(s.decisions[d.A], d), append(s.decisions[d.B], d)
	}
	return s.events(func(page []kg.Event) error {
		s.written.clearIfFull()
		s.pendingSubjects = append(s.pendingSubjects, idsOf(page)...)
		if err := s.addAffiliations(page); err != nil {
			return err
		}
		return s.writePending()
	})
}

// addAffiliations adds the participants' affiliations to pendingSubjects.
func (s *selection) addAffiliations(page []kg.Event) error {
	edges, err := s.edges(page, kg.WantParticipations)
	if err != nil {
		return err
	}
	var actors []kg.ID
	for _, e := range edges {
		for _, p := range e.Participations {
			actors = append(actors, p.Actor)
		}
	}
	slices.Sort(actors)
	lists, err := s.src.Affiliations(s.ctx, store.AffiliationQuery{View: s.View, Actors: slices.Compact(actors)})
	if err != nil {
		return err
	}
	for _, list := range lists {
		s.pendingSubjects = append(s.pendingSubjects, idsOf(list)...)
	}
	return nil
}

// writePending writes pending subjects and claims until none is left.
func (s *selection) writePending() error {
	for len(s.pendingSubjects) > 0 || len(s.pendingClaims) > 0 {
		subjects, claims := s.pendingSubjects, s.pendingClaims
		s.pendingSubjects, s.pendingClaims = nil, nil
		for batch := range slices.Chunk(subjects, claimParents) {
			if err := s.writeSubjects(slices.DeleteFunc(batch, func(id kg.ID) bool { return !s.written.add(id) })); err != nil {
				return err
			}
		}
		if len(subjects) > 0 {
			s.pendingClaims = append(claims, s.pendingClaims...) // they may be written with the subjects that are still pending
			continue
		}
		if err := s.writePendingClaims(claims); err != nil {
			return err
		}
	}
	return nil
}

// writeSubjects writes subjects with their claims.
func (s *selection) writeSubjects(subjects []kg.ID) error {
	records, err := s.affiliationsOf(subjects)
	if err != nil {
		return err
	}
	begun := map[kg.ID]bool{} // subjects whose record is written
	write := func(claims []kg.Claim) error {
		if len(claims) == 0 {
			return nil
		}
		subject := claims[0].Subject
		claims, err := s.loaded(slices.DeleteFunc(claims, func(c kg.Claim) bool { return !s.written.add(c.ID) }))
		if err != nil {
			return err
		}
		if err := s.writeReferences(claims); err != nil {
			return err
		}
		var elsewhere []kg.Claim // loaded about another subject
		for _, c := range claims {
			if c.Subject != subject {
				elsewhere, s.pendingSubjects = append(elsewhere, c), append(s.pendingSubjects, c.Subject)
			}
		}
		if err := s.writeClaims(elsewhere); err != nil {
			return err
		}
		claims = slices.DeleteFunc(claims, func(c kg.Claim) bool { return c.Subject != subject })
		if begun[subject] {
			return s.writeClaims(claims)
		}
		begun[subject] = true
		if a, ok := records[subject]; ok {
			if err := s.writeNodes(slices.AppendSeq([]kg.ID{a.Holder, a.Counterpart}, a.Provenance.Documents)); err != nil {
				return err
			}
			return s.writeSubject(subject, &a, claims)
		}
		s.writeDecisions(subject)
		return s.writeSubject(subject, nil, claims)
	}
	if err := s.exporter.claims(s.View, subjects, write); err != nil {
		return err
	}
	unknown := slices.DeleteFunc(subjects, func(id kg.ID) bool { return begun[id] })
	if err := s.exporter.claims(exactView, unknown, write); err != nil {
		return err
	}
	forgotten := slices.DeleteFunc(unknown, func(id kg.ID) bool { return begun[id] })
	return s.claimsLoadedAbout(forgotten, write)
}

// affiliationsOf returns the records of the subjects that are affiliations. Queries by id do not return an affiliation
// that no claim supports, neither at the moment nor now; for these few, all affiliations are scanned.
func (s *selection) affiliationsOf(subjects []kg.ID) (map[kg.ID]kg.Affiliation, error) {
	missing := slices.DeleteFunc(slices.Clone(subjects), func(id kg.ID) bool { return id.Kind() != kg.KindAffiliation })
	found := map[kg.ID]kg.Affiliation{}
	take := func(a kg.Affiliation) {
		if i := slices.Index(missing, a.ID); i >= 0 {
			found[a.ID], missing = a, slices.Delete(missing, i, i+1)
		}
	}
	for _, v := range []kg.View{s.View, exactView} {
		nodes, err := s.nodesIn(v, missing)
		if err != nil {
			return nil, err
		}
		for _, n := range nodes {
			if a, ok := n.(kg.Affiliation); ok {
				take(a)
			}
		}
	}
	if len(missing) == 0 {
		return found, nil
	}
	for page, err := range store.Walk(s.ctx, s.src, kg.KindAffiliation, 0) {
		if err != nil {
			return nil, err
		}
		for _, a := range page.Affiliations {
			take(a)
		}
		if len(missing) == 0 {
			break
		}
	}
	return found, nil
}

// writePendingClaims writes referenced claims that were not written with their subjects because they were not known
// yet.
func (s *selection) writePendingClaims(ids []kg.ID) error {
	found, err := s.nodesIn(exactView, slices.DeleteFunc(ids, func(id kg.ID) bool { return s.written.has(id) }))
	if err != nil {
		return err
	}
	missing := slices.DeleteFunc(slices.Clone(ids), func(id kg.ID) bool { return s.written.has(id) || found[id] != nil })
	curations, err := s.src.Curations(s.ctx, missing)
	if err != nil {
		return err
	}
	for i, c := range curations {
		if c.Original != nil {
			found[missing[i]] = *c.Original
		}
	}
	for _, id := range slices.Sorted(maps.Keys(found)) {
		c, ok := found[id].(kg.Claim)
		if !ok {
			continue
		}
		if !s.written.has(c.Subject) { // the claim may be written with its subject
			s.pendingSubjects, s.pendingClaims = append(s.pendingSubjects, c.Subject), append(s.pendingClaims, id)
			continue
		}
		s.written.add(id)
		claims, err := s.loaded([]kg.Claim{c})
		if err != nil {
			return err
		}
		s.pendingSubjects = append(s.pendingSubjects, claims[0].Subject)
		if err := s.writeReferences(claims); err != nil {
			return err
		}
		if err := s.writeClaims(claims); err != nil {
			return err
		}
	}
	return nil
}

// writeReferences writes the nodes that claims refer to, and adds events and claims to the pending ones.
func (s *selection) writeReferences(claims []kg.Claim) error {
	var nodes []kg.ID
	for _, c := range claims {
		if err := s.writeRelease(c.Release); err != nil {
			return err
		}
		for _, id := range c.References() {
			switch {
			case id == c.Subject:
			case id.Kind() == kg.KindEvent:
				s.pendingSubjects = append(s.pendingSubjects, id)
			case id.Kind() == kg.KindClaim:
				s.pendingClaims = append(s.pendingClaims, id)
			case id.Kind() != kg.KindRelease:
				nodes = append(nodes, id)
			}
		}
	}
	return s.writeNodes(nodes)
}

// writeNodes writes actors, locations and documents, and the nodes that these refer to.
func (s *selection) writeNodes(ids []kg.ID) error {
	for len(ids) > 0 {
		found, err := s.nodesIn(exactView, slices.DeleteFunc(ids, func(id kg.ID) bool { return !s.written.add(id) }))
		if err != nil {
			return err
		}
		ids = nil
		for _, id := range slices.Sorted(maps.Keys(found)) {
			if err := s.node(id.Kind(), found[id]); err != nil {
				return err
			}
			var from kg.Provenance
			switch n := found[id].(type) {
			case kg.Actor:
				from = n.Provenance
			case kg.Location:
				from = n.Provenance
				ids = append(ids, n.Parents...)
			case kg.Document:
				from = n.Provenance
				ids = append(ids, n.Publisher, n.Syndicates)
			}
			documents, err := s.writeSources(from)
			if err != nil {
				return err
			}
			ids = append(append(ids, documents...), s.writeDecisions(id)...)
		}
	}
	return nil
}

// writeDecisions writes the decisions on a node and returns the other node of each. Events are added to
// pendingSubjects.
func (s *selection) writeDecisions(id kg.ID) (others []kg.ID) {
	for _, d := range s.decisions[id] {
		if s.written.add(d.ID) {
			_ = s.node(kg.KindIdentity, d) // a decision has no value that cannot be encoded
		}
		other := d.A
		if other == id {
			other = d.B
		}
		if other.Kind() == kg.KindEvent {
			s.pendingSubjects = append(s.pendingSubjects, other)
		} else {
			others = append(others, other)
		}
	}
	return others
}
