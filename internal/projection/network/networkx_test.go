package network_test

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"casus/internal/kg"
	"casus/internal/projection/network"
	"casus/internal/store/memory"
	"casus/internal/store/relations"
	"casus/internal/testkit/foreign"
)

// networkxScript computes metrics, communities and path lengths of a weighted graph with networkx.
const networkxScript = `
import json, sys
import networkx as nx
given = json.load(open(sys.argv[1]))
g = nx.Graph()
for a, b, w in given["links"]:
    g.add_edge(a, b, weight=w)
length = lambda a, b: nx.shortest_path_length(g, a, b) if a in g and b in g and nx.has_path(g, a, b) else 0
parts = [set(p) for p in given["communities"]]
best = max(nx.community.modularity(g, nx.community.louvain_communities(g, seed=s)) for s in range(5))
json.dump({
    "pageRank": nx.pagerank(g, alpha=0.85, tol=1e-12, max_iter=1000),
    "betweenness": nx.betweenness_centrality(g),
    "degree": dict(g.degree()), "weightedDegree": dict(g.degree(weight="weight")),
    "modularity": nx.community.modularity(g, parts), "best": best,
    "lengths": [length(a, b) for a, b in given["pairs"]],
}, sys.stdout)
`

// TestAgainstNetworkx compares metrics and path lengths of random graphs with networkx's.
func TestAgainstNetworkx(t *testing.T) {
	for seed := range uint64(3) {
		r := rand.New(rand.NewPCG(seed, 3))
		s := memory.New()
		b := kg.Batch{}
		const actors, events = 60, 90
		for i := range actors {
			id := kg.ID(fmt.Sprintf("actor:%02d", i))
			b.Actors = append(b.Actors, kg.Actor{ID: id, Kind: kg.ActorPerson, Names: []kg.Name{{Value: "A"}}})
		}
		for i := range events {
			c := kg.Claim{
				ID: kg.ID(fmt.Sprintf("claim:%d", i)), Subject: kg.ID(fmt.Sprintf("event:%d", i)),
				Stance: kg.StanceAsserts, Aspect: kg.AspectOccurrence,
				Claimants: []kg.ID{"actor:00"}, AssertedAt: mustTime(t, "2025-03-01"),
			}
			for _, a := range r.Perm(actors)[:2+r.IntN(2)] {
				a = int(math.Pow(float64(a)/actors, 1.5) * actors) // some meet more often
				c.Says.Participants = append(c.Says.Participants, kg.Participant{Actor: b.Actors[a].ID, Role: kg.RoleParticipant})
			}
			b.Claims = append(b.Claims, c)
		}
		if _, err := s.Apply(t.Context(), b); err != nil {
			t.Fatal(err)
		}
		n := network.New(s, 0)
		found, err := n.Network(t.Context(), relations.NetworkQuery{
			MinWeight: 1, Limit: relations.MaxNetworkNodes,
			Metrics: relations.MetricPageRank | relations.MetricBetweenness | relations.MetricCommunity,
		})
		if err != nil {
			t.Fatal(err)
		}
		given := struct {
			Links       [][3]any   `json:"links"`
			Communities [][]kg.ID  `json:"communities"`
			Pairs       [][2]kg.ID `json:"pairs"`
		}{}
		for _, l := range found.Links {
			given.Links = append(given.Links, [3]any{l.Source, l.Target, l.Weight})
		}
		for _, node := range found.Nodes {
			for len(given.Communities) <= *node.Community {
				given.Communities = append(given.Communities, nil)
			}
			given.Communities[*node.Community] = append(given.Communities[*node.Community], node.Actor)
		}
		var lengths []int
		for range 60 {
			a, z := b.Actors[r.IntN(actors)].ID, b.Actors[r.IntN(actors)].ID
			given.Pairs = append(given.Pairs, [2]kg.ID{a, z})
			paths, err := n.Paths(t.Context(), relations.PathQuery{From: a, To: z, Limit: 1, MaxHops: relations.MaxHops})
			if err != nil {
				t.Fatal(err)
			}
			length := 0
			if len(paths) > 0 {
				length = len(paths[0].Hops)
			}
			lengths = append(lengths, length)
		}
		var want struct {
			PageRank, Betweenness  map[kg.ID]float64
			Degree, WeightedDegree map[kg.ID]int
			Modularity, Best       float64
			Lengths                []int
		}
		input, err := json.Marshal(given)
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(t.TempDir(), "given.json")
		if err := os.WriteFile(file, input, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(foreign.Python(t, "-c", networkxScript, file), &want); err != nil {
			t.Fatal(err)
		}
		if len(want.PageRank) != len(found.Nodes) || len(found.Nodes) < 40 {
			t.Errorf("seed %d: networkx has %d nodes, the network %d", seed, len(want.PageRank), len(found.Nodes))
		}
		for _, node := range found.Nodes {
			a := node.Actor
			if math.Abs(*node.PageRank-want.PageRank[a]) > 1e-7 || math.Abs(*node.Betweenness-want.Betweenness[a]) > 1e-9 ||
				node.Degree != want.Degree[a] || node.WeightedDegree != want.WeightedDegree[a] {
				t.Errorf("seed %d: %s has %v %v %d %d, networkx %v %v %d %d",
					seed, a, *node.PageRank, *node.Betweenness, node.Degree, node.WeightedDegree,
					want.PageRank[a], want.Betweenness[a], want.Degree[a], want.WeightedDegree[a])
			}
		}
		if want.Modularity < want.Best-0.01 {
			t.Errorf("seed %d: the communities' modularity is %f, networkx reaches %f", seed, want.Modularity, want.Best)
		}
		for i, l := range want.Lengths {
			if lengths[i] != l {
				t.Errorf("seed %d: the path between %v has %d hops, networkx's %d", seed, given.Pairs[i], lengths[i], l)
			}
		}
	}
}
