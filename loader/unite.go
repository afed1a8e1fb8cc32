package loader

import (
	"context"
	"reflect"

	"casus/internal/kg"
)

// echo is a node or claim of another record that says again, or adds to, what an item says. It is counted with the item.
type echo struct {
	raw   raw
	id    kg.ID
	batch kg.Batch
	// same: neither the input so far nor the store learns anything from it.
	same bool
}

// unite makes one of all records of one node, and of all that make one claim. The first takes in what the others add.
func (l *load) unite(ctx context.Context) error {
	nodes, claims := map[kg.ID]*item{}, map[kg.ID]*item{}
	for _, it := range l.live() {
		if it.hasNode() {
			if first := nodes[it.id]; first == nil {
				nodes[it.id] = it
			} else {
				same, _ := first.absorb(it) // they agree
				first.echoes = append(first.echoes, echo{it.raw, it.id, it.batch, same})
				it.batch = kg.Batch{Claims: it.batch.Claims}
			}
		}
		var own []kg.Claim
		for _, c := range it.batch.Claims {
			if first := claims[c.ID]; first != nil {
				first.echoes = append(first.echoes, echo{raw: it.raw, id: c.ID, same: true})
				continue
			}
			claims[c.ID] = it
			own = append(own, c)
			for _, s := range c.Spans {
				l.report.Spans[s.State]++
			}
		}
		it.batch.Claims = own
		it.dead = it.batch.Size() == 0
	}
	return l.compareEchoes(ctx)
}

// compareEchoes finds the further records of nodes that say nothing the store does not.
func (l *load) compareEchoes(ctx context.Context) error {
	var ids []kg.ID
	for _, it := range l.live() {
		for _, e := range it.echoes {
			if !e.same {
				ids = append(ids, e.id)
			}
		}
	}
	stored := map[kg.ID]kg.Node{}
	if err := l.ask(ctx, ids, func(n kg.Node) { stored[n.NodeID()] = n }); err != nil {
		return err
	}
	for id, r := range l.stored {
		stored[id] = releaseNode{r}
	}
	for _, it := range l.live() {
		for i, e := range it.echoes {
			it.echoes[i].same = e.same || covers(stored[e.id], e.batch)
		}
	}
	return nil
}

// releaseNode lets a release stand among nodes.
type releaseNode struct{ kg.Release }

func (releaseNode) IsNode() {}

func (it *item) hasNode() bool { return it.batch.Size() > len(it.batch.Claims) }

func (l *load) live() []*item {
	var all []*item
	for _, it := range l.items {
		if !it.dead {
			all = append(all, it)
		}
	}
	return all
}

// covers says whether what is stored of a node says all that a record does.
func covers(stored kg.Node, b kg.Batch) bool {
	switch n := stored.(type) {
	case kg.Actor:
		return len(b.Actors) > 0 && addsNothing(n, b.Actors[0], kg.MergeActor)
	case kg.Location:
		return len(b.Locations) > 0 && addsNothing(n, b.Locations[0], kg.MergeLocation)
	case kg.Document:
		return len(b.Documents) > 0 && addsNothing(n, b.Documents[0], kg.MergeDocument)
	case kg.Affiliation:
		n.Claims = nil
		return len(b.Affiliations) > 0 && addsNothing(n, b.Affiliations[0], kg.MergeAffiliation)
	case releaseNode:
		return len(b.Releases) > 0 && addsNothing(n.Release, b.Releases[0], kg.MergeRelease)
	}
	return false
}

// addsNothing: the union is what was there.
func addsNothing[T any](stored, given T, merge func(a, b T) (T, []kg.Disagreement)) bool {
	united, _ := merge(stored, given)
	return reflect.DeepEqual(united, stored)
}
