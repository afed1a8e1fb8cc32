package main

import (
	"slices"
	"strings"
	"testing"

	"casus/internal/testkit/foreign"
)

type networkFile struct {
	Directed bool
	Kinds    map[string]int
	Edges    int
	Roles    map[string]int
	Weight   int
	Names    []string
	Starts   []string
}

func TestNetworksRoundTrip(t *testing.T) {
	t.Setenv(envStore, "")
	var api apiGraph
	querySample(t, graphQuery, &api)
	events, actors := api.networks()
	for graph, want := range map[string]networkFile{"events": events, "actors": actors} {
		for _, format := range []string{"gexf", "graphml", "cytoscape"} {
			t.Run(format+" "+graph, func(t *testing.T) {
				path := exportSample(t, "network."+format, "--format", format, "--graph", graph)
				var out []byte
				if format == "cytoscape" {
					out = foreign.Node(t, "cytoscape.mjs", path)
				} else {
					out = foreign.Python(t, "testdata/readback/network.py", path)
				}
				for _, got := range parseOutput[[]networkFile](t, out) {
					slices.Sort(got.Names)
					slices.Sort(got.Starts)
					compare(t, format, got, want)
				}
			})
		}
	}
	if all := strings.Join(events.Names, " "); !strings.Contains(all, "زيلينسكي") || !strings.Contains(all, "Зеленський") {
		t.Errorf("the example lacks names in Arabic or Cyrillic: %s", all)
	}
}

// networks returns the two networks that exports of the graph must have.
func (a apiGraph) networks() (events, actors networkFile) {
	names := map[string]string{}
	actors = networkFile{Kinds: map[string]int{}, Roles: map[string]int{}, Starts: []string{}}
	for _, n := range a.Actors.Nodes {
		var all []string
		for _, name := range n.Names {
			all = append(all, name.Value)
		}
		names[n.ID] = strings.Join(all, "; ")
		for _, e := range n.CoParticipants.Edges {
			if n.ID < e.Node.ID {
				actors.Edges++
				actors.Weight += e.Events
			}
		}
		if len(n.CoParticipants.Edges) > 0 {
			actors.Kinds["ACTOR"]++
			actors.Names = append(actors.Names, names[n.ID])
		}
	}
	events = networkFile{Directed: true, Kinds: map[string]int{}, Roles: map[string]int{}}
	participants := map[string]bool{}
	for _, e := range a.Timeline.Nodes {
		events.Kinds["EVENT"]++
		events.Names = append(events.Names, strings.Join(e.titles(), "; "))
		if e.Time.Earliest != nil {
			events.Starts = append(events.Starts, (*e.Time.Earliest)[:10])
		}
		for _, p := range e.Participants {
			events.Edges++
			events.Roles[p.Role]++
			participants[p.Actor.ID] = true
		}
	}
	for id := range participants {
		events.Kinds["ACTOR"]++
		events.Names = append(events.Names, names[id])
	}
	slices.Sort(events.Names)
	slices.Sort(events.Starts)
	slices.Sort(actors.Names)
	return events, actors
}
