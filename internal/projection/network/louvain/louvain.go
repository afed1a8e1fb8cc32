// Package louvain finds the communities of a weighted graph by Louvain's method (Blondel, Guillaume, Lambiotte and
// Lefebvre, Fast unfolding of communities in large networks, 2008).
package louvain

import (
	"cmp"
	"context"
	"iter"
	"math/rand/v2"
	"slices"
)

// Communities returns the number of each node's community: 0 for the largest; of equally large ones, the one with the
// smallest node comes first. A community is connected, and a node without links is one of its own.
//
// links returns the links of a node: the other nodes and the weights, which are positive. A link is listed at both its
// nodes. seed determines the order in which nodes are visited; equal arguments have equal results. An error is that of
// ctx.
func Communities(
	ctx context.Context, nodes int, links func(node int) iter.Seq2[int, int], seed uint64,
) ([]int, error) {
	g := newGraph(nodes, links)
	random := rand.New(rand.NewPCG(seed, 0))
	found := singletons(nodes)
	for improved := true; improved; {
		var err error
		if found, improved, err = g.improve(ctx, found, random); err != nil {
			return nil, err
		}
	}
	return bySize(found), nil
}

// singletons returns communities of one node each.
func singletons(nodes int) []int {
	all := make([]int, nodes)
	for i := range all {
		all[i] = i
	}
	return all
}

// graph is an undirected graph. The links of a node are adjacent in to and weights, and end where the next node's
// begin. Links of a node to itself count in its degree only.
type graph struct {
	begins  []int
	to      []int32
	weights []float64
	degrees []float64 // sums of weights
}

func newGraph(nodes int, links func(node int) iter.Seq2[int, int]) *graph {
	g := &graph{begins: make([]int, 1, nodes+1), degrees: make([]float64, nodes)}
	for i := range nodes {
		for to, weight := range links(i) {
			g.to, g.weights = append(g.to, int32(to)), append(g.weights, float64(weight))
			g.degrees[i] += float64(weight)
		}
		g.begins = append(g.begins, len(g.to))
	}
	return g
}

// improve moves single nodes, then whole communities, then communities of these and so on, to others while that raises
// the modularity. improved reports whether any was moved.
func (g *graph) improve(
	ctx context.Context, community []int, random *rand.Rand,
) (better []int, improved bool, err error) {
	community, improved, err = g.moveNodes(ctx, community, random.Perm(g.nodes()))
	if err != nil {
		return nil, false, err
	}
	count := g.splitUnconnected(community)
	if count == g.nodes() {
		return community, improved, nil
	}
	merged, mergedMore, err := g.mergeNodes(community, count).improve(ctx, singletons(count), random)
	if err != nil {
		return nil, false, err
	}
	for i, c := range community {
		community[i] = merged[c]
	}
	return community, improved || mergedMore, nil
}

func (g *graph) nodes() int { return len(g.degrees) }

// links returns the links of a node.
func (g *graph) links(node int) (to []int32, weights []float64) {
	begin, end := g.begins[node], g.begins[node+1]
	return g.to[begin:end], g.weights[begin:end]
}

// moveNodes moves nodes to the communities of neighbors while that raises the modularity. It visits them in the given
// order.
func (g *graph) moveNodes(ctx context.Context, community, order []int) (better []int, improved bool, err error) {
	total := make([]float64, g.nodes()) // the degrees of each community's nodes
	all := 0.0
	for i, degree := range g.degrees {
		total[community[i]] += degree
		all += degree
	}
	near := newSums(g.nodes()) // the weights of a node's links to each community
	for moved := true; moved; improved = improved || moved {
		moved = false
		for _, i := range order {
			if err := ctx.Err(); err != nil {
				return nil, false, err
			}
			near.clear()
			to, weights := g.links(i)
			for k, other := range to {
				near.add(community[other], weights[k])
			}
			own, degree := community[i], g.degrees[i]
			total[own] -= degree
			// gain is half the sum of all weights times what joining a community adds to the modularity.
			gain := func(c int) float64 { return near.of[c] - total[c]*degree/all }
			best, least := own, gain(own)
			for _, c := range near.keys {
				// Without a margin for rounding, a node might move back and forth forever.
				if g := gain(c); g > least+1e-12*degree {
					best, least = c, g
				}
			}
			total[best] += degree
			if best != own {
				community[i], moved = best, true
			}
		}
	}
	return community, improved, nil
}

// splitUnconnected makes each connected part of a community one of its own, which raises the modularity, and returns
// the number of communities, which are then consecutive.
func (g *graph) splitUnconnected(community []int) (count int) {
	part := make([]int, g.nodes())
	for i := range part {
		part[i] = -1
	}
	var reached []int
	for start := range part {
		if part[start] >= 0 {
			continue
		}
		part[start] = count
		for reached = append(reached[:0], start); len(reached) > 0; {
			i := reached[len(reached)-1]
			reached = reached[:len(reached)-1]
			to, _ := g.links(i)
			for _, other := range to {
				if part[other] < 0 && community[other] == community[i] {
					part[other] = count
					reached = append(reached, int(other))
				}
			}
		}
		count++
	}
	copy(community, part)
	return count
}

// mergeNodes returns the graph whose nodes are the communities.
func (g *graph) mergeNodes(community []int, count int) *graph {
	members := make([][]int, count)
	for i, c := range community {
		members[c] = append(members[c], i)
	}
	merged := &graph{begins: make([]int, 1, count+1), degrees: make([]float64, count)}
	near := newSums(count)
	for c := range count {
		near.clear()
		for _, i := range members[c] {
			merged.degrees[c] += g.degrees[i]
			to, weights := g.links(i)
			for k, other := range to {
				if o := community[other]; o != c {
					near.add(o, weights[k])
				}
			}
		}
		for _, o := range near.keys {
			merged.to, merged.weights = append(merged.to, int32(o)), append(merged.weights, near.of[o])
		}
		merged.begins = append(merged.begins, len(merged.to))
	}
	return merged
}

// sums holds a sum of positive numbers for each key, 0 for keys that are not listed.
type sums struct {
	of   []float64
	keys []int
}

func newSums(keys int) *sums { return &sums{of: make([]float64, keys)} }

func (s *sums) add(key int, number float64) {
	if s.of[key] == 0 {
		s.keys = append(s.keys, key)
	}
	s.of[key] += number
}

func (s *sums) clear() {
	for _, key := range s.keys {
		s.of[key] = 0
	}
	s.keys = s.keys[:0]
}

// bySize numbers communities by size and smallest node.
func bySize(community []int) []int {
	count := slices.Max(append(community, -1)) + 1
	sizes, first, order := make([]int, count), make([]int, count), singletons(count)
	for i, c := range slices.Backward(community) {
		sizes[c]++
		first[c] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(sizes[b], sizes[a]), cmp.Compare(first[a], first[b]))
	})
	number := make([]int, count)
	for n, c := range order {
		number[c] = n
	}
	for i, c := range community {
		community[i] = number[c]
	}
	return community
}
