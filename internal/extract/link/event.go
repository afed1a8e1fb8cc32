package link

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/text"
)

// Event is an event of an article, with known nodes only.
type Event struct {
	// OwnPart is the part of an id that all new events of the article have. Events with it are no candidates: an article
	// that reports two events means two.
	OwnPart  string
	Category kg.EventCategory
	Time     edtf.Time
	// Actors and Places are the linked participants and places.
	Actors, Places []kg.ID
}

// SameEvents are known events that an event may be.
type SameEvents struct {
	// ID is the event that it is, or "" unless exactly one is certain.
	ID          kg.ID
	Name        string
	Suggestions []Suggestion
}

const (
	// eventReach is how far apart the times of reports of one event may be, in milliseconds.
	eventReach = edtf.Instant(48 * time.Hour / time.Millisecond)
	// maxEventTime is the longest time of an event that is compared: a month.
	maxEventTime = edtf.Instant(31 * 24 * time.Hour / time.Millisecond)
	// maxSureTime is the longest time of two events that can be certain to be one.
	maxSureTime = eventReach
	// maxEvents bounds the candidates of one event.
	maxEvents = 50
	// maxParents bounds the places above a place that are followed.
	maxParents = 100
)

// SameEvents returns events of the same category with an actor in common and a time within two days, except those at
// other places. One is certain if it is the only one whose time overlaps the event's, both times are at most two days
// long, and they share a place or one of its parents that is smaller than a country.
func (l *Linker) SameEvents(ctx context.Context, e Event) (same SameEvents, err error) {
	if len(e.Actors) == 0 || e.Time.IsZero() || !e.Time.Earliest.Bounded() || !e.Time.Latest.Bounded() ||
		e.Time.Latest-e.Time.Earliest > maxEventTime {
		return same, nil
	}
	found, more, err := l.eventsLike(ctx, e)
	if err != nil || len(found) == 0 {
		return same, err
	}
	ids := make([]kg.ID, len(found))
	for i, f := range found {
		ids[i] = f.ID
	}
	edges, err := l.store.EventEdges(ctx, kg.View{}, kg.WantLocations, ids)
	if err != nil {
		return same, err
	}
	own, err := l.withParents(ctx, e.Places)
	if err != nil {
		return same, err
	}
	sure, overlapping := 0, 0
	for i, f := range found {
		places := placesOf(edges[i])
		above, err := l.withParents(ctx, places)
		if err != nil {
			return same, err
		}
		shared := slices.Concat(common(own, places), common(above, e.Places))
		if len(places) > 0 && len(e.Places) > 0 && len(shared) == 0 {
			continue
		}
		small, err := l.belowCountries(ctx, shared)
		if err != nil {
			return same, err
		}
		name := kg.BestName(f.Titles, "en")
		why := fmt.Sprintf("%s on %s with an actor in common", strings.ToLower(string(e.Category)), f.Time)
		if len(shared) > 0 {
			why += ", at the same place"
		}
		if e.Time.PossiblyWithin(f.Time.Earliest, f.Time.Latest) {
			overlapping++
			if len(small) > 0 && isShort(e.Time) && isShort(f.Time) {
				sure++
				same.ID, same.Name = f.ID, name
			}
		}
		same.Suggestions = append(same.Suggestions, Suggestion{f.ID, name, why})
	}
	if sure != 1 || overlapping > 1 || more {
		same.ID, same.Name = "", ""
	}
	same.Suggestions = same.Suggestions[:min(len(same.Suggestions), maxSuggestions)]
	return same, nil
}

// eventsLike returns other events with the category and an actor of the event, near its time. more reports that there
// are too many to list all.
func (l *Linker) eventsLike(ctx context.Context, e Event) (found []kg.Event, more bool, err error) {
	from, err := edtf.ParseTime((e.Time.Earliest - eventReach).String())
	if err != nil {
		return nil, false, kg.Errorf(kg.Internal, "the start of a search for events: %w", err)
	}
	to, err := edtf.ParseTime((e.Time.Latest + eventReach - 1000).String())
	if err != nil {
		return nil, false, kg.Errorf(kg.Internal, "the end of a search for events: %w", err)
	}
	filter, err := (&store.EventFilter{
		Categories:   []kg.EventCategory{e.Category},
		Time:         &store.TimeRange{From: &from, To: &to},
		Participants: []store.ParticipantFilter{{AnyOf: e.Actors}},
	}).Normalize()
	if err != nil {
		return nil, false, err
	}
	pages, err := l.store.Events(ctx, store.EventQuery{
		Filter: filter.WithoutRetracted(), Order: (*store.EventOrder)(nil).Normalize(),
		Window: store.Window{Limit: maxEvents},
	})
	if err != nil {
		return nil, false, err
	}
	found = slices.DeleteFunc(pages[0].Items, func(f kg.Event) bool {
		return strings.Contains(string(f.ID), e.OwnPart) || !f.Time.Earliest.Bounded() || !f.Time.Latest.Bounded() ||
			f.Time.Latest-f.Time.Earliest > maxEventTime
	})
	return found, pages[0].HasNext, nil
}

func isShort(t edtf.Time) bool { return t.Latest-t.Earliest <= maxSureTime }

func placesOf(e kg.EventEdges) (places []kg.ID) {
	for _, l := range e.Locations {
		places = append(places, l.Location)
	}
	return places
}

// withParents returns places and the places that they lie in. A country is not among the parents: everything in it
// would be at one place.
func (l *Linker) withParents(ctx context.Context, places []kg.ID) (all []kg.ID, err error) {
	all = slices.Clone(places)
	for next := places; len(next) > 0 && len(all) < maxParents; {
		nodes, err := l.store.Nodes(ctx, kg.View{}, next)
		if err != nil {
			return nil, err
		}
		var parents []kg.ID
		for _, n := range nodes {
			if place, ok := n.(kg.Location); ok {
				parents = append(parents, place.Parents...)
			}
		}
		if parents, err = l.belowCountries(ctx, parents); err != nil {
			return nil, err
		}
		next = nil
		for _, p := range parents {
			if !slices.Contains(all, p) {
				all, next = append(all, p), append(next, p)
			}
		}
	}
	return all, nil
}

// belowCountries returns the places that are smaller than a country.
func (l *Linker) belowCountries(ctx context.Context, places []kg.ID) (smaller []kg.ID, err error) {
	nodes, err := l.store.Nodes(ctx, kg.View{}, places)
	if err != nil {
		return nil, err
	}
	for i, n := range nodes {
		if place, ok := n.(kg.Location); ok && place.Kind != kg.LocationCountry && place.Kind != kg.LocationRegion {
			smaller = append(smaller, places[i])
		}
	}
	return smaller, nil
}

// common returns the ids of a that b has.
func common(a, b []kg.ID) []kg.ID {
	return slices.DeleteFunc(slices.Clone(a), func(id kg.ID) bool { return !slices.Contains(b, id) })
}

func joinTokens(s string) string { return strings.Join(text.Tokens(s), " ") }

// namedIn reports whether one of the names stands among words, which begin and end with a space.
func namedIn(names []kg.Name, words string) bool {
	return slices.ContainsFunc(names, func(n kg.Name) bool {
		tokens := joinTokens(n.Value)
		return tokens != "" && strings.Contains(words, " "+tokens+" ")
	})
}
