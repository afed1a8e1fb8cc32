package export

import (
	"strconv"

	"casus/internal/kg"
	"casus/internal/store"
)

// actorBatch is how many actors are asked at once for those that they met: a page for each.
const actorBatch = 20

// actors draws the actors that share an event with another, and a link between each two, weighted by how many events they
// share. Which events and roles count is the rule of kg.CoParticipantQuery.
func (n *network) actors() error {
	var filter *store.ActorFilter
	if n.Filter != nil {
		filter = &store.ActorFilter{InEvents: n.Filter}
	}
	q := store.ActorQuery{View: n.View, Filter: filter, Order: (*store.ActorOrder)(nil).Normalize(), Window: store.Window{Limit: actorBatch}}
	for {
		pages, err := n.src.Actors(n.ctx, q)
		if err != nil {
			return err
		}
		p := pages[0]
		if len(p.Items) > 0 {
			if err := n.addActors(p.Items); err != nil {
				return err
			}
			if _, err := n.out.Write(nil); err != nil {
				return err
			}
		}
		if !p.HasNext || len(p.Items) == 0 {
			return nil
		}
		q.Window.After = &p.Positions[len(p.Positions)-1]
	}
}

// addActors draws those of some actors that share an event with another, and the links to those whose id comes after theirs.
func (n *network) addActors(actors []kg.Actor) error {
	q := store.CoParticipantQuery{View: n.View, Actors: idsOf(actors), Filter: n.Filter, Roles: n.Roles, Window: store.Window{Limit: pageSize}}
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
			if err := n.addLinks(a.ID, p.Items); err != nil {
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

func (n *network) addLinks(of kg.ID, met []store.CoParticipant) error {
	var meetings []kg.ID
	for _, m := range met {
		if of < m.Actor {
			meetings = append(meetings, m.First, m.Last)
		}
	}
	found, err := n.nodes(meetings)
	if err != nil {
		return err
	}
	for _, m := range met {
		if m.Actor <= of {
			continue
		}
		first, _ := found[m.First].(kg.Event)
		last, _ := found[m.Last].(kg.Event)
		l := link{
			id: string(of) + "|" + string(m.Actor), source: string(of), target: string(m.Actor), weight: m.Events,
			first: &first.Time, last: &last.Time,
			values: valuesOf(sharedEventAttributes(), strconv.Itoa(m.Events), string(m.First), first.Time.EDTF, string(m.Last), last.Time.EDTF),
		}
		if err := n.addLink(l); err != nil {
			return err
		}
	}
	return nil
}
