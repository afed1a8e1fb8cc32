package memory

import (
	"context"
	"slices"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// Nodes returns nodes by id.
func (s *Store) Nodes(ctx context.Context, v kg.View, ids []kg.ID) ([]kg.Node, error) {
	g, err := s.snapshot(ctx)
	if err != nil {
		return nil, err
	}
	r := g.reader(v)
	found := make([]kg.Node, len(ids))
	for i, id := range r.identities.IDs(ids) {
		found[i] = r.node(id)
	}
	return found, nil
}

// EventEdges returns the wanted edges of events.
func (s *Store) EventEdges(ctx context.Context, v kg.View, want kg.EdgeSet, events []kg.ID) ([]kg.EventEdges, error) {
	g, err := s.snapshot(ctx)
	if err != nil {
		return nil, err
	}
	r := g.reader(v)
	all := make([]kg.EventEdges, len(events))
	for i, id := range r.identities.IDs(events) {
		if _, found := r.event(id); found {
			all[i] = r.edges(id, want)
		}
	}
	return all, nil
}

func (r viewReader) edges(id kg.ID, want kg.EdgeSet) kg.EventEdges {
	var e kg.EventEdges
	h := r.histories[id]
	wanted := func(w kg.EdgeSet) bool { return want&w != 0 }
	if wanted(kg.WantParticipations) {
		e.Participations = currentEdges(r, h.Participations)
	}
	if wanted(kg.WantLocations) {
		e.Locations = currentEdges(r, h.Locations)
	}
	if wanted(kg.WantWholes) {
		e.Wholes = currentEdges(r, h.Wholes)
	}
	if wanted(kg.WantRespondsTo) {
		e.RespondsTo = currentEdges(r, h.RespondsTo)
	}
	if wanted(kg.WantResponses) {
		e.Responses = r.responses(id)
	}
	if wanted(kg.WantAnnounces) {
		e.Announces = currentEdges(r, h.Announces)
	}
	if wanted(kg.WantAnnouncedBy) {
		for _, by := range sortedIDs(r.histories) {
			for _, a := range currentEdges(r, r.histories[by].Announces) {
				if a.Of == id {
					e.AnnouncedBy = append(e.AnnouncedBy, a)
				}
			}
		}
	}
	if wanted(kg.WantFigures) {
		e.Figures = kg.FiguresOf(r.liveClaims(id), r.at)
	}
	e.SortEdges()
	return e
}

// Affiliations returns each actor's affiliations.
func (s *Store) Affiliations(ctx context.Context, q store.AffiliationQuery) ([][]kg.Affiliation, error) {
	g, err := s.snapshot(ctx)
	if err != nil {
		return nil, err
	}
	r := g.reader(q.View)
	all := make([][]kg.Affiliation, len(q.Actors))
	for i, actor := range r.identities.IDs(q.Actors) {
		for _, id := range sortedIDs(r.affiliations) {
			a, found := r.affiliation(id)
			if found && (a.Holder == actor || a.Counterpart == actor) && anyOf(q.Types, a.Type) &&
				(q.At == nil || a.ValidTime == nil || a.ValidTime.PossiblyWithin(q.At.Earliest, q.At.Latest)) {
				all[i] = append(all[i], a)
			}
		}
	}
	return all, nil
}

// CoParticipants counts the events that actors share.
func (s *Store) CoParticipants(
	ctx context.Context, q store.CoParticipantQuery,
) ([]store.Page[store.CoParticipant], error) {
	if err := q.Window.Check(); err != nil {
		return nil, err
	}
	g, err := s.snapshot(ctx)
	if err != nil {
		return nil, err
	}
	r := g.reader(q.Filter.InView(q.View))
	q.Filter = store.ResolveEventFilter(r.identities, q.Filter)
	all := make([]store.Page[store.CoParticipant], len(q.Actors))
	for i, actor := range r.identities.IDs(q.Actors) {
		all[i] = page(q.Window, false, q.Total, r.coParticipants(q, actor), func(c store.CoParticipant) store.Position {
			return store.Position{Int: -int64(c.Events), ID: c.Actor}
		})
	}
	return all, nil
}

func (r viewReader) coParticipants(q store.CoParticipantQuery, actor kg.ID) []store.CoParticipant {
	roles := q.Roles
	if roles == nil {
		roles = slices.DeleteFunc(kg.ParticipantRoles.Values(),
			func(p kg.ParticipantRole) bool { return p == kg.RoleClaimant || p == kg.RoleMentioned })
	}
	filter, statuses := q.Filter.Connecting(), q.Filter.ConnectingStatuses()
	takePart := func(p kg.Participation) bool { return slices.Contains(roles, p.Role) && anyOf(statuses, p.Status) }
	shared := map[kg.ID][]kg.Event{}
	for _, e := range r.eventsOf(actor, nil) {
		if !r.matchesEvent(filter, e) {
			continue
		}
		var members []kg.ID
		for _, p := range r.participations(e.ID) {
			if takePart(p) && !slices.Contains(members, p.Actor) {
				members = append(members, p.Actor)
			}
		}
		if !slices.Contains(members, actor) {
			continue
		}
		for _, other := range members {
			if other != actor {
				shared[other] = append(shared[other], e)
			}
		}
	}
	var all []store.CoParticipant
	for _, id := range sortedIDs(shared) {
		events := shared[id]
		first := slices.MinFunc(events, func(a, b kg.Event) int {
			return store.ComparePositions(store.Position{Int: startKey(a), ID: a.ID}, store.Position{Int: startKey(b), ID: b.ID})
		})
		// An event without a known start is not taken for the last one.
		last := slices.MaxFunc(events, func(a, b kg.Event) int {
			return store.ComparePositions(store.Position{Int: int64(a.Time.Earliest), ID: a.ID},
				store.Position{Int: int64(b.Time.Earliest), ID: b.ID})
		})
		all = append(all, store.CoParticipant{Actor: id, Events: len(events), First: first.ID, Last: last.ID})
	}
	return all
}

// startKey returns an event's earliest instant; an unbounded one comes last.
func startKey(e kg.Event) int64 {
	if !e.Time.Earliest.Bounded() {
		return int64(edtf.EndOfTime)
	}
	return int64(e.Time.Earliest)
}
