package foreign_test

import (
	"strings"
	"testing"

	"casus/internal/testkit/foreign"
)

func TestPythonHasItsPackages(t *testing.T) {
	program := "import sys, networkx, scipy, igraph, shapely, pandas, pyarrow, rdflib, gql; " +
		"print(sys.argv[1], networkx.path_graph(3).number_of_edges())"
	out := foreign.Python(t, "-c", program, "Ї ع")
	if got := strings.TrimSpace(string(out)); got != "Ї ع 2" {
		t.Errorf("Python printed %q", got)
	}
}

func TestNodeHasItsPackages(t *testing.T) {
	program := "import cytoscape from 'cytoscape'; " +
		"const graph = cytoscape({headless: true, elements: [{data: {id: 'Ї'}}]}); " +
		"console.log(graph.nodes().map(n => n.id()).join())"
	out := foreign.Node(t, "--input-type=module", "-e", program)
	if got := strings.TrimSpace(string(out)); got != "Ї" {
		t.Errorf("Node printed %q", got)
	}
}
