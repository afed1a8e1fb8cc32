package louvain

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"casus/internal/testkit/foreign"
)

// networkxScript prints the modularity of given communities and the greatest of three runs of networkx's own.
const networkxScript = `
import json, sys
import networkx as nx
given = json.load(open(sys.argv[1]))
g = nx.Graph()
g.add_nodes_from(range(len(given["communities"])))
g.add_weighted_edges_from(given["links"])
parts = {}
for node, c in enumerate(given["communities"]):
    parts.setdefault(c, set()).add(node)
print(json.dumps([
    nx.community.modularity(g, parts.values()),
    max(nx.community.modularity(g, nx.community.louvain_communities(g, seed=s)) for s in range(3)),
    all(nx.is_connected(g.subgraph(p)) for p in parts.values()),
]))
`

// TestAgainstNetworkx compares the modularity of generated graphs with what networkx reaches.
func TestAgainstNetworkx(t *testing.T) {
	for _, c := range []struct {
		name                 string
		nodes, links, groups int
		mixing               float64
	}{
		{"groups", 300, 1500, 12, 0.3}, {"blurred groups", 500, 4000, 20, 0.6}, {"sparse", 1000, 1500, 20, 0.3},
		{"no groups", 300, 3000, 1, 1},
	} {
		g := generate(1, c.nodes, c.links, c.groups, c.mixing)
		given := struct {
			Links       [][3]int `json:"links"`
			Communities []int    `json:"communities"`
		}{Communities: g.communities(t, 1)}
		for a, links := range g {
			for b, w := range links {
				if a < b {
					given.Links = append(given.Links, [3]int{a, b, w})
				}
			}
		}
		input, err := json.Marshal(given)
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(t.TempDir(), "given.json")
		if err := os.WriteFile(file, input, 0o600); err != nil {
			t.Fatal(err)
		}
		var ours, theirs float64
		var connected bool
		printed := foreign.Python(t, "-c", networkxScript, file)
		if err := json.Unmarshal(printed, &[]any{&ours, &theirs, &connected}); err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: the modularity is %f, networkx reaches %f", c.name, ours, theirs)
		if ours < theirs-0.005 || !connected {
			t.Errorf("%s: the modularity is %f, networkx reaches %f; connected: %v", c.name, ours, theirs, connected)
		}
	}
}
