package loader_test

import (
	"fmt"
	"testing"

	"casus/internal/kg"
	"casus/internal/store/memory"
	"casus/loader"
)

// extracted returns an event of document:paper with claims of a model.
func extracted(id, model string, notes ...string) string {
	var claims []string
	for _, n := range notes {
		claims = append(claims, fmt.Sprintf(`{"note":%q,"extractions":[{"tool":"casus extract","model":%q}]}`, n, model))
	}
	return event(id, claims...)
}

// Wherever a load that replaces a run is interrupted, the next one ends in the same graph.
func TestReplacedRunsResume(t *testing.T) {
	first := []string{ada, paper, extracted("x", "alpha", "1", "2"), extracted("y", "alpha", "3")}
	second := []string{
		ada, paper, extracted("x", "beta", "1", "4"), extracted("z", "beta", "5"), extracted("w", "beta", "6"),
	}
	opt := loader.Options{
		ReplacesRuns: []string{"alpha"}, By: "Ada", Now: 1_766_253_600_000, BatchSize: 1, ChunkSize: 2, RetryTimeout: 1,
	}
	want := memory.New()
	load(t, want, loader.Options{}, first...)
	if r := load(t, want, opt, second...); r.RunForgotten != 2 || r.Rejected != 0 {
		t.Fatalf("%+v", r)
	}
	for after := 1; ; after++ {
		s := &interruptedStore{Store: memory.New(), left: 1 << 20}
		load(t, s, loader.Options{}, first...)
		s.left = after
		_, err := loader.Load(t.Context(), s, []loader.Input{file("f", second...)}, opt)
		if err == nil {
			if after < 6 {
				t.Errorf("only %d batches: the test has little effect", after)
			}
			return
		}
		if kg.CodeOf(err) != kg.Unavailable {
			t.Fatal(err)
		}
		s.left = 1 << 20
		if r := load(t, s, opt, second...); graph(t, s.Store) != graph(t, want) {
			t.Errorf("after %d batches the graph differs: %+v", after, r)
		}
	}
}

// Only extracted claims of the documents that the input has extracted claims of are replaced, whatever their order.
func TestReplacedRunsScope(t *testing.T) {
	other := `{"type":"event","id":"event:o","titles":["O"],"document":"document:untexted","claims":[` +
		`{"note":"o","extractions":[{"tool":"t","model":"alpha"}]}]}`
	first := []string{ada, paper, untexted, extracted("x", "alpha", "1"), other, meeting}
	for _, second := range [][]string{
		{ada, paper, untexted, meeting},                                        // nothing extracted
		{ada, untexted, `{"type":"event","id":"event:n","assertedAt":"2025"}`}, // no document
	} {
		s := memory.New()
		load(t, s, loader.Options{}, first...)
		r := load(t, s, loader.Options{ReplacesRuns: []string{"alpha", "t"}, By: "Ada"}, second...)
		if r.RunForgotten != 0 || r.Rejected != 0 {
			t.Errorf("%q: %+v", second, r)
		}
	}
	for _, second := range [][]string{
		{ada, paper, extracted("x", "beta", "2")}, {paper, extracted("x", "beta", "2"), ada},
		{extracted("x", "beta", "2"), ada, paper},
	} {
		s := memory.New()
		load(t, s, loader.Options{}, first...)
		r := load(t, s, loader.Options{ReplacesRuns: []string{"casus extract"}, By: "Ada", ChunkSize: 1}, second...)
		if r.RunForgotten != 1 || r.Rejected != 0 || r.Applied != 1 {
			t.Errorf("%q: %+v", second, r)
		}
	}
}
