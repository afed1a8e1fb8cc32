package louvain

import (
	"context"
	"errors"
	"iter"
	"math/rand/v2"
	"slices"
	"testing"
)

// testGraph has the weights of links by their nodes, each link twice.
type testGraph []map[int]int

func newTestGraph(nodes int) testGraph {
	g := make(testGraph, nodes)
	for i := range g {
		g[i] = map[int]int{}
	}
	return g
}

func (g testGraph) link(a, b, weight int) { g[a][b], g[b][a] = weight, weight }

// clique links all nodes from first until before last.
func (g testGraph) clique(first, last int) {
	for a := first; a < last; a++ {
		for b := first; b < a; b++ {
			g.link(a, b, 1)
		}
	}
}

// generate returns a graph with as many links, of which a share is between any nodes and the others within groups.
func generate(seed uint64, nodes, links, groups int, mixing float64) testGraph {
	r := rand.New(rand.NewPCG(seed, 9))
	g := newTestGraph(nodes)
	for count := 0; count < links; {
		a, b := r.IntN(nodes), r.IntN(nodes)
		if r.Float64() >= mixing {
			b = b - b%groups + a%groups
		}
		if b < nodes && a != b && g[a][b] == 0 {
			g.link(a, b, 1+r.IntN(4))
			count++
		}
	}
	return g
}

