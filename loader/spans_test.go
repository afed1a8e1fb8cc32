package loader_test

import (
	"fmt"
	"strings"
	"testing"

	"casus/internal/kg"
	"casus/internal/store/memory"
	"casus/loader"
)

// The paper's text is "Ada met Bo. Bo met Ada.\nБо met Ada."; offsets count code points.
func TestSpans(t *testing.T) {
	for _, c := range []struct {
		name, document, span string
		want                 kg.Span
		reject               string
	}{
		{
			"offsets and words", "paper", `{"start":0,"end":7,"exact":"Ada met"}`,
			kg.Span{End: 7, Exact: "Ada met", State: kg.SpanVerified}, "",
		},
		{
			"offsets alone", "paper", `{"start":24,"end":26}`, kg.Span{Start: 24, End: 26, Exact: "Бо", State: kg.SpanVerified},
			"",
		},
		{
			"to the very end", "paper", `{"start":27,"end":35}`,
			kg.Span{Start: 27, End: 35, Exact: "met Ada.", State: kg.SpanVerified}, "",
		},
		{
			"words alone", "paper", `{"exact":"Бо met"}`, kg.Span{Start: 24, End: 30, Exact: "Бо met", State: kg.SpanVerified},
			"",
		},
		{
			"words with a prefix", "paper", `{"exact":"met Ada","prefix":"Бо "}`,
			kg.Span{Start: 27, End: 34, Exact: "met Ada", Prefix: "Бо ", State: kg.SpanVerified}, "",
		},
		{
			"words with a suffix", "paper", `{"exact":"met","suffix":" Bo"}`,
			kg.Span{Start: 4, End: 7, Exact: "met", Suffix: " Bo", State: kg.SpanVerified}, "",
		},
		{
			"bytes for code points", "paper", `{"start":28,"end":30,"exact":"Бо"}`,
			kg.Span{Start: 24, End: 26, Exact: "Бо", State: kg.SpanReanchored}, "",
		},
		{
			"beyond the end", "paper", `{"start":100,"end":102,"exact":"Бо"}`,
			kg.Span{Start: 24, End: 26, Exact: "Бо", State: kg.SpanReanchored}, "",
		},
		{
			"elsewhere, by the prefix", "paper", `{"start":0,"end":7,"exact":"met Ada","prefix":"Бо "}`,
			kg.Span{Start: 27, End: 34, Exact: "met Ada", Prefix: "Бо ", State: kg.SpanReanchored}, "",
		},
		{
			"no text", "untexted", `{"start":3,"end":5,"exact":"Бо"}`,
			kg.Span{Start: 3, End: 5, Exact: "Бо", State: kg.SpanUnverifiable}, "",
		},
		{"no text, no offsets", "untexted", `{"exact":"Бо"}`, kg.Span{Exact: "Бо", State: kg.SpanUnverifiable}, ""},
		{
			"ambiguous", "paper", `{"exact":"met Ada"}`, kg.Span{},
			"/claims/0/spans/0/exact: the words are in the document's text 2 times, first at 15 and 27",
		},
		{"ambiguous, elsewhere", "paper", `{"start":0,"end":7,"exact":"met Ada"}`, kg.Span{}, "2 times"},
		{
			"not there", "paper", `{"exact":"Eve"}`, kg.Span{},
			"/claims/0/spans/0/exact: the words are not in the document's text (found Eve)",
		},
		{
			"not with this prefix", "paper", `{"exact":"met","prefix":"Eve "}`, kg.Span{},
			"/claims/0/spans/0/prefix: the words are in the document's text, but not between",
		},
		{
			"offsets beyond the end", "paper", `{"start":30,"end":36}`, kg.Span{},
			"/claims/0/spans/0/end: the span ends beyond the text (found 36; allowed: at most 35)",
		},
		{"backwards", "paper", `{"start":5,"end":5}`, kg.Span{}, "/claims/0/spans/0/end: the end is not after the start"},
		{"half", "paper", `{"start":5,"exact":"Ada"}`, kg.Span{}, "start requires end"},
		{"nothing", "paper", `{"prefix":"Ada"}`, kg.Span{}, "/claims/0/spans/0: "},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := memory.New()
			r := load(t, s, loader.Options{}, paper, untexted, fmt.Sprintf(
				`{"type":"event","id":"event:e","document":"document:%s","claims":[{"id":"claim:c","spans":[%s]}]}`, c.document,
				c.span))
			if c.reject != "" {
				if len(r.FirstRejects) != 1 || !strings.Contains(r.FirstRejects[0].String(), c.reject) {
					t.Errorf("rejects %v, want %s", r.FirstRejects, c.reject)
				}
				return
			}
			nodes, err := s.Nodes(t.Context(), kg.View{}, []kg.ID{"claim:c"})
			if err != nil {
				t.Fatal(err)
			}
			claim, ok := nodes[0].(kg.Claim)
			if !ok {
				t.Fatal(r.FirstRejects)
			}
			if claim.Spans[0] != c.want || r.Spans[c.want.State] != 1 {
				t.Errorf("%+v, want %+v; counted %v", claim.Spans[0], c.want, r.Spans)
			}
		})
	}
}

