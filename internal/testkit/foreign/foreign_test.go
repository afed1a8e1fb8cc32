package foreign_test

import (
	"strings"
	"testing"

	"casus/internal/testkit/foreign"
)

func TestPythonHasItsPackages(t *testing.T) {
	out := foreign.Python(t, "-c", "import sys, networkx, scipy, igraph, shapely, pandas, pyarrow, rdflib, gql; print(sys.argv[1], networkx.path_graph(3).number_of_edges())", "Ї ع")
	if got := strings.TrimSpace(string(out)); got != "Ї ع 2" {
		t.Errorf("Python says %q", got)
	}
}

func TestNodeHasItsPackages(t *testing.T) {
	out := foreign.Node(t, "--input-type=module", "-e", "import cytoscape from 'cytoscape'; console.log(cytoscape({headless: true, elements: [{data: {id: 'Ї'}}]}).nodes().map(n => n.id()).join())")
	if got := strings.TrimSpace(string(out)); got != "Ї" {
		t.Errorf("Node says %q", got)
	}
}