func (g testGraph) communities(t testing.TB, seed uint64) []int {
	t.Helper()
	found, err := Communities(t.Context(), len(g), g.links, seed)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func (g testGraph) links(node int) iter.Seq2[int, int] {
	others := make([]int, 0, len(g[node]))
	for other := range g[node] {
		others = append(others, other)
	}
	slices.Sort(others)
	return func(yield func(int, int) bool) {
		for _, other := range others {
			if !yield(other, g[node][other]) {
				return
			}
		}
	}
}

// modularity sums over all pairs of nodes, by the definition of Newman and Girvan.
func (g testGraph) modularity(community []int) (q float64) {
	degrees, all := make([]float64, len(g)), 0.0
	for i, links := range g {
		for _, w := range links {
			degrees[i] += float64(w)
		}
		all += degrees[i]
	}
	for a := range g {
		for b := range g {
			if community[a] == community[b] && all > 0 {
				q += float64(g[a][b])/all - degrees[a]*degrees[b]/all/all
			}
		}
	}
	return q
}

func TestKnownCommunities(t *testing.T) {
	bridge := newTestGraph(8)
	bridge.clique(0, 5)
	bridge.clique(5, 8)
	bridge.link(4, 5, 1)
	square := newTestGraph(4) // weights alone tell which sides belong together
	square.link(0, 3, 5)
	square.link(1, 2, 5)
	square.link(0, 1, 1)
	square.link(2, 3, 1)
	alone := newTestGraph(5)
	alone.clique(2, 5)
	equal := newTestGraph(6)
	equal.clique(3, 6)
	equal.clique(0, 3)
	for _, c := range []struct {
		name string
		g    testGraph
		want []int
	}{
		{"nothing", nil, []int{}},
		{"no links", newTestGraph(3), []int{0, 1, 2}},
		{"two cliques joined by one link", bridge, []int{0, 0, 0, 0, 0, 1, 1, 1}},
		{"weights", square, []int{0, 1, 1, 0}},
		{"nodes without links", alone, []int{1, 2, 0, 0, 0}},
		{"unconnected", equal, []int{0, 0, 0, 1, 1, 1}},
	} {
		for seed := range uint64(20) {
			if got := c.g.communities(t, seed); !slices.Equal(got, c.want) {
				t.Errorf("%s: %v, want %v", c.name, got, c.want)
			}
		}
	}
}

// TestResolutionLimit finds in a ring of thirty cliques what has a greater modularity than the cliques (Fortunato and
// Barthélemy, Resolution limit in community detection, 2007).
func TestResolutionLimit(t *testing.T) {
	const cliques, size = 30, 5
	g, each := newTestGraph(cliques*size), make([]int, cliques*size)
	for c := range cliques {
		g.clique(c*size, (c+1)*size)
		g.link(c*size, (c*size+size+1)%len(g), 1)
	}
	for i := range each {
		each[i] = i / size
	}
	if got, least := g.modularity(g.communities(t, 1)), g.modularity(each); got <= least {
		t.Errorf("the modularity is %f, the cliques have %f", got, least)
	}
}

// TestLocalOptimum checks in generated graphs that communities are connected, and that neither moving a node to another
// community or to a new one, nor merging two communities raises the modularity.
func TestLocalOptimum(t *testing.T) {
	for seed := range uint64(12) {
		g := generate(seed, 40, 60+10*int(seed), 4, 0.1*float64(seed%8))
		found := g.communities(t, seed)
		best := g.modularity(found) + 1e-9
		if least := g.modularity(singletons(len(g))); best < least {
			t.Errorf("seed %d: the modularity is %f, that of single nodes %f", seed, best, least)
		}
		count := slices.Max(found) + 1
		for i, own := range found {
			if !connected(g, found, own) {
				t.Errorf("seed %d: community %d is not connected", seed, own)
			}
			for c := range count {
				found[i] = c
				if q := g.modularity(found); q > best {
					t.Errorf("seed %d: node %d in community %d, not %d: %f instead of %f", seed, i, c, own, q, best)
				}
			}
			found[i] = own
		}
		for a := range count {
			for b := range a {
				merged := slices.Clone(found)
				for i, c := range merged {
					if c == a {
						merged[i] = b
					}
				}
				if q := g.modularity(merged); q > best {
					t.Errorf("seed %d: communities %d and %d as one: %f instead of %f", seed, a, b, q, best)
				}
			}
		}
	}
}

// connected reports whether the nodes of a community reach one another within it.
func connected(g testGraph, community []int, c int) bool {
	reached := []int{slices.Index(community, c)}
	for at := 0; at < len(reached); at++ {
		for other := range g[reached[at]] {
			if community[other] == c && !slices.Contains(reached, other) {
				reached = append(reached, other)
			}
		}
	}
	size := 0
	for _, other := range community {
		if other == c {
			size++
		}
	}
	return len(reached) == size
}

// TestNearOptimum compares with the best of all partitions of small graphs.
func TestNearOptimum(t *testing.T) {
	for seed := range uint64(20) {
		g := generate(seed, 8, 8+int(seed%8), 2, 0.3)
		best := -1.0
		partition := make([]int, len(g))
		var try func(i, count int)
		try = func(i, count int) {
			if i == len(g) {
				best = max(best, g.modularity(partition))
				return
			}
			for c := range count + 1 {
				partition[i] = c
				try(i+1, max(count, c+1))
			}
		}
		try(0, 0)
		if got := g.modularity(g.communities(t, 1)); got < best-0.03 || got > best+1e-9 {
			t.Errorf("seed %d: the modularity is %f, the greatest possible %f", seed, got, best)
		}
	}
}

func TestDependsOnSeedAlone(t *testing.T) {
	g := generate(1, 500, 3000, 10, 0.5)
	twice := newTestGraph(len(g))
	for a, links := range g {
		for b, w := range links {
			twice[a][b] = 2 * w
		}
	}
	first := g.communities(t, 1)
	if !slices.Equal(first, g.communities(t, 1)) || !slices.Equal(first, twice.communities(t, 1)) {
		t.Error("the communities differ from call to call, or depend on the unit of weights")
	}
	for seed := range uint64(5) {
		if a, b := g.modularity(first), g.modularity(g.communities(t, seed)); b < a-0.02 || b > a+0.02 {
			t.Errorf("seed %d: the modularity is %f, that of seed 1 %f", seed, b, a)
		}
	}
}

// TestEndsWithContext ends the context during the computation.
func TestEndsWithContext(t *testing.T) {
	g := generate(1, 5000, 100_000, 1, 1)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	asked := 0
	found, err := Communities(countingContext{ctx, func() {
		if asked++; asked == 7000 {
			cancel()
		}
	}}, len(g), g.links, 1)
	if !errors.Is(err, context.Canceled) || found != nil || asked != 7000 {
		t.Errorf("after %d checks: %d nodes and %v, want only an error after 7000", asked, len(found), err)
	}
}

// countingContext calls checked before each check.
type countingContext struct {
	context.Context
	checked func()
}

func (c countingContext) Err() error {
	c.checked()
	return c.Context.Err()
}

func BenchmarkCommunities(b *testing.B) {
	for _, c := range []struct {
		name                 string
		nodes, links, groups int
		mixing               float64
	}{
		{"Groups1000", 1000, 5000, 20, 0.5}, {"Groups5000", 5000, 100_000, 30, 0.5}, {"Random5000", 5000, 100_000, 1, 1},
	} {
		g := generate(1, c.nodes, c.links, c.groups, c.mixing)
		b.Run(c.name, func(b *testing.B) {
			var found []int
			for b.Loop() {
				found = g.communities(b, 1)
			}
			b.ReportMetric(g.modularity(found), "modularity")
		})
	}
}
