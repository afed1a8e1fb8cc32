package graph_test

import (
	"fmt"
	"testing"

	"casus/graph"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/memory"
	"casus/loader"
	"casus/loader/sample"
)

// TestEvidenceChain follows every edge and derived value of the bundled sample to its claims, their spans and the text,
// which must contain the span's words.
func TestEvidenceChain(t *testing.T) {
	s := memory.New()
	files := loader.FS(sample.Files(), sample.Names())
	if _, err := loader.Load(t.Context(), s, files, loader.Options{KeepText: true}); err != nil {
		t.Fatal(err)
	}
	stats, err := s.Stats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var data any
	h := graph.NewHandler(s, graph.Config{Logger: quiet(), Complexity: 1 << 30})
	answer(t, h, `fragment words on Claim { id spans { start end exact state } document { text } }
		query {
			timeline(first: 500) { nodes {
				id
				participants { claims { ...words } }
				locations { claims { ...words } }
				partOf { claims { ...words } }
				respondsTo { claims { ...words } }
				announcements { by { id } of { id } claims { ...words } }
				figures { best claim { ...words } }
				states { because { ...words } }
				supportedBy: claims(first: 100) { nodes { ...words } }
			} }
			actors(first: 500) { nodes {
				affiliations { id supportedBy: claims(first: 100) { nodes { ...words } } }
			} }
		}`, nil, &data)
	found := map[string]int{}
	affiliations := map[any]bool{}
	claim := func(path string, c map[string]any) {
		text := []rune(c["document"].(map[string]any)["text"].(string))
		spans := c["spans"].([]any)
		if len(spans) == 0 {
			t.Errorf("%s: %v has no span", path, c["id"])
		}
		for _, v := range spans {
			span := v.(map[string]any)
			start, end := int(span["start"].(float64)), int(span["end"].(float64))
			if span["state"] != string(kg.SpanVerified) || end > len(text) || string(text[start:end]) != span["exact"] {
				t.Errorf("%s: %v: %v", path, c["id"], span)
			}
		}
	}
	var walk func(path string, v any)
	walk = func(path string, v any) {
		switch v := v.(type) {
		case []any:
			for _, item := range v {
				walk(path, item)
			}
		case map[string]any:
			if _, ok := v["spans"]; ok {
				claim(path, v)
				return
			}
			if path == "/actors/nodes/affiliations" {
				affiliations[v["id"]] = true
			}
			for field, under := range v {
				list, _ := under.([]any)
				switch at := path + "/" + field; field {
				case "supportedBy":
					list = under.(map[string]any)["nodes"].([]any)
					fallthrough
				case "claims", "because":
					if found[path]++; len(list) == 0 {
						t.Errorf("%s has no claims: %v", at, v)
					}
					walk(at, list)
				default:
					walk(at, under)
				}
			}
		}
	}
	walk("", data)
	const event = "/timeline/nodes"
	for path, want := range map[string]int{
		event:                    stats.Nodes[kg.KindEvent],
		event + "/participants":  stats.Edges[store.EdgeParticipatedIn],
		event + "/locations":     stats.Edges[store.EdgeOccurredAt],
		event + "/partOf":        stats.Edges[store.EdgePartOf],
		event + "/respondsTo":    stats.Edges[store.EdgeRespondsTo],
		event + "/announcements": stats.Edges[store.EdgeAnnounces],
		event + "/states":        stats.States,
	} {
		if found[path] != want || want == 0 {
			t.Errorf("found %d lists of claims under %s, want %d", found[path], path, want)
		}
	}
	if n := stats.Edges[store.EdgeAffiliatedWith]; len(affiliations) != n {
		t.Errorf("%d affiliations, want %d: %s", len(affiliations), n, fmt.Sprint(affiliations))
	}
}
