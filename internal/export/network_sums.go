package export

import (
	"slices"
	"strconv"

	"casus/internal/kg"
	"casus/internal/kg/sums"
	"casus/internal/store"
)

// linkSums are the sums over the events that two actors share, by the id of their link.
type linkSums map[string]sums.Sums

// linkID returns the id of the link between two actors.
func linkID(a, b kg.ID) string { return string(min(a, b)) + "|" + string(max(a, b)) }

// texts returns the best, low and high sums of the killed and of the wounded over the events that two actors share,
// "" where there is none.
func (l linkSums) texts(a, b kg.ID) (all []string) {
	of := l[linkID(a, b)]
	for _, s := range []*sums.Sum{of.Killed(), of.Wounded()} {
		if s == nil {
			all = append(all, "", "", "")
			continue
		}
		all = append(all, strconv.Itoa(s.Best), strconv.Itoa(s.Low), number(s.High))
	}
	return all
}

// linksHaveTolls reports whether any event that connects actors has a number of killed or wounded.
func (n *network) linksHaveTolls() (bool, error) {
	x, err := n.src.Extent(n.ctx, store.ExtentQuery{View: n.View, Filter: n.givenFilter.Connecting(), Sums: tollSums})
	return len(x.Sums) > 0, err
}

// newLinkSums adds up the tolls of the events that some actors share with others. It holds these events and the links of
// these actors in memory.
func (n *network) newLinkSums(actors []kg.ID) (linkSums, error) {
	roles, statuses := store.ConnectingRoles(n.Roles), n.givenFilter.ConnectingStatuses()
	filter := store.EventFilter{
		Participants: []store.ParticipantFilter{{AnyOf: actors, Roles: roles, Statuses: statuses}},
		And:          []store.EventFilter{*n.givenFilter.Connecting()},
	}
	if n.givenFilter != nil {
		filter.Identity = n.givenFilter.Identity
	}
	wanted := idSet{}
	for _, a := range actors {
		wanted.add(a)
	}
	var selected []store.SelectedEvent
	var linksOf [][]string // of each selected event
	if err := n.eventsOf(&filter, func(page []kg.Event) error {
		page = slices.DeleteFunc(page, func(e kg.Event) bool { return e.Toll.Killed == nil && e.Toll.Wounded == nil })
		edges, err := n.edges(page, kg.WantParticipations|kg.WantWholes)
		if err != nil {
			return err
		}
		for i, e := range page {
			selected = append(selected, summed(e, edges[i]))
			linksOf = append(linksOf, linksIn(edges[i].Participations, roles, statuses, wanted))
		}
		return nil
	}); err != nil {
		return nil, err
	}
	all, err := store.NewEventSums(n.ctx, tollSums, selected, n.wholesOf)
	if err != nil {
		return nil, err
	}
	byLink := all.ByValue()
	for i, links := range linksOf {
		for _, link := range links {
			byLink.Add(i, link)
		}
	}
	found := linkSums{}
	return found, byLink.Each(n.ctx, func(link string, _ int, part sums.Part) { found[link] = part.Sums() })
}

// linksIn returns the links that an event makes from wanted actors to actors with greater ids.
func linksIn(
	all []kg.Participation, roles []kg.ParticipantRole, statuses []kg.ClaimStatus, wanted idSet,
) (links []string) {
	var actors []kg.ID
	for _, p := range all {
		if slices.Contains(roles, p.Role) && (statuses == nil || slices.Contains(statuses, p.Status)) {
			actors = append(actors, p.Actor)
		}
	}
	slices.Sort(actors)
	actors = slices.Compact(actors)
	for i, a := range actors {
		if !wanted.has(a) {
			continue
		}
		for _, b := range actors[i+1:] {
			links = append(links, linkID(a, b))
		}
	}
	return links
}
