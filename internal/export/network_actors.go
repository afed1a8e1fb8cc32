package export

import (
	"slices"
	"strconv"

	"casus/internal/export/tolls"
	"casus/internal/kg"
	"casus/internal/kg/sums"
	"casus/internal/store"
)

// actorBatch is the number of actors whose co-participants are read at once, a page for each.
const actorBatch = 20

// actors writes the actors that share an event with another, and a link between every two of them, weighted by the
// number of shared events. store.CoParticipantQuery defines which events and roles count.
func (n *network) actors() error {
	var filter *store.ActorFilter
	if n.Filter != nil {
		filter = &store.ActorFilter{InEvents: n.Filter}
	}
	q := store.ActorQuery{
		View: n.View, Filter: filter, Order: (*store.ActorOrder)(nil).Normalize(),
		Window: store.Window{Limit: pageSize},
	}
	selected := tolls.Selection{Source: n.src, View: n.View, Filter: n.givenFilter}
	hasTolls, err := selected.Connecting().HasTolls(n.ctx)
	if err != nil {
		return err
	}
	for {
		pages, err := n.src.Actors(n.ctx, q)
		if err != nil {
			return err
		}
		p := pages[0]
		var added tolls.LinkSums
		if hasTolls && len(p.Items) > 0 {
			if added, err = selected.LinkSums(n.ctx, idsOf(p.Items), n.Roles); err != nil {
				return err
			}
		}
		for batch := range slices.Chunk(p.Items, actorBatch) {
			if err := n.addActors(batch, added); err != nil {
				return err
			}
			if err := n.writeError(); err != nil {
				return err
			}
		}
		if !p.HasNext || len(p.Items) == 0 {
			return nil
		}
		q.Window.After = &p.Positions[len(p.Positions)-1]
	}
}

// addActors writes the given actors that share an event with another, and their links to actors with greater ids.
func (n *network) addActors(actors []kg.Actor, added tolls.LinkSums) error {
	q := store.CoParticipantQuery{
		View: n.View, Actors: idsOf(actors), Filter: n.givenFilter, Roles: n.Roles,
		Window: store.Window{Limit: pageSize},
	}
	pages, err := n.src.CoParticipants(n.ctx, q)
	if err != nil {
		return err
	}
	for i, a := range actors {
		if len(pages[i].Items) == 0 {
			continue
		}
		if err := n.addActor(a); err != nil {
			return err
		}
		for p := pages[i]; ; {
			if err := n.addLinks(a.ID, p.Items, added); err != nil {
				return err
			}
			if !p.HasNext || len(p.Items) == 0 {
				break
			}
			next := q
			next.Actors, next.Window.After = q.Actors[i:i+1], &p.Positions[len(p.Positions)-1]
			more, err := n.src.CoParticipants(n.ctx, next)
			if err != nil {
				return err
			}
			p = more[0]
		}
	}
	return nil
}

// addLinks writes the links from an actor to co-participants with greater ids.
func (n *network) addLinks(of kg.ID, others []store.CoParticipant, added tolls.LinkSums) error {
	var events []kg.ID
	for _, m := range others {
		if of < m.Actor {
			events = append(events, m.First, m.Last)
		}
	}
	found, err := n.nodes(events)
	if err != nil {
		return err
	}
	for _, m := range others {
		if m.Actor <= of {
			continue
		}
		first, _ := found[m.First].(kg.Event)
		last, _ := found[m.Last].(kg.Event)
		l := link{
			id: tolls.LinkID(of, m.Actor), source: string(of), target: string(m.Actor), weight: m.Events,
			first: &first.Time, last: &last.Time,
			values: valuesOf(sharedEventAttributes(), append([]string{
				strconv.Itoa(m.Events), string(m.First), first.Time.EDTF, string(m.Last), last.Time.EDTF,
			}, sumTexts(added[tolls.LinkID(of, m.Actor)])...)...),
		}
		if err := n.addLink(l); err != nil {
			return err
		}
	}
	return nil
}

// sumTexts returns the best, low and high sums of the killed and of the wounded, "" where there is none.
func sumTexts(of sums.Sums) (all []string) {
	for _, s := range []*sums.Sum{of.Killed(), of.Wounded()} {
		if s == nil {
			all = append(all, "", "", "")
			continue
		}
		all = append(all, strconv.Itoa(s.Best), strconv.Itoa(s.Low), number(s.High))
	}
	return all
}
