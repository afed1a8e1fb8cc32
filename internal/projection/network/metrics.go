package network

import (
	"context"
	"iter"
	"math"
	"slices"

	"casus/internal/kg"
	"casus/internal/projection/network/louvain"
	"casus/internal/store/relations"
)

// The parameters of the metrics.
const (
	damping   = 0.85
	tolerance = 1e-9
	// maxRankRounds bounds the iterations of PageRank, which ends when ranks change by less than tolerance.
	maxRankRounds = 500
	// exactBetweenness is the number of nodes up to which shortest paths from every node are counted. In a larger network
	// they are counted from pivots nodes, spread evenly over the ids, and scaled up.
	exactBetweenness = 1000
	pivots           = 256
	// seedOfCommunities is fixed so that results are reproducible.
	seedOfCommunities = 1
)

// measure computes the requested metrics of all nodes.
func (w *weightedGraph) measure(ctx context.Context, wanted relations.Metric, nodes []relations.NetworkNode) error {
	if len(nodes) == 0 {
		return nil
	}
	if wanted&relations.MetricPageRank != 0 {
		ranks, err := w.pageRank(ctx, nodes)
		if err != nil {
			return err
		}
		for i := range nodes {
			nodes[i].PageRank = &ranks[i]
		}
	}
	if wanted&relations.MetricBetweenness != 0 {
		values, err := w.betweenness(ctx)
		if err != nil {
			return err
		}
		for i := range nodes {
			nodes[i].Betweenness = &values[i]
		}
	}
	if wanted&relations.MetricCommunity != 0 {
		found, err := w.communities(ctx)
		if err != nil {
			return err
		}
		for i := range nodes {
			nodes[i].Community = &found[i]
		}
	}
	return nil
}

// pageRank returns the probability that a random walk is at each node. A step follows a link in proportion to its
// weight; with probability 1 - damping, or from a node without links, it goes to any node (Page and others, 1999).
// gonum's version is not used because it starts from random numbers, so that the last digits of its results vary.
func (w *weightedGraph) pageRank(ctx context.Context, nodes []relations.NetworkNode) ([]float64, error) {
	n := len(nodes)
	rank, next := make([]float64, n), make([]float64, n)
	for i := range rank {
		rank[i] = 1 / float64(n)
	}
	for range maxRankRounds {
		if err := ctx.Err(); err != nil {
			return nil, kg.Errorf(kg.Timeout, "rank the nodes of a network: %w", err)
		}
		unlinked := 0.0 // the rank of nodes without links
		for i := range nodes {
			if nodes[i].WeightedDegree == 0 {
				unlinked += rank[i]
			}
		}
		change := 0.0
		for i := range next {
			sum := 0.0
			for _, t := range w.neighbors[i] {
				sum += rank[t.to] * float64(t.events) / float64(nodes[t.to].WeightedDegree)
			}
			next[i] = (1-damping)/float64(n) + damping*(sum+unlinked/float64(n))
			change += math.Abs(next[i] - rank[i])
		}
		if rank, next = next, rank; change < tolerance {
			break
		}
	}
	return rank, nil
}

// communities returns the number of each node's community, found by Louvain's method. The largest is 0; of equally
// large ones, the one with the smallest id comes first.
func (w *weightedGraph) communities(ctx context.Context) ([]int, error) {
	found, err := louvain.Communities(ctx, len(w.actors), func(node int) iter.Seq2[int, int] {
		return func(yield func(int, int) bool) {
			for _, t := range w.neighbors[node] {
				if !yield(t.to, t.events) {
					return
				}
			}
		}
	}, seedOfCommunities)
	if err != nil {
		return nil, kg.Errorf(kg.Timeout, "find the communities of a network: %w", err)
	}
	return found, nil
}

// betweenness returns the number of shortest paths through each node as a share of the pairs of other nodes (Brandes, A
// faster algorithm for betweenness centrality, 2001). gonum's version is not used because it cannot sample, and uses
// maps.
func (w *weightedGraph) betweenness(ctx context.Context) ([]float64, error) {
	n := len(w.actors)
	total := make([]float64, n)
	if n < 3 {
		return total, nil
	}
	sources := n
	if n > exactBetweenness {
		sources = pivots
	}
	distance, ways, share := make([]int, n), make([]float64, n), make([]float64, n)
	queue := make([]int, 0, n)
	for k := range sources {
		if err := ctx.Err(); err != nil {
			return nil, kg.Errorf(kg.Timeout, "measure a network: %w", err)
		}
		from := k * n / sources
		for i := range distance {
			distance[i], ways[i], share[i] = -1, 0, 0
		}
		distance[from], ways[from] = 0, 1
		queue = append(queue[:0], from)
		for at := 0; at < len(queue); at++ {
			v := queue[at]
			for _, t := range w.neighbors[v] {
				if distance[t.to] < 0 {
					distance[t.to] = distance[v] + 1
					queue = append(queue, t.to)
				}
				if distance[t.to] == distance[v]+1 {
					ways[t.to] += ways[v]
				}
			}
		}
		for _, v := range slices.Backward(queue) {
			for _, t := range w.neighbors[v] {
				if distance[t.to] == distance[v]+1 {
					share[v] += ways[v] / ways[t.to] * (1 + share[t.to])
				}
			}
			if v != from {
				total[v] += share[v]
			}
		}
	}
	scale := float64(n) / float64(sources) / (float64(n-1) * float64(n-2))
	for i := range total {
		total[i] *= scale
	}
	return total, nil
}