// Texts are stored only with KeepText; their hash always is.
func TestKeepText(t *testing.T) {
	for _, keep := range []bool{false, true} {
		s := memory.New()
		load(t, s, loader.Options{KeepText: keep}, paper)
		all, err := s.Scan(t.Context(), kg.KindDocument, "", 1)
		if err != nil {
			t.Fatal(err)
		}
		if d := all.Documents[0]; (d.Text != "") != keep || len(d.SHA256) != 64 {
			t.Errorf("keep %t: %+v", keep, d)
		}
	}
}

const quotingEvent = `{"type":"event","id":"event:e","document":"document:paper",` +
	`"claims":[{"spans":[{"exact":"Бо met"}]},{"id":"claim:c","stance":"DENIES",` +
	`"spans":[{"start":1,"end":3,"exact":"Бо"}]}]}`

// A file of events can be loaded again without the texts by which its words were verified.
func TestLoadAgainWithoutTexts(t *testing.T) {
	s := memory.New()
	checkCounts(t, load(t, s, loader.Options{}, paper, quotingEvent), 2, 0, 0)
	before := graph(t, s)
	r := load(t, s, loader.Options{}, quotingEvent)
	checkCounts(t, r, 0, 1, 0)
	if graph(t, s) != before || r.Spans[kg.SpanVerified] != 1 || r.Spans[kg.SpanReanchored] != 1 {
		t.Errorf("spans %v", r.Spans)
	}
}

// Words are verified against a stored text.
func TestStoredText(t *testing.T) {
	s := memory.New()
	load(t, s, loader.Options{KeepText: true}, paper)
	r := load(t, s, loader.Options{}, quotingEvent)
	checkCounts(t, r, 1, 0, 0)
	if r.Spans[kg.SpanVerified] != 1 || r.Spans[kg.SpanReanchored] != 1 {
		t.Errorf("spans %v", r.Spans)
	}
}

// A document has one text: a record with another is rejected, and no words are verified against it.
func TestOneDocumentOneText(t *testing.T) {
	other := strings.Replace(paper, "Бо met Ada.", "Eve.", 1)
	eve := `{"type":"event","id":"event:e","document":"document:paper","claims":[{"spans":[{"exact":"Eve"}]}]}`
	checkCounts(t, load(t, memory.New(), loader.Options{}, paper, other, eve), 1, 0, 2)
	s := memory.New()
	load(t, s, loader.Options{}, paper)
	if r := load(t, s, loader.Options{}, other); r.Rejected != 1 ||
		!strings.Contains(r.FirstRejects[0].Reason, "different text") {
		t.Errorf("%+v", r)
	}
}
