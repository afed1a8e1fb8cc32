package link

import (
	"context"
	"slices"

	"casus/internal/kg"
)

// knownEvent is an event of the store.
type knownEvent struct {
	kg.Event
	parts   []Part
	places  []kg.ID
	above   []kg.ID // places, and the places that they lie in
	answers []kg.Response
	figures []kg.Figure
}

func (k *knownEvent) name() string { return kg.BestName(k.Titles, "en") }

// readKnown returns events of the store by their ids, without missing and retracted ones and the article's own.
func (m *matcher) readKnown(ctx context.Context, ids []kg.ID) (all []*knownEvent, err error) {
	unread := slices.DeleteFunc(slices.Clone(ids), func(id kg.ID) bool { _, ok := m.known[id]; return ok })
	nodes, err := m.store.Nodes(ctx, kg.View{}, unread)
	if err != nil {
		return nil, err
	}
	var events []kg.Event
	for i, n := range nodes {
		m.known[unread[i]] = nil
		if e, ok := n.(kg.Event); ok && e.Status != kg.StatusRetracted && !m.isOwn(e.ID) {
			events = append(events, e)
		}
	}
	if err := m.addKnown(ctx, events); err != nil {
		return nil, err
	}
	for _, id := range ids {
		if k := m.known[id]; k != nil {
			all = append(all, k)
		}
	}
	return all, nil
}

// addKnown reads the edges of events.
func (m *matcher) addKnown(ctx context.Context, events []kg.Event) error {
	ids := make([]kg.ID, len(events))
	for i, e := range events {
		ids[i] = e.ID
	}
	const want = kg.WantParticipations | kg.WantLocations | kg.WantRespondsTo | kg.WantFigures
	edges, err := m.store.EventEdges(ctx, kg.View{}, want, ids)
	if err != nil {
		return err
	}
	for i, e := range events {
		k := &knownEvent{Event: e, answers: edges[i].RespondsTo, figures: edges[i].Figures}
		for _, p := range edges[i].Participations {
			k.parts = append(k.parts, Part{p.Actor, p.Role})
		}
		for _, l := range edges[i].Locations {
			k.places = append(k.places, l.Location)
		}
		if k.above, err = m.withParents(ctx, k.places); err != nil {
			return err
		}
		m.known[e.ID] = k
	}
	return nil
}

// sharedPlaces returns the places of the one that are places of the other, or above them.
func (m *matcher) sharedPlaces(i int, k *knownEvent) []kg.ID {
	return slices.Concat(common(m.above[i], k.places), common(k.above, m.article.Events[i].Places))
}

// contradicts reports whether an event is another one than a known event: their times do not overlap, or both have
// places or actors and share none.
func (m *matcher) contradicts(i int, k *knownEvent) bool {
	e := m.article.Events[i]
	hasPlaces, hasActors := len(e.Places) > 0 || e.HasNewPlaces, len(e.Parts) > 0 || e.HasNewActors
	return !e.Time.IsZero() && !k.Time.IsZero() && !overlap(e, k) ||
		hasPlaces && len(k.places) > 0 && len(m.sharedPlaces(i, k)) == 0 ||
		hasActors && len(k.parts) > 0 && !e.hasActorOf(k)
}

// agrees reports whether an event is the same kind of act as a known one, with the same modality and an actor in the
// same role, and nothing differs.
func (m *matcher) agrees(i int, k *knownEvent) bool {
	e := m.article.Events[i]
	return e.isAlike(k) && e.hasPartOf(k) && !m.contradicts(i, k)
}

func overlap(e Event, k *knownEvent) bool {
	return e.Time.PossiblyWithin(k.Time.Earliest, k.Time.Latest)
}

func (e Event) hasActorOf(k *knownEvent) bool {
	return slices.ContainsFunc(e.Parts, func(p Part) bool {
		return slices.ContainsFunc(k.parts, func(o Part) bool { return o.Actor == p.Actor })
	})
}

// hasPartOf reports whether an actor has the same role in both, other than to be mentioned.
func (e Event) hasPartOf(k *knownEvent) bool {
	return slices.ContainsFunc(e.Parts, func(p Part) bool {
		return p.Role != kg.RoleMentioned && slices.Contains(k.parts, p)
	})
}

// isAlike reports whether both are the same kind of act with the same modality.
func (e Event) isAlike(k *knownEvent) bool {
	return e.Category == k.Category && e.Modality == k.Modality
}

// common returns the ids of a that b has.
func common(a, b []kg.ID) []kg.ID {
	return slices.DeleteFunc(slices.Clone(a), func(id kg.ID) bool { return !slices.Contains(b, id) })
}
