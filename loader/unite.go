package loader

import (
	"context"
	"slices"

	"casus/internal/kg"
)

// unite makes one of all records of one node, and of all that make one claim. The first takes in what the others add.
func (l *load) unite(context.Context) error {
	nodes, claims := make(map[kg.ID]*item, len(l.items)), make(map[kg.ID]*item, len(l.items))
	for _, it := range l.live() {
		if it.hasNode() {
			l.uniteNode(it, nodes)
		}
		own := it.batch.Claims[:0]
		for _, c := range it.batch.Claims {
			if claims[c.ID] != nil {
				l.echoes[c.ID] = append(l.echoes[c.ID], it)
				continue
			}
			claims[c.ID] = it
			own, it.own = append(own, c), append(it.own, c.ID)
			for _, s := range c.Spans {
				l.report.Spans[s.State]++
			}
		}
		it.batch.Claims = own
	}
	return nil
}

func (l *load) uniteNode(it *item, nodes map[kg.ID]*item) {
	first := nodes[it.id]
	if first == nil {
		nodes[it.id] = it
		it.own = append(it.own, it.id)
		return
	}
	first.ownNodes()
	same, found := first.absorb(it)
	l.report.disagreed(found)
	if !same {
		it.own = append(it.own, it.id)
	}
	l.echoes[it.id] = append(l.echoes[it.id], it)
	it.batch = kg.Batch{Claims: it.batch.Claims}
}

// ownNodes gives the item nodes of its own, which may be changed.
func (it *item) ownNodes() {
	if it.united {
		return
	}
	it.united = true
	b := &it.batch
	b.Actors, b.Locations, b.Documents = slices.Clone(b.Actors), slices.Clone(b.Locations), slices.Clone(b.Documents)
	b.Releases, b.Affiliations, b.Identities = slices.Clone(b.Releases), slices.Clone(b.Affiliations), slices.Clone(b.Identities)
}

func (it *item) hasNode() bool { return it.batch.Size() > len(it.batch.Claims) }
