package network

import (
	"cmp"
	"context"
	"slices"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// maxLinks bounds the memory of a network, far above what can be drawn.
const maxLinks = 2_000_000

// weightedGraph is a selected network. Its nodes are numbered in the order of their ids. Each link is listed at both
// its nodes, in the order of the other node's number.
type weightedGraph struct {
	*filteredGraph
	actors    []uint32
	events    []int
	neighbors [][]weight
	linkCount int
}

// weight counts the events that a node shares with the node to.
type weight struct {
	to, events int
	// first and last are the shared events that start first and last; -1 if no start is known.
	first, last int64
}

// Network returns the weighted network of the selected events.
func (n *Networks) Network(ctx context.Context, q store.NetworkQuery) (store.Network, error) {
	var found store.Network
	if err := q.Check(); err != nil {
		return found, err
	}
	q.View = q.Filter.InView(q.View)
	err := n.withGraph(ctx, q.View, q.Filter, q.Roles, func(l *filteredGraph) error {
		numbers, err := n.actorNumbers(ctx, l.graph, q.View, q.Seeds)
		if err != nil {
			return err
		}
		if q.Seeds != nil {
			seeds := []kg.ID{} // as the view merges them
			for _, id := range q.Seeds {
				if a, known := numbers[id]; known {
					seeds = append(seeds, l.actors.ids[a])
				}
			}
			q.Seeds = seeds
		}
		w, err := l.weigh(ctx, q)
		if err != nil {
			return err
		}
		found, err = w.network(ctx, q)
		return err
	})
	return found, err
}

// counter counts the events that one actor shares with each other.
type counter struct {
	l         *filteredGraph
	neighbors []uint32
	weights   []weight // by actor; to holds the stamp
	stamp     int
}

// countActor returns the number of an actor's events, and sets neighbors and their weights.
func (c *counter) countActor(a uint32) (events int) {
	c.stamp++
	c.neighbors = c.neighbors[:0]
	for e, links := range c.l.eventsOf(a) {
		events++
		for i := range links {
			other := links[i].actor
			if other != a && c.l.counts(&links[i]) && !c.l.takesPart(links[:i], other) { // once, even with several roles
				c.add(other, e)
			}
		}
	}
	return events
}

func (c *counter) add(other, e uint32) {
	w := &c.weights[other]
	if w.to != c.stamp {
		*w = weight{to: c.stamp, first: -1, last: -1}
		c.neighbors = append(c.neighbors, other)
	}
	w.events++
	if c.l.starts[e] == edtf.EndOfTime {
		return
	}
	if w.first < 0 || c.l.eventBefore(e, uint32(w.first)) {
		w.first = int64(e)
	}
	if w.last < 0 || c.l.eventBefore(uint32(w.last), e) {
		w.last = int64(e)
	}
}

// eventBefore reports whether event a comes before b by start and id.
func (l *filteredGraph) eventBefore(a, b uint32) bool {
	return cmp.Or(cmp.Compare(l.starts[a], l.starts[b]), cmp.Compare(l.events.ids[a], l.events.ids[b])) < 0
}

// weigh selects the actors of a network and counts the events they share.
func (l *filteredGraph) weigh(ctx context.Context, q store.NetworkQuery) (*weightedGraph, error) {
	c := &counter{l: l, weights: make([]weight, len(l.actors.ids))}
	chosen := map[uint32]bool{}
	if q.Seeds == nil {
		for a := range l.actors.ids {
			chosen[uint32(a)] = true
		}
	}
	seeds := map[uint32]bool{}
	var frontier []uint32
	for _, id := range q.Seeds {
		if a, known := l.actors.by[id]; known && !seeds[a] {
			seeds[a], chosen[a] = true, true
			frontier = append(frontier, a)
		}
	}
	for range q.Hops {
		var next []uint32
		for _, a := range frontier {
			if err := ctx.Err(); err != nil {
				return nil, kg.Errorf(kg.Timeout, "select a network: %w", err)
			}
			c.countActor(a)
			for _, other := range c.neighbors {
				if c.weights[other].events >= q.MinWeight && !chosen[other] {
					chosen[other] = true
					next = append(next, other)
				}
			}
		}
		frontier = next
	}
	w := &weightedGraph{filteredGraph: l}
	for a := range chosen {
		w.actors = append(w.actors, a)
	}
	slices.SortFunc(w.actors, func(a, b uint32) int { return cmp.Compare(l.graph.actors.ids[a], l.graph.actors.ids[b]) })
	number := make(map[uint32]int, len(w.actors))
	for i, a := range w.actors {
		number[a] = i
	}
	w.events, w.neighbors = make([]int, len(w.actors)), make([][]weight, len(w.actors))
	for i, a := range w.actors {
		if err := ctx.Err(); err != nil {
			return nil, kg.Errorf(kg.Timeout, "weigh a network: %w", err)
		}
		w.events[i] = c.countActor(a)
		for _, other := range c.neighbors {
			if to, in := number[other]; in && c.weights[other].events >= q.MinWeight {
				t := c.weights[other]
				t.to = to
				w.neighbors[i] = append(w.neighbors[i], t)
				w.linkCount++
			}
		}
		slices.SortFunc(w.neighbors[i], func(a, b weight) int { return cmp.Compare(a.to, b.to) })
		if w.linkCount > 2*maxLinks {
			return nil, kg.Errorf(kg.LimitExceeded,
				"the network has more than %d links: select fewer events, or a greater minWeight", maxLinks)
		}
	}
	w.linkCount /= 2
	w.dropUnlinked(seeds)
	return w, nil
}

// dropUnlinked removes actors without links, except seeds.
func (w *weightedGraph) dropUnlinked(seeds map[uint32]bool) {
	number, count := make([]int, len(w.actors)), 0
	for i, a := range w.actors {
		if number[i] = count; len(w.neighbors[i]) > 0 || seeds[a] {
			w.actors[count], w.events[count], w.neighbors[count] = a, w.events[i], w.neighbors[i]
			count++
		}
	}
	w.actors, w.events, w.neighbors = w.actors[:count], w.events[:count], w.neighbors[:count]
	for _, neighbors := range w.neighbors {
		for i := range neighbors {
			neighbors[i].to = number[neighbors[i].to]
		}
	}
}

func (w *weightedGraph) id(node int) kg.ID { return w.graph.actors.ids[w.actors[node]] }

// network returns the seeds and the heaviest nodes, with metrics of the whole network.
func (w *weightedGraph) network(ctx context.Context, q store.NetworkQuery) (store.Network, error) {
	n := store.Network{TotalNodes: len(w.actors), TotalLinks: w.linkCount}
	all := make([]store.NetworkNode, len(w.actors))
	for i := range all {
		all[i] = store.NetworkNode{Actor: w.id(i), Events: w.events[i], Degree: len(w.neighbors[i])}
		for _, t := range w.neighbors[i] {
			all[i].WeightedDegree += t.events
		}
	}
	if err := w.measure(ctx, q.Metrics, all); err != nil {
		return n, err
	}
	seed := map[kg.ID]bool{}
	for _, id := range q.Seeds {
		seed[id] = true
	}
	first := func(id kg.ID) int {
		if seed[id] {
			return 0
		}
		return 1
	}
	order := make([]int, len(all))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(
			cmp.Compare(first(all[a].Actor), first(all[b].Actor)),
			cmp.Compare(all[b].WeightedDegree, all[a].WeightedDegree),
			cmp.Compare(a, b),
		)
	})
	order = order[:min(q.Limit, len(order))]
	selected := make([]bool, len(all))
	for _, i := range order {
		selected[i] = true
		n.Nodes = append(n.Nodes, all[i])
	}
	for _, i := range order {
		for _, t := range w.neighbors[i] {
			if i < t.to && selected[t.to] {
				n.Links = append(n.Links, w.link(i, t))
			}
		}
	}
	slices.SortFunc(n.Links, func(a, b store.NetworkLink) int {
		return cmp.Or(cmp.Compare(b.Weight, a.Weight), cmp.Compare(a.Source, b.Source), cmp.Compare(a.Target, b.Target))
	})
	n.Links = n.Links[:min(len(n.Links), q.Limit*store.LinksPerNode)]
	n.Truncated = len(n.Nodes) < n.TotalNodes || len(n.Links) < n.TotalLinks
	return n, nil
}

func (w *weightedGraph) link(from int, t weight) store.NetworkLink {
	l := store.NetworkLink{Source: w.id(from), Target: w.id(t.to), Weight: t.events}
	if t.first >= 0 {
		l.First, l.Last = w.filteredGraph.events.ids[t.first], w.filteredGraph.events.ids[t.last]
	}
	return l
}
