package export

import (
	"cmp"
	"strconv"
	"strings"

	"casus/internal/export/tolls"
	"casus/internal/kg"
)

// events writes events, their participants, and a link from actor to event for each participation.
func (n *network) events() error {
	written := idSet{}
	added, err := n.contributions()
	if err != nil {
		return err
	}
	return n.exporter.events(func(page []kg.Event) error {
		edges, err := n.edges(page, kg.WantParticipations)
		if err != nil {
			return err
		}
		var fresh []kg.ID
		for _, e := range edges {
			for _, p := range e.Participations {
				if written.add(p.Actor) {
					fresh = append(fresh, p.Actor)
				}
			}
		}
		found, err := n.nodes(fresh)
		if err != nil {
			return err
		}
		for _, id := range fresh {
			a, ok := found[id].(kg.Actor)
			if !ok {
				a = kg.Actor{ID: id}
			}
			if err := n.addActor(a); err != nil {
				return err
			}
		}
		for i, e := range page {
			if err := n.addEvent(e, added); err != nil {
				return err
			}
			for _, p := range edges[i].Participations {
				if err := n.addLink(participation(e, p)); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

func (n *network) addEvent(e kg.Event, added tolls.Contributions) error {
	n.count("events", 1)
	contributed := ""
	if k := added.Killed(e); k != nil {
		contributed = strconv.Itoa(k.Best)
	}
	values := valuesOf(actorAttributes(), "EVENT", string(e.Category), "", names(e.Titles))
	return n.addVertex(vertex{
		id: string(e.ID), label: cmp.Or(n.name(e.Titles), string(e.ID)), time: &e.Time,
		values: append(values, valuesOf(eventAttributes(), e.Time.EDTF, string(e.Time.Precision), string(e.Category), e.Mode,
			string(e.Modality), string(e.Status), number(best(e.Toll.Killed)), contributed, strconv.Itoa(e.Sources.Voices))...),
	})
}

func participation(e kg.Event, p kg.Participation) link {
	return link{
		id:     string(e.ID) + "|" + string(p.Actor) + "|" + string(p.Role),
		source: string(p.Actor), target: string(e.ID), label: string(p.Role), kind: string(p.Role),
		first: &e.Time, last: &e.Time,
		values: valuesOf(participationAttributes(),
			string(p.Role), string(p.Side), p.Capacity, string(p.Representing), string(p.Status)),
	}
}

func names(all []kg.Name) string {
	var texts []string
	for _, n := range all {
		texts = append(texts, n.Value)
	}
	return strings.Join(texts, "; ")
}

func best(e *kg.Estimate) *int {
	if e == nil {
		return nil
	}
	return e.Best
}

func number(n *int) string {
	if n == nil {
		return ""
	}
	return strconv.Itoa(*n)
}
