package apply

import (
	"context"
	"maps"
	"slices"

	"casus/internal/kg"
)

// Links maps nodes to the nodes directly above them: locations to their parents, documents to their originals.
type Links map[kg.ID][]kg.ID

// chains describes a relation in which no node may lie above itself, directly or through others, and no more than
// kg.MaxChain nodes may lie above one another.
type chains struct {
	kind kg.NodeKind
	// changed are the new links, and stored the nodes that were stored with other links before.
	changed Links
	stored  []kg.ID
	field   string
	problem string
	unit    string
}

// checkChains rejects a batch after which a location would lie in itself, or a document reprint itself, directly or
// through others, or after which a chain would be too long.
func (r *run) checkChains(ctx context.Context) error {
	within := chains{
		kind: kg.KindLocation, changed: Links{}, stored: r.movedLocations,
		field: "parents", problem: "it would lie in itself", unit: "places above one another",
	}
	for _, l := range r.parentChanges {
		within.changed[l.ID] = l.Parents
	}
	reprints := chains{
		kind: kg.KindDocument, changed: Links{}, stored: r.movedDocuments,
		field: "syndicates", problem: "it would reprint itself", unit: "documents that reprint one another",
	}
	for _, d := range r.syndicationChanges {
		if d.Syndicates != "" {
			reprints.changed[d.ID] = []kg.ID{d.Syndicates}
		}
	}
	for _, c := range []chains{within, reprints} {
		if err := r.checkChain(ctx, c); err != nil {
			return err
		}
	}
	return nil
}

func (r *run) checkChain(ctx context.Context, c chains) error {
	if len(c.changed) == 0 {
		return nil
	}
	links, err := r.linksAround(ctx, c)
	if err != nil {
		return err
	}
	walk := chainWalk{links: links, heights: map[kg.ID]int{}}
	for _, id := range slices.Sorted(maps.Keys(links)) {
		cycle := walk.visit(id)
		slices.Sort(cycle)
		for _, member := range cycle {
			if _, changed := c.changed[member]; changed {
				return kg.Errorf(kg.BadInput, "%s: %s: %s", member, c.field, c.problem)
			}
		}
	}
	longest := 0
	for _, n := range walk.heights {
		longest = max(longest, n)
	}
	if longest <= kg.MaxChain {
		return nil
	}
	changed := slices.Sorted(maps.Keys(c.changed))
	at := changed[0] // unless a stored chain below a changed node is the longest
	if i := slices.IndexFunc(changed, func(id kg.ID) bool { return walk.heights[id] > kg.MaxChain }); i >= 0 {
		at = changed[i]
	}
	return kg.Errorf(kg.BadInput, "%s: %w", at,
		&kg.BoundError{Field: c.field, Size: longest, Bound: kg.MaxChain, Unit: c.unit})
}

// linksAround returns the changed links and the stored ones that may form a chain or a cycle with them. The stored ones
// are not read if only new nodes have links and there are too few nodes for a chain that is too long.
func (r *run) linksAround(ctx context.Context, c chains) (Links, error) {
	links := maps.Clone(c.changed)
	if len(c.stored) == 0 {
		if short, err := r.FewerThan(ctx, c.kind, kg.MaxChain-len(c.changed)+1); short || err != nil {
			return links, err
		}
	} else {
		below, err := r.LinksBelow(ctx, c.kind, c.stored)
		if err != nil {
			return nil, err
		}
		links.add(below)
	}
	// One read returns all stored links above a node; a changed link that leads to other stored nodes takes another read.
	for missing := links.missing(); len(missing) > 0; missing = links.missing() {
		above, err := r.LinksAbove(ctx, c.kind, missing)
		if err != nil {
			return nil, err
		}
		links.add(above)
		for _, id := range missing {
			links.add(Links{id: nil})
		}
	}
	return links, nil
}

// add adds links of nodes that have none yet.
func (l Links) add(more Links) {
	for id, above := range more {
		if _, known := l[id]; !known {
			l[id] = above
		}
	}
}

// missing returns the nodes whose links are not known, sorted.
func (l Links) missing() []kg.ID {
	missing := map[kg.ID]bool{}
	for _, above := range l {
		for _, id := range above {
			if _, known := l[id]; !known {
				missing[id] = true
			}
		}
	}
	return sorted(missing)
}

// chainWalk computes the number of nodes in the longest chain above each node, including the node. It does not recurse,
// since chains are long.
type chainWalk struct {
	links   Links
	heights map[kg.ID]int // 0 while a node is on the path
	path    []kg.ID
	next    []int // the next link of each node of the path
}

// visit visits a node and all above it. It returns the nodes of a cycle if there is one.
func (w *chainWalk) visit(id kg.ID) (cycle []kg.ID) {
	if _, seen := w.heights[id]; seen {
		return nil
	}
	w.path, w.next = append(w.path[:0], id), append(w.next[:0], 0)
	w.heights[id] = 0
	for len(w.path) > 0 {
		top := len(w.path) - 1
		above := w.links[w.path[top]]
		if w.next[top] == len(above) {
			height := 0
			for _, up := range above {
				height = max(height, w.heights[up])
			}
			w.heights[w.path[top]] = height + 1
			w.path, w.next = w.path[:top], w.next[:top]
			continue
		}
		up := above[w.next[top]]
		w.next[top]++
		switch height, seen := w.heights[up]; {
		case !seen:
			w.heights[up] = 0
			w.path, w.next = append(w.path, up), append(w.next, 0)
		case height == 0:
			return slices.Clone(w.path[slices.Index(w.path, up):])
		}
	}
	return nil
}

// LinksByRecord returns the links of nodes and of all above them, for an engine that holds its records in memory.
func LinksByRecord(ids []kg.ID, above func(kg.ID) []kg.ID) Links {
	links := Links{}
	for todo := slices.Clone(ids); len(todo) > 0; {
		id := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if _, known := links[id]; !known {
			links[id] = above(id)
			todo = append(todo, links[id]...)
		}
	}
	return links
}
