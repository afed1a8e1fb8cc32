package memory

import (
	"context"
	"slices"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// Nodes finds nodes by id.
func (s *Store) Nodes(ctx context.Context, v kg.View, ids []kg.ID) ([]kg.Node, error) {
	g, err := s.now(ctx)
	if err != nil {
		return nil, err
	}
	r := g.in(v)
	found := make([]kg.Node, len(ids))
	for i, id := range r.one.IDs(ids) {
		found[i] = r.node(id)
	}
	return found, nil
}

// EventEdges gives the wanted edges of events.
func (s *Store) EventEdges(ctx context.Context, v kg.View, want kg.EdgeSet, events []kg.ID) ([]kg.EventEdges, error) {
	g, err := s.now(ctx)
	if err != nil {
		return nil, err
	}
	r := g.in(v)
	all := make([]kg.EventEdges, len(events))
	for i, id := range r.one.IDs(events) {
		if _, there := r.event(id); there {
			all[i] = r.edges(id, want)
		}
	}
	return all, nil
}

func (r reading) edges(id kg.ID, want kg.EdgeSet) kg.EventEdges {
	var e kg.EventEdges
	h := r.histories[id]
	wanted := func(w kg.EdgeSet) bool { return want&w != 0 }
	if wanted(kg.WantParticipations) {
		e.Participations = held(r, h.Participations)
	}
	if wanted(kg.WantLocations) {
		e.Locations = held(r, h.Locations)
	}
	if wanted(kg.WantWholes) {
		e.Wholes = held(r, h.Wholes)
	}
	if wanted(kg.WantRespondsTo) {
		e.RespondsTo = held(r, h.RespondsTo)
	}
	if wanted(kg.WantResponses) {
		e.Responses = r.responses(id)
	}
	if wanted(kg.WantAnnounces) {
		e.Announces = held(r, h.Announces)
	}
	if wanted(kg.WantAnnouncedBy) {
		for _, by := range sortedIDs(r.histories) {
			for _, a := range held(r, r.histories[by].Announces) {
				if a.Of == id {
					e.AnnouncedBy = append(e.AnnouncedBy, a)
				}
			}
		}
	}
	if wanted(kg.WantFigures) {
		e.Figures = kg.FiguresOf(r.live(id), r.at)
	}
	e.SortEdges()
	return e
}

// Affiliations gives actors' affiliations.
func (s *Store) Affiliations(ctx context.Context, q store.AffiliationQuery) ([][]kg.Affiliation, error) {
	g, err := s.now(ctx)
	if err != nil {
		return nil, err
	}
	r := g.in(q.View)
	all := make([][]kg.Affiliation, len(q.Actors))
	for i, actor := range r.one.IDs(q.Actors) {
		for _, id := range sortedIDs(r.affiliations) {
			a, there := r.affiliation(id)
			if there && (a.Holder == actor || a.Counterpart == actor) && anyOf(q.Types, a.Type) &&
				(q.At == nil || a.ValidTime == nil || a.ValidTime.PossiblyWithin(q.At.Earliest, q.At.Latest)) {
				all[i] = append(all[i], a)
			}
		}
	}
	return all, nil
}

// CoParticipants gives those who took part in the same events.
func (s *Store) CoParticipants(ctx context.Context, q store.CoParticipantQuery) ([]store.Page[store.CoParticipant], error) {
	if err := q.Window.Check(); err != nil {
		return nil, err
	}
	g, err := s.now(ctx)
	if err != nil {
		return nil, err
	}
	r := g.in(q.Filter.InView(q.View))
	q.Filter = store.ResolveEventFilter(r.one, q.Filter)
	all := make([]store.Page[store.CoParticipant], len(q.Actors))
	for i, actor := range r.one.IDs(q.Actors) {
		all[i] = page(q.Window, false, q.Total, r.together(q, actor), func(c store.CoParticipant) store.Position {
			return store.Position{Int: -int64(c.Events), ID: c.Actor}
		})
	}
	return all, nil
}

func (r reading) together(q store.CoParticipantQuery, actor kg.ID) []store.CoParticipant {
	roles := q.Roles
	if roles == nil {
		roles = slices.DeleteFunc(kg.ParticipantRoles(), func(p kg.ParticipantRole) bool { return p == kg.RoleClaimant || p == kg.RoleMentioned })
	}
	shared := map[kg.ID][]kg.Event{}
	for _, e := range r.eventsOf(actor, roles) {
		askedForParts := q.Filter != nil && q.Filter.HasParts != nil
		if !r.matchesEvent(q.Filter, e) || !askedForParts && len(r.parts(e.ID)) > 0 {
			continue
		}
		var others []kg.ID
		for _, p := range r.participations(e.ID) {
			if p.Actor != actor && slices.Contains(roles, p.Role) && !slices.Contains(others, p.Actor) {
				others = append(others, p.Actor)
			}
		}
		for _, o := range others {
			shared[o] = append(shared[o], e)
		}
	}
	var all []store.CoParticipant
	for _, id := range sortedIDs(shared) {
		events := shared[id]
		slices.SortFunc(events, func(a, b kg.Event) int {
			return comparePositions(store.Position{Int: start(a), ID: a.ID}, store.Position{Int: start(b), ID: b.ID})
		})
		all = append(all, store.CoParticipant{Actor: id, Events: len(events), First: events[0].ID, Last: events[len(events)-1].ID})
	}
	return all
}

// start is an event's earliest instant; an unknown one comes last.
func start(e kg.Event) int64 {
	if !e.Time.Earliest.Bounded() {
		return int64(edtf.EndOfTime)
	}
	return int64(e.Time.Earliest)
}
