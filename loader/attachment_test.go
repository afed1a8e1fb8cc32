package loader_test

import (
	"strings"
	"testing"

	"casus/internal/kg"
	"casus/internal/store/memory"
	"casus/loader"
)

// bare is the paper's record without its text, and words what it says.
const (
	bare  = `{"type":"document","id":"document:paper","titles":["A paper"],"publishedAt":"2025-12-20"}`
	words = "Ada met Bo. Bo met Ada.\nБо met Ada."
	again = `{"type":"event","id":"event:f","document":"document:paper","claims":[{"spans":[{"start":24,"end":26}]},{"id":"claim:d","spans":[{"start":4,"end":7,"exact":"met"},{"exact":"met","prefix":"Бо "}]},{"note":"no words"}]}`
)

func supply(t *testing.T, s loader.Store, opt loader.Options, text string) loader.Report {
	t.Helper()
	r, err := loader.AttachTexts(t.Context(), s, []loader.Text{{Document: "document:paper", File: "paper.txt", Text: text}}, opt)
	if err != nil {
		t.Fatal(err)
	}
	sums(t, r)
	return r
}

// A text that comes later makes the graph that a load with it would have made, whether it is kept or not, and twice is once.
func TestATextLater(t *testing.T) {
	for _, keep := range []bool{false, true} {
		opt := loader.Options{KeepText: keep}
		want, got := memory.New(), memory.New()
		counts(t, load(t, want, opt, paper, quoting, again), 3, 0, 0)
		r := load(t, got, opt, bare, quoting, again)
		if counts(t, r, 3, 0, 0); r.Spans[kg.SpanUnverifiable] != 5 {
			t.Errorf("at first %v", r.Spans)
		}
		r = supply(t, got, opt, words)
		if counts(t, r, 5, 0, 0); r.Spans[kg.SpanVerified] != 4 || r.Spans[kg.SpanReanchored] != 1 || r.Changed[kg.KindClaim] != 4 {
			t.Errorf("%+v", r)
		}
		if graph(t, got) != graph(t, want) {
			t.Errorf("keep %t: another graph", keep)
		}
		counts(t, supply(t, got, opt, words), 0, 5, 0)
		// Records without the text change nothing, and records with it nothing more.
		counts(t, load(t, got, opt, bare, quoting, again), 0, 3, 0)
		counts(t, load(t, got, opt, paper, quoting, again), 0, 3, 0)
		if graph(t, got) != graph(t, want) {
			t.Errorf("keep %t: another graph after all again", keep)
		}
	}
}

// The same records loaded again with the text say where the words stand, too.
func TestRecordsAgainWithTheText(t *testing.T) {
	want, got := memory.New(), memory.New()
	load(t, want, loader.Options{}, paper, quoting, again)
	load(t, got, loader.Options{}, bare, quoting, again)
	counts(t, load(t, got, loader.Options{}, paper, quoting, again), 3, 0, 0)
	if graph(t, got) != graph(t, want) {
		t.Error("another graph")
	}
}

// What does not stand in the text is rejected and stays unverifiable; the rest is verified all the same.
func TestWordsThatAreNotInALaterText(t *testing.T) {
	s := memory.New()
	load(t, s, loader.Options{}, bare, quoting,
		`{"type":"event","id":"event:g","document":"document:paper","claims":[{"id":"claim:g","spans":[{"exact":"Eve"},{"exact":"Бо"}]},{"id":"claim:h","spans":[{"exact":"met"}]}]}`)
	r := supply(t, s, loader.Options{}, words)
	counts(t, r, 3, 0, 2)
	for i, want := range []string{
		"paper.txt: /spans/0/exact: claim:g: the words are not in the document's text (found Eve)",
		"paper.txt: /spans/0/exact: claim:h: the words are in the document's text 3 times",
	} {
		if i >= len(r.FirstRejects) || !strings.HasPrefix(r.FirstRejects[i].String(), want) {
			t.Errorf("%v, want %s", r.FirstRejects, want)
		}
	}
	nodes, err := s.Nodes(t.Context(), kg.View{}, []kg.ID{"claim:g"})
	if err != nil {
		t.Fatal(err)
	}
	if c := nodes[0].(kg.Claim); c.Spans[0].State != kg.SpanUnverifiable || c.Spans[1] != (kg.Span{Start: 24, End: 26, Exact: "Бо", State: kg.SpanVerified}) {
		t.Errorf("%+v", c.Spans)
	}
	counts(t, supply(t, s, loader.Options{}, words), 0, 3, 2)
}

// A text is the one that the document's hash was made of, but for a line break that an editor added.
func TestATextOfAnotherHash(t *testing.T) {
	s := memory.New()
	load(t, s, loader.Options{}, paper)
	before := graph(t, s)
	for text, want := range map[string]string{
		words + "!":       "another text than the one of document:paper",
		words + "\n\n":    "another text than the one of document:paper",
		"":                "the text is empty",
		words[:25] + "\n": "the text is not UTF-8",
	} {
		r := supply(t, s, loader.Options{KeepText: true}, text)
		if counts(t, r, 0, 0, 1); !strings.Contains(r.FirstRejects[0].Reason, want) {
			t.Errorf("%q: %v", text, r.FirstRejects)
		}
	}
	r, err := loader.AttachTexts(t.Context(), s, []loader.Text{{Document: "document:none", File: "none.txt", Text: "x"}}, loader.Options{})
	if err != nil || r.Rejected != 1 || graph(t, s) != before {
		t.Errorf("%+v, %v", r, err)
	}
	counts(t, supply(t, s, loader.Options{}, words+"\r\n"), 0, 1, 0)
	counts(t, supply(t, s, loader.Options{KeepText: true}, words+"\n"), 1, 0, 0)
	all, err := s.Scan(t.Context(), kg.KindDocument, "", 1)
	if err != nil || all.Documents[0].Text != words {
		t.Errorf("%+v, %v", all.Documents, err)
	}
}
