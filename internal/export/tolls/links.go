package tolls

import (
	"context"
	"slices"

	"casus/internal/kg"
	"casus/internal/kg/sums"
	"casus/internal/store"
)

// LinkSums are the sums over the events that two actors share, by the ids of the two.
type LinkSums map[string]sums.Sums

// LinkID returns the id of the link between two actors.
func LinkID(a, b kg.ID) string { return string(min(a, b)) + "|" + string(max(a, b)) }

// Connecting returns the events of the selection that connect actors; see store.EventFilter.Connecting.
func (s Selection) Connecting() Selection {
	return Selection{s.Source, s.View, s.Filter.Connecting()}
}

// HasTolls reports whether any event has a number of killed or wounded.
func (s Selection) HasTolls(ctx context.Context) (bool, error) {
	x, err := s.Source.Extent(ctx, store.ExtentQuery{View: s.View, Filter: s.Filter, Sums: tollSums})
	return len(x.Sums) > 0, err
}

// LinkSums adds up the tolls of the events of the selection that actors share with others of greater ids, by
// participations in some roles; nil means store.ConnectingRoles. It holds these events and the links of these actors in
// memory.
func (s Selection) LinkSums(ctx context.Context, actors []kg.ID, roles []kg.ParticipantRole) (LinkSums, error) {
	roles, statuses := store.ConnectingRoles(roles), s.Filter.ConnectingStatuses()
	counts := func(p kg.Participation) bool {
		return slices.Contains(roles, p.Role) && (statuses == nil || slices.Contains(statuses, p.Status))
	}
	wanted := make(map[kg.ID]bool, len(actors))
	for _, a := range actors {
		wanted[a] = true
	}
	var selected []store.SelectedEvent
	var linksOf [][]string // of each selected event
	if err := s.Connecting().within(store.EventFilter{
		Participants: []store.ParticipantFilter{{AnyOf: actors, Roles: roles, Statuses: statuses}},
	}).withToll(ctx, kg.WantParticipations, func(e store.SelectedEvent, edges kg.EventEdges) {
		selected = append(selected, e)
		linksOf = append(linksOf, linksIn(edges.Participations, counts, wanted))
	}); err != nil {
		return nil, err
	}
	all, err := store.NewEventSums(ctx, tollSums, selected, s.wholesOf)
	if err != nil {
		return nil, err
	}
	byLink := all.ByValue()
	for i, links := range linksOf {
		for _, link := range links {
			byLink.Add(i, link)
		}
	}
	found := LinkSums{}
	return found, byLink.Each(ctx, func(link string, _ int, part sums.Part) { found[link] = part.Sums() })
}

// linksIn returns the links that an event makes from wanted actors to actors with greater ids.
func linksIn(all []kg.Participation, counts func(kg.Participation) bool, wanted map[kg.ID]bool) (links []string) {
	var actors []kg.ID
	for _, p := range all {
		if counts(p) {
			actors = append(actors, p.Actor)
		}
	}
	slices.Sort(actors)
	actors = slices.Compact(actors)
	for i, a := range actors {
		if !wanted[a] {
			continue
		}
		for _, b := range actors[i+1:] {
			links = append(links, LinkID(a, b))
		}
	}
	return links
}
