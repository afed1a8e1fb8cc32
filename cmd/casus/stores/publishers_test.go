package stores_test

import (
	_ "embed"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/memory"
	"casus/internal/store/open"
	neo4jtest "casus/internal/testkit/neo4j"
	"casus/loader"

	"github.com/google/go-cmp/cmp"
)

// Invented rows of two data sets that cite Reuters, each in its own spelling, and other outlets.
var (
	//go:embed testdata/ged.csv
	citingGED string
	//go:embed testdata/acled.csv
	citingACLED string
)

// TestPublishersOfTwoDataSets checks that filters and facets by publisher find what rows of several data sets cite, in
// every store.
func TestPublishersOfTwoDataSets(t *testing.T) {
	file, err := open.Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "graph.db"), open.Options{})
	if err != nil {
		t.Fatal(err)
	}
	server, err := open.Open(t.Context(), neo4jtest.New(t), open.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for name, s := range map[string]store.Store{"memory": memory.New(), "sqlite": file, "neo4j": server} {
		for file, rows := range map[string]string{"ged.csv": citingGED, "acled.csv": citingACLED} {
			in := loader.Input{
				Name: file, Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(rows)), nil },
			}
			m, err := loader.DetectMapping(&in)
			if err != nil || m == nil {
				t.Fatal(file, err)
			}
			report, err := loader.LoadRows(t.Context(), s, m, []loader.Input{in}, loader.Options{
				Release: &loader.Release{Dataset: m.Name, Release: "unnamed", Partial: true},
			})
			if err != nil || report.Rejected > 0 {
				t.Fatalf("%s: %v %+v", file, err, report)
			}
		}
		events := func(f store.EventFilter) (found []string) {
			pages, err := s.Events(t.Context(), store.EventQuery{
				Filter: &f, Order: store.EventOrder{Field: store.EventsByTime, Direction: store.Asc},
				Window: store.Window{Limit: 20},
			})
			if err != nil {
				t.Fatal(name, err)
			}
			for _, e := range pages[0].Items {
				found = append(found, string(e.ID)+" "+string(e.Status))
			}
			return found
		}
		reuters := store.EventFilter{Publishers: []kg.ID{"actor:outlet:reuters"}}
		if d := cmp.Diff([]string{"event:ucdp:1 CORROBORATED", "event:acled:ARL1 CORROBORATED"}, events(reuters)); d != "" {
			t.Error(name, d)
		}
		none := store.EventFilter{
			IDs: []kg.ID{"event:ucdp:2", "event:ucdp:3", "event:acled:ARL2"}, Voices: &store.IntRange{Max: new(int)},
		}
		if d := cmp.Diff([]string{"event:ucdp:3 UNVERIFIED", "event:acled:ARL2 UNVERIFIED"}, events(none)); d != "" {
			t.Error(name, d)
		}
		facets, err := s.Facets(t.Context(), store.FacetQuery{
			Fields: []store.FacetField{store.FacetPublisher}, Top: 10,
			Filter: &store.EventFilter{IDs: []kg.ID{
				"event:ucdp:1", "event:ucdp:2", "event:ucdp:3", "event:acled:ARL1", "event:acled:ARL2"}},
		})
		if err != nil {
			t.Fatal(name, err)
		}
		counts := map[string]int{}
		for _, v := range facets[0].Groups {
			counts[v.Key] = v.Events
		}
		if d := cmp.Diff(map[string]int{
			"actor:outlet:reuters": 2, "actor:outlet:arland-wire": 2, "actor:outlet:agence-france-presse": 1, "": 2,
		}, counts); d != "" {
			t.Error(name, d)
		}
		outlet, err := s.Nodes(t.Context(), kg.View{}, []kg.ID{"actor:outlet:reuters"})
		if err != nil || !slices.ContainsFunc(outlet[0].(kg.Actor).Names, func(n kg.Name) bool {
			return n.Value == "Reuters News" && n.Kind == kg.NameAlias
		}) {
			t.Error(name, outlet, err)
		}
		if err := s.Close(); err != nil {
			t.Error(name, err)
		}
	}
}
