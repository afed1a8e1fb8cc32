package memory

import (
	"context"
	"slices"

	"casus/internal/kg"
	"casus/internal/store"
)

// Links streams all versions of all links.
func (s *Store) Links(ctx context.Context, mode kg.IdentityMode, subjects []kg.ID, to store.LinkSink) error {
	g, err := s.snapshot(ctx)
	if err != nil {
		return err
	}
	r := g.reader(kg.View{Identity: mode})
	for _, id := range sortedIDs(r.histories) {
		if subjects != nil && !slices.Contains(subjects, id) {
			continue
		}
		if err := r.links(id, to); err != nil {
			return err
		}
	}
	return nil
}

func (r viewReader) links(id kg.ID, to store.LinkSink) error {
	h := r.histories[id]
	for _, s := range h.States {
		known := kg.Interval{KnownFrom: s.KnownFrom, KnownTo: s.KnownTo}
		l := store.LinkState{Interval: known, Start: store.StartKey(&s.Time), Status: s.Status, Modality: s.Modality}
		if err := to.State(id, l); err != nil {
			return err
		}
	}
	for _, p := range h.Participations {
		l := store.LinkParticipation{
			Interval: p.Interval, Event: id, Actor: p.Edge.Actor, Role: p.Edge.Role, Status: p.Edge.Status,
		}
		if err := to.Participation(l); err != nil {
			return err
		}
	}
	for _, w := range h.Wholes {
		if err := to.Part(id, w.Edge.Whole, w.Interval); err != nil {
			return err
		}
	}
	a := r.affiliations[id]
	for _, s := range h.Affiliated {
		l := store.LinkAffiliation{
			Interval: s.Interval, ID: id, Holder: a.Holder, Counterpart: a.Counterpart, Start: store.StartKey(a.ValidTime),
		}
		if err := to.Affiliation(l); err != nil {
			return err
		}
	}
	return nil
}

// EventIDs streams the ids of matching events.
func (s *Store) EventIDs(ctx context.Context, v kg.View, f *store.EventFilter, yield func(kg.ID) error) error {
	g, err := s.snapshot(ctx)
	if err != nil {
		return err
	}
	r := g.reader(f.InView(v))
	f = store.ResolveEventFilter(r.identities, f)
	for _, e := range r.events() {
		if r.matchesEvent(f, e) {
			if err := yield(e.ID); err != nil {
				return err
			}
		}
	}
	return nil
}
