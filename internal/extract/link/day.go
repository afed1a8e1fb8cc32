package link

import (
	"context"
	"slices"
	"time"

	"casus/internal/edtf"
	"casus/internal/kg"
)

// byPlace joins an event to the known event with its category, an actor in common, an overlapping time and a common
// place, if times and place are narrow enough. It is certain if each is the only event of the other whose times overlap
// and whose places do not differ: two strikes on one day in one town stay apart.
func (m *matcher) byPlace(ctx context.Context) error {
	for i, near := range m.near {
		if m.result[i].Known != nil {
			continue
		}
		for _, k := range near.events {
			code, shared := EventNear, m.sharedPlaces(i, k)
			if len(shared) > 0 {
				code = EventPlace
			}
			reason := NewReason(code, k.Time.String())
			m.suggest(i, k, reason)
			if m.taken[k.ID] || !m.isOnly(i, k) {
				continue
			}
			if narrow, err := m.isNarrow(ctx, m.article.Events[i], k, shared); err != nil {
				return err
			} else if narrow {
				m.join(i, k, reason)
			}
		}
	}
	return nil
}

// day is the longest time of two events in a region that can be certain to be one.
const day = edtf.Instant(24 * time.Hour / time.Millisecond)

// isNarrow reports whether times and shared places leave room for one event alone: two days, and a place that is
// smaller than a country or a region. In a region it is a day, and the participants must be the same and one of them a
// person, who is at one place at a time; armies are at many.
func (m *matcher) isNarrow(ctx context.Context, e Event, k *knownEvent, shared []kg.ID) (bool, error) {
	if !isWithin(e.Time, maxSureTime) || !isWithin(k.Time, maxSureTime) {
		return false, nil
	}
	small, err := m.belowCountries(ctx, shared)
	if err != nil || len(small) > 0 {
		return err == nil, err
	}
	if !isWithin(e.Time, day) || !isWithin(k.Time, day) || e.HasNewActors || !samePart(e.Parts, k.parts) {
		return false, nil
	}
	inRegion, err := m.anyOf(ctx, shared, func(n kg.Node) bool {
		place, ok := n.(kg.Location)
		return ok && place.Kind == kg.LocationRegion
	})
	if err != nil || !inRegion {
		return false, err
	}
	var actors []kg.ID
	for _, p := range e.Parts {
		if p.Role != kg.RoleMentioned {
			actors = append(actors, p.Actor)
		}
	}
	return m.anyOf(ctx, actors, func(n kg.Node) bool {
		actor, ok := n.(kg.Actor)
		return ok && actor.Kind == kg.ActorPerson
	})
}

// anyOf reports whether one of the nodes is as asked.
func (m *matcher) anyOf(ctx context.Context, ids []kg.ID, is func(kg.Node) bool) (bool, error) {
	nodes, err := m.store.Nodes(ctx, kg.View{}, ids)
	return slices.ContainsFunc(nodes, is), err
}

func isWithin(t edtf.Time, longest edtf.Instant) bool { return t.Latest-t.Earliest <= longest }

// samePart reports whether both have the same participants in the same roles.
func samePart(a, b []Part) bool {
	has := func(all []Part) func(Part) bool {
		return func(p Part) bool { return !slices.Contains(all, p) }
	}
	return !slices.ContainsFunc(a, has(b)) && !slices.ContainsFunc(b, has(a))
}
