package memory

import (
	"context"
	"reflect"
	"slices"

	"casus/internal/kg"
	"casus/internal/store"
)

// Scan returns the stored records of one kind, by id.
func (s *Store) Scan(ctx context.Context, kind kg.NodeKind, after kg.ID, limit int) (store.ScanPage, error) {
	if err := store.CheckScan(limit); err != nil {
		return store.ScanPage{}, err
	}
	g, err := s.snapshot(ctx)
	if err != nil {
		return store.ScanPage{}, err
	}
	var p store.ScanPage
	switch kind {
	case kg.KindActor:
		p.Actors = chunk(g.actors, after, limit)
	case kg.KindLocation:
		p.Locations = chunk(g.locations, after, limit)
	case kg.KindDocument:
		p.Documents = chunk(g.documents, after, limit)
	case kg.KindRelease:
		p.Releases = chunk(g.releases, after, limit)
	case kg.KindIdentity:
		p.Identities = chunk(g.decisions, after, limit)
	case kg.KindReview:
		p.Reviews = chunk(g.reviews, after, limit)
	case kg.KindCorrection:
		p.Corrections = chunk(g.corrections, after, limit)
	case store.KindOriginal:
		p.Originals = chunk(g.originals, after, limit)
	case kg.KindClaim:
		p.Claims = chunk(g.claims, after, limit)
	case kg.KindAffiliation:
		p.Affiliations = chunk(g.affiliations, after, limit)
		for _, a := range p.Affiliations {
			if claims := g.claimsBySubject[a.ID]; len(claims) > 0 {
				p.Subjects = append(p.Subjects, g.subject(a.ID, claims))
			}
		}
	case kg.KindEvent:
		events := map[kg.ID]store.SubjectRecord{}
		for id, claims := range g.claimsBySubject {
			if id.Kind() == kg.KindEvent {
				events[id] = g.subject(id, claims)
			}
		}
		p.Subjects = chunk(events, after, limit)
	default:
		return p, kg.Errorf(kg.BadInput, "unknown kind %q", kind)
	}
	return p, nil
}

// ClaimsAbout returns the loaded claims about subjects.
func (s *Store) ClaimsAbout(ctx context.Context, subjects []kg.ID) ([]kg.Claim, error) {
	if err := store.CheckSubjects(subjects); err != nil {
		return nil, err
	}
	g, err := s.snapshot(ctx)
	if err != nil {
		return nil, err
	}
	var all []kg.Claim
	for _, c := range g.loaded {
		if slices.Contains(subjects, c.Subject) {
			all = append(all, c)
		}
	}
	return all, nil
}

// subject returns a subject with its claims and history and, if it differs, the history of its class.
func (g graph) subject(id kg.ID, claims []kg.Claim) store.SubjectRecord {
	s := store.SubjectRecord{History: g.histories[id], Claims: slices.Clone(claims)}
	if g.resolved != nil && !g.classes.Hidden(id) {
		if h := g.resolved.histories[id]; g.classes.Merged(id) || !reflect.DeepEqual(h, s.History) {
			s.Resolved = &h
		}
	}
	return s
}

func chunk[T any](stored map[kg.ID]T, after kg.ID, limit int) []T {
	var all []T
	for _, id := range sortedIDs(stored) {
		if id > after && len(all) < limit {
			all = append(all, stored[id])
		}
	}
	return all
}

// Stats counts the stored nodes, edges and states.
func (s *Store) Stats(ctx context.Context) (store.Stats, error) {
	g, err := s.snapshot(ctx)
	if err != nil {
		return store.Stats{}, err
	}
	stats := store.Stats{Engine: "memory", Nodes: map[kg.NodeKind]int{}, Edges: map[store.EdgeType]int{}}
	stats.Nodes[kg.KindActor], stats.Nodes[kg.KindLocation] = len(g.actors), len(g.locations)
	stats.Nodes[kg.KindDocument], stats.Nodes[kg.KindRelease] = len(g.documents), len(g.releases)
	stats.Nodes[kg.KindAffiliation], stats.Nodes[kg.KindClaim] = len(g.affiliations), len(g.claims)
	stats.Nodes[kg.KindIdentity], stats.Nodes[kg.KindEvent] = len(g.decisions), 0
	stats.Nodes[kg.KindReview], stats.Nodes[kg.KindCorrection] = len(g.reviews), len(g.corrections)
	for _, e := range store.EdgeTypes.Values() {
		stats.Edges[e] = 0
	}
	r := g.reader(kg.View{Identity: kg.IdentityExact})
	for _, l := range g.locations {
		stats.Edges[store.EdgeWithin] += len(l.Parents)
	}
	for id, h := range g.histories {
		if id.Kind() == kg.KindEvent {
			stats.Nodes[kg.KindEvent]++
		}
		stats.States += len(h.States)
		stats.Edges[store.EdgeParticipatedIn] += len(currentEdges(r, h.Participations))
		stats.Edges[store.EdgeOccurredAt] += len(currentEdges(r, h.Locations))
		stats.Edges[store.EdgePartOf] += len(currentEdges(r, h.Wholes))
		stats.Edges[store.EdgeRespondsTo] += len(currentEdges(r, h.RespondsTo))
		stats.Edges[store.EdgeAnnounces] += len(currentEdges(r, h.Announces))
		stats.Edges[store.EdgeAffiliatedWith] += len(currentEdges(r, h.Affiliated))
	}
	return stats, nil
}
