package network

import (
	"cmp"
	"context"
	"slices"

	"casus/internal/kg"
	"casus/internal/store/relations"
)

func (w *weightedGraph) id(node int) kg.ID { return w.graph.actors.ids[w.actors[node]] }

// nodes returns all nodes, without metrics.
func (w *weightedGraph) nodes() []relations.NetworkNode {
	all := make([]relations.NetworkNode, len(w.actors))
	for i := range all {
		all[i] = relations.NetworkNode{Actor: w.id(i), Events: w.events[i], Degree: len(w.neighbors[i])}
		for _, t := range w.neighbors[i] {
			all[i].WeightedDegree += t.events
		}
	}
	return all
}

// network returns the seeds and the heaviest nodes, with metrics of the whole network.
func (w *weightedGraph) network(ctx context.Context, q relations.NetworkQuery) (relations.Network, error) {
	n := relations.Network{TotalNodes: len(w.actors), TotalLinks: w.linkCount}
	all := w.nodes()
	if err := w.measure(ctx, q.Metrics, all); err != nil {
		return n, err
	}
	order, rank := make([]int, len(all)), make([]int, len(all)) // seeds have the first rank
	for i := range order {
		order[i] = i
		if rank[i] = 1; slices.Contains(q.Seeds, all[i].Actor) {
			rank[i] = 0
		}
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(
			cmp.Compare(rank[a], rank[b]),
			cmp.Compare(all[b].WeightedDegree, all[a].WeightedDegree),
			cmp.Compare(a, b),
		)
	})
	order = order[:min(q.Limit, len(order))]
	for _, i := range order {
		n.Nodes = append(n.Nodes, all[i])
	}
	maxLinks := q.Limit * relations.LinksPerNode
	if q.MaxLinks != nil {
		maxLinks = *q.MaxLinks
	}
	n.Links = w.heaviest(order, maxLinks)
	n.Truncated = len(n.Nodes) < n.TotalNodes || len(n.Links) < n.TotalLinks
	return n, nil
}

// heaviest returns at most limit of the links between nodes.
func (w *weightedGraph) heaviest(nodes []int, limit int) (links []relations.NetworkLink) {
	position := make([]int, len(w.actors)) // in nodes, from 1
	for i, node := range nodes {
		position[node] = i + 1
	}
	type numbered struct {
		from int
		weight
	}
	var all []numbered
	for _, i := range nodes {
		for _, t := range w.neighbors[i] {
			if i < t.to && position[t.to] > 0 {
				all = append(all, numbered{i, t})
			}
		}
	}
	slices.SortFunc(all, func(a, b numbered) int { // numbers are in the order of ids
		return cmp.Or(cmp.Compare(b.events, a.events), cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to))
	})
	for _, l := range all[:min(len(all), limit)] {
		links = append(links, relations.NetworkLink{
			Meetings:    w.link(l.from, l.weight),
			SourceIndex: position[l.from] - 1, TargetIndex: position[l.to] - 1,
		})
	}
	return links
}

func (w *weightedGraph) link(from int, t weight) relations.Meetings {
	m := relations.Meetings{Source: w.id(from), Target: w.id(t.to), Weight: t.events}
	if t.first >= 0 {
		m.First, m.Last = w.filteredGraph.events.ids[t.first], w.filteredGraph.events.ids[t.last]
	}
	return m
}
