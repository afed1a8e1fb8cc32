package loader_test

import (
	"strings"
	"testing"

	"casus/internal/kg"
	"casus/internal/store/memory"
	"casus/loader"
)

// textlessPaper is the paper's record without its text, paperText.
const (
	textlessPaper = `{"type":"document","id":"document:paper","titles":["A paper"],"publishedAt":"2025-12-20"}`
	paperText     = "Ada met Bo. Bo met Ada.\nБо met Ada."
	secondEvent   = `{"type":"event","id":"event:f","document":"document:paper",` +
		`"claims":[{"spans":[{"start":24,"end":26}]},{"id":"claim:d","spans":[{"start":4,"end":7,"exact":"met"},` +
		`{"exact":"met","prefix":"Бо "}]},{"note":"no words"}]}`
)

func attachText(t *testing.T, s loader.Store, opt loader.Options, text string) loader.Report {
	t.Helper()
	r, err := loader.AttachTexts(
		t.Context(), s, []loader.Text{{Document: "document:paper", File: "paper.txt", Text: text}}, opt,
	)
	if err != nil {
		t.Fatal(err)
	}
	checkTotals(t, r)
	return r
}

// A text that arrives later makes the same graph as a load with the text, whether it is stored or not. Attaching it
// twice changes nothing.
func TestLaterText(t *testing.T) {
	for _, keep := range []bool{false, true} {
		opt := loader.Options{KeepText: keep}
		want, got := memory.New(), memory.New()
		checkCounts(t, load(t, want, opt, paper, quotingEvent, secondEvent), 3, 0, 0)
		r := load(t, got, opt, textlessPaper, quotingEvent, secondEvent)
		if checkCounts(t, r, 3, 0, 0); r.Spans[kg.SpanUnverifiable] != 5 {
			t.Errorf("without the text: %v", r.Spans)
		}
		r = attachText(t, got, opt, paperText)
		if checkCounts(t, r, 5, 0, 0); r.Spans[kg.SpanVerified] != 4 || r.Spans[kg.SpanReanchored] != 1 ||
			r.Changed[kg.KindClaim] != 4 {
			t.Errorf("%+v", r)
		}
		if graph(t, got) != graph(t, want) {
			t.Errorf("keep %t: the graph differs", keep)
		}
		checkCounts(t, attachText(t, got, opt, paperText), 0, 5, 0)
		// Loading the records again changes nothing, with or without the text.
		checkCounts(t, load(t, got, opt, textlessPaper, quotingEvent, secondEvent), 0, 3, 0)
		checkCounts(t, load(t, got, opt, paper, quotingEvent, secondEvent), 0, 3, 0)
		if graph(t, got) != graph(t, want) {
			t.Errorf("keep %t: the graph differs after another load", keep)
		}
	}
}

// Loading the same records again with the text verifies their words.
func TestReloadWithText(t *testing.T) {
	want, got := memory.New(), memory.New()
	load(t, want, loader.Options{}, paper, quotingEvent, secondEvent)
	load(t, got, loader.Options{}, textlessPaper, quotingEvent, secondEvent)
	checkCounts(t, load(t, got, loader.Options{}, paper, quotingEvent, secondEvent), 3, 0, 0)
	if graph(t, got) != graph(t, want) {
		t.Error("the graph differs")
	}
}

// Words that are not in the text are rejected and stay unverifiable; the others are verified.
func TestWordsMissingFromLaterText(t *testing.T) {
	s := memory.New()
	load(t, s, loader.Options{}, textlessPaper, quotingEvent,
		`{"type":"event","id":"event:g","document":"document:paper",`+
			`"claims":[{"id":"claim:g","spans":[{"exact":"Eve"},{"exact":"Бо"}]},{"id":"claim:h","spans":[{"exact":"met"}]}]}`)
	r := attachText(t, s, loader.Options{}, paperText)
	checkCounts(t, r, 3, 0, 2)
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
	if c := nodes[0].(kg.Claim); c.Spans[0].State != kg.SpanUnverifiable ||
		c.Spans[1] != (kg.Span{Start: 24, End: 26, Exact: "Бо", State: kg.SpanVerified}) {
		t.Errorf("%+v", c.Spans)
	}
	checkCounts(t, attachText(t, s, loader.Options{}, paperText), 0, 3, 2)
}

// A text must have the document's hash, apart from a line break that an editor added at the end.
func TestTextWithAnotherHash(t *testing.T) {
	s := memory.New()
	load(t, s, loader.Options{}, paper)
	before := graph(t, s)
	for text, want := range map[string]string{
		paperText + "!":       "not the text of document:paper",
		paperText + "\n\n":    "not the text of document:paper",
		"":                    "the text is empty",
		paperText[:25] + "\n": "the text is not UTF-8",
	} {
		r := attachText(t, s, loader.Options{KeepText: true}, text)
		if checkCounts(t, r, 0, 0, 1); !strings.Contains(r.FirstRejects[0].Reason, want) {
			t.Errorf("%q: %v", text, r.FirstRejects)
		}
	}
	r, err := loader.AttachTexts(
		t.Context(), s, []loader.Text{{Document: "document:none", File: "none.txt", Text: "x"}}, loader.Options{},
	)
	if err != nil || r.Rejected != 1 || graph(t, s) != before {
		t.Errorf("%+v, %v", r, err)
	}
	checkCounts(t, attachText(t, s, loader.Options{}, paperText+"\r\n"), 0, 1, 0)
	checkCounts(t, attachText(t, s, loader.Options{KeepText: true}, paperText+"\n"), 1, 0, 0)
	all, err := s.Scan(t.Context(), kg.KindDocument, "", 1)
	if err != nil || all.Documents[0].Text != paperText {
		t.Errorf("%+v, %v", all.Documents, err)
	}
}
