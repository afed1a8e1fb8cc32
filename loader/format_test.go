package loader_test

import (
	"os"
	"strings"
	"testing"

	"casus/internal/kg"
	"casus/internal/store/memory"
	"casus/loader"
)

// codeBlocks returns the code blocks of one language in docs/format.md.
func codeBlocks(t *testing.T, language string) []string {
	t.Helper()
	page, err := os.ReadFile("../docs/format.md")
	if err != nil {
		t.Fatal(err)
	}
	var blocks []string
	for _, part := range strings.Split(string(page), "```"+language+"\n")[1:] {
		block, _, _ := strings.Cut(part, "```")
		blocks = append(blocks, block)
	}
	return blocks
}

// TestFormatPage loads the examples of docs/format.md and compares the results with those on the page.
func TestFormatPage(t *testing.T) {
	lines, objects := codeBlocks(t, "jsonl"), codeBlocks(t, "json")
	if len(lines) != 4 || len(objects) != 1 {
		t.Fatalf("%d examples in lines, %d in one object", len(lines), len(objects))
	}
	checkCounts(t, load(t, memory.New(), loader.Options{}, objects[0]), 3, 0, 0)

	s := memory.New()
	r := load(t, s, loader.Options{}, lines[0])
	checkCounts(t, r, 7, 0, 0)
	checkCounts(t, load(t, s, loader.Options{}, lines[1]), 3, 0, 0)
	if a := node[kg.Actor](t, s, "actor:general"); a.Country != "UA" || len(a.Undecided) > 0 {
		t.Errorf("the general: %+v", a)
	}
	if r.Spans[kg.SpanVerified] != 2 || r.Spans[kg.SpanReanchored] != 1 {
		t.Errorf("spans: %v", r.Spans)
	}
	checkCounts(t, load(t, s, loader.Options{}, lines[2]), 3, 0, 0)
	middle := kg.Point{Latitude: 1, Longitude: 2.5}
	if l := node[kg.Location](t, s, "location:shelf"); l.Box == nil || *l.Point != middle {
		t.Errorf("the shelf: %+v", l)
	}
	nodes, err := s.Nodes(t.Context(), kg.View{}, []kg.ID{"event:harbour-strike"})
	if err != nil {
		t.Fatal(err)
	}
	e, ok := nodes[0].(kg.Event)
	if !ok || e.Status != kg.StatusUnverified || e.Toll.Killed == nil || *e.Toll.Killed.Best != 7 {
		t.Errorf("%+v", nodes[0])
	}
	edges, err := s.EventEdges(t.Context(), kg.View{}, kg.WantParticipations, []kg.ID{"event:harbour-strike"})
	if err != nil || len(edges[0].Participations) != 1 || edges[0].Participations[0].Status != kg.StatusDisputed {
		t.Errorf("%v %+v", err, edges)
	}
}
