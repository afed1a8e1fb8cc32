package cache

import (
	"context"

	"casus/internal/kg"
	"casus/internal/store"
)

// neighborCache caches the actors and locations that edges lead to, which many events share, in the default view.
type neighborCache struct {
	*Cache[kg.ID, kg.Node]
}

func newNeighborCache(maxBytes int) *neighborCache {
	return &neighborCache{New(maxBytes, sizeOfNode)}
}

// fill adds the neighbors to the prefetched data of a page. It reads neighbors that are not cached at the page's
// revision from the engine.
func (c *neighborCache) fill(ctx context.Context, engine store.Store, page store.Page[kg.Event]) error {
	found, missing := map[kg.ID]kg.Node{}, []kg.ID(nil)
	for _, p := range page.Prefetched {
		for _, id := range neighborsOf(p) {
			if _, seen := found[id]; seen {
				continue
			}
			node, at, ok := c.Get(id)
			if !ok || at != page.Revision {
				node, missing = nil, append(missing, id)
			}
			found[id] = node
		}
	}
	if len(missing) > 0 {
		nodes, err := engine.Nodes(ctx, kg.View{}, missing)
		if err != nil {
			return err
		}
		// They are as new as the page, or newer. If they are newer, the store has passed the page's revision, and nothing
		// that is cached for that revision will be served.
		c.SetRevision(page.Revision)
		for i, id := range missing {
			found[id] = nodes[i]
			if nodes[i] != nil {
				c.Put(id, nodes[i], page.Revision)
			}
		}
	}
	for _, p := range page.Prefetched {
		addNeighbors(p, found)
	}
	return nil
}

// addNeighbors adds the neighbors to an event's prefetched data, unless one of them does not exist any more.
func addNeighbors(p *store.Prefetched, found map[kg.ID]kg.Node) {
	ids := neighborsOf(p)
	nodes := make([]kg.Node, len(ids))
	for i, id := range ids {
		if nodes[i] = found[id]; nodes[i] == nil {
			return
		}
	}
	if p != nil {
		p.Neighbors, p.Requested.Neighbors = nodes, true
	}
}

// neighborsOf returns the ids that the edges of prefetched data lead to, one for each edge.
func neighborsOf(p *store.Prefetched) (ids []kg.ID) {
	if p == nil {
		return nil
	}
	for _, e := range p.Edges.Participations {
		ids = append(ids, e.Actor)
	}
	for _, e := range p.Edges.Locations {
		ids = append(ids, e.Location)
	}
	return ids
}

// sizeOfNode estimates the bytes of memory of an actor or a location.
func sizeOfNode(id kg.ID, n kg.Node) int {
	const fixed, name, other = 500, 120, 100
	bytes := fixed + len(id)
	add := func(names []kg.Name) {
		for _, n := range names {
			bytes += name + len(n.Value)
		}
	}
	switch n := n.(type) {
	case kg.Actor:
		add(n.Names)
		bytes += other * len(n.Identifiers)
	case kg.Location:
		add(n.Names)
		bytes += other * len(n.Identifiers)
	}
	return bytes
}
