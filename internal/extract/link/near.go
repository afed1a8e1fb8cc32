package link

import (
	"context"
	"slices"
	"time"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

const (
	// eventReach is how far apart the times of reports of one event may be, in milliseconds.
	eventReach = edtf.Instant(48 * time.Hour / time.Millisecond)
	// maxEventTime is the longest time of an event that is compared: a month.
	maxEventTime = edtf.Instant(31 * 24 * time.Hour / time.Millisecond)
	// maxSureTime is the longest time of two events that can be certain to be one.
	maxSureTime = eventReach
	// maxEvents bounds the candidates of one event.
	maxEvents = 50
)

// nearby are the known events with the category and an actor of an event, at about its time and at no other place. more
// reports that there are too many to list all.
type nearby struct {
	events []*knownEvent
	more   bool
}

// readNear reads the events near each event of the article.
func (m *matcher) readNear(ctx context.Context) error {
	for i, e := range m.article.Events {
		if len(e.Parts) == 0 || !isComparable(e.Time) {
			continue
		}
		found, more, err := m.eventsLike(ctx, e)
		if err != nil {
			return err
		}
		var ids []kg.ID
		var unread []kg.Event
		for _, f := range found {
			ids = append(ids, f.ID)
			if m.known[f.ID] == nil {
				unread = append(unread, f)
			}
		}
		if err := m.addKnown(ctx, unread); err != nil {
			return err
		}
		m.near[i].more = more
		for _, id := range ids {
			k := m.known[id]
			if len(k.places) == 0 || len(e.Places) == 0 || len(m.sharedPlaces(i, k)) > 0 {
				m.near[i].events = append(m.near[i].events, k)
			}
		}
	}
	return nil
}

// isOnly reports whether an event and a known one are each the only one near the other with an overlapping time.
func (m *matcher) isOnly(i int, k *knownEvent) bool {
	for j, e := range m.article.Events {
		for _, o := range m.near[j].events {
			if overlap(e, o) && (j == i) != (o == k) {
				return false
			}
		}
	}
	return !m.near[i].more && slices.Contains(m.near[i].events, k) && overlap(m.article.Events[i], k)
}

// isComparable reports whether a time is known, and to a month.
func isComparable(t edtf.Time) bool {
	return !t.IsZero() && t.Earliest.Bounded() && t.Latest.Bounded() && t.Latest-t.Earliest <= maxEventTime
}

// eventsLike returns other events with the category and an actor of the event, near its time. more reports that there
// are too many to list all.
func (m *matcher) eventsLike(ctx context.Context, e Event) (found []kg.Event, more bool, err error) {
	from, err := edtf.ParseTime((e.Time.Earliest - eventReach).String())
	if err != nil {
		return nil, false, kg.Errorf(kg.Internal, "the start of a search for events: %w", err)
	}
	to, err := edtf.ParseTime((e.Time.Latest + eventReach - 1000).String())
	if err != nil {
		return nil, false, kg.Errorf(kg.Internal, "the end of a search for events: %w", err)
	}
	var actors []kg.ID
	for _, p := range e.Parts {
		if !slices.Contains(actors, p.Actor) {
			actors = append(actors, p.Actor)
		}
	}
	filter, err := (&store.EventFilter{
		Categories:   []kg.EventCategory{e.Category},
		Time:         &store.TimeRange{From: &from, To: &to},
		Participants: []store.ParticipantFilter{{AnyOf: actors}},
	}).Normalize()
	if err != nil {
		return nil, false, err
	}
	pages, err := m.store.Events(ctx, store.EventQuery{
		Filter: filter.WithoutRetracted(), Order: (*store.EventOrder)(nil).Normalize(),
		Window: store.Window{Limit: maxEvents},
	})
	if err != nil {
		return nil, false, err
	}
	found = slices.DeleteFunc(pages[0].Items, func(f kg.Event) bool { return m.isOwn(f.ID) || !isComparable(f.Time) })
	return found, pages[0].HasNext, nil
}
