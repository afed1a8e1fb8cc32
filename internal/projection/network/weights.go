package network

import (
	"cmp"
	"context"
	"slices"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store/relations"
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
func (n *Networks) Network(ctx context.Context, q relations.NetworkQuery) (relations.Network, error) {
	var found relations.Network
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
		if found, err = w.network(ctx, q); err != nil {
			return err
		}
		ends := make([][2]uint32, len(found.Links))
		for i, link := range found.Links {
			ends[i] = [2]uint32{l.actors.by[link.Source], l.actors.by[link.Target]}
		}
		if q.Statuses {
			counts, err := l.countStatuses(ctx, ends)
			if err != nil {
				return err
			}
			for i := range found.Links {
				found.Links[i].Statuses = counts[i]
			}
		}
		added, err := n.sumMeetings(ctx, l, q.View, q.Sums, ends)
		for i := range added {
			found.Links[i].Sums = added[i]
		}
		return err
	})
	return found, err
}

// counter counts the events that one actor shares with each other.
type counter struct {
	l         *filteredGraph
	neighbors []uint32
	weights   []weight // by actor; to holds the stamp
	latest    []uint32 // the event that was counted last, by actor
	stamp     int
}

func newCounter(l *filteredGraph) *counter {
	n := len(l.actors.ids)
	return &counter{l: l, weights: make([]weight, n), latest: make([]uint32, n)}
}

// countActor returns the number of an actor's events, and sets neighbors and their weights.
func (c *counter) countActor(a uint32) (events int) {
	c.stamp++
	c.neighbors = c.neighbors[:0]
	for e, links := range c.l.eventsOf(a) {
		events++
		for i := range links {
			if other := links[i].actor; other != a && c.l.counts(&links[i]) {
				c.add(other, e)
			}
		}
	}
	return events
}

// add counts an event that is shared with another actor, once even if that one has several roles in it.
func (c *counter) add(other, e uint32) {
	w := &c.weights[other]
	if w.to != c.stamp {
		*w = weight{to: c.stamp, first: -1, last: -1}
		c.neighbors = append(c.neighbors, other)
	} else if c.latest[other] == e {
		return
	}
	c.latest[other] = e
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
func (l *filteredGraph) weigh(ctx context.Context, q relations.NetworkQuery) (*weightedGraph, error) {
	c := newCounter(l)
	chosen := make([]bool, len(l.actors.ids))
	if q.Seeds == nil {
		for a := range chosen {
			chosen[a] = true
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
	for a, in := range chosen {
		if in {
			w.actors = append(w.actors, uint32(a))
		}
	}
	slices.SortFunc(w.actors, func(a, b uint32) int { return cmp.Compare(l.graph.actors.ids[a], l.graph.actors.ids[b]) })
	number := make([]int, len(chosen)) // of chosen actors
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
			if t := c.weights[other]; chosen[other] && t.events >= q.MinWeight {
				t.to = number[other]
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
