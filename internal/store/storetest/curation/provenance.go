package curation

import (
	"strings"
	"testing"

	"casus/internal/kg"
	"casus/internal/store"
)

// testProvenance finds claims, and the events that they are about, by their extractions and codings, while the programs
// that state them, the releases and the reviews change.
func testProvenance(t *testing.T, s store.Store) {
	qwen := kg.Extraction{Tool: "extract", Model: "qwen3", At: 5}
	later, other, plain := qwen, kg.Extraction{Tool: "extract", Model: `a "b"`}, kg.Extraction{Tool: "rules"}
	later.At = 6
	w := world(t) // the claims first, second, mayor, alone and raid
	w.Claims[0].Extractions = []kg.Extraction{qwen}
	w.Claims[1].Extractions = []kg.Extraction{qwen, other}
	w.Claims[2].Extractions = []kg.Extraction{plain}
	w.Claims[4].Note = `{"tool":"rules"},"model":"qwen3","extractions":[{`
	apply(t, s, w)
	any := &store.ExtractionFilter{}
	tool := func(names ...string) *store.ExtractionFilter { return &store.ExtractionFilter{Tools: names} }
	model := func(names ...string) *store.ExtractionFilter { return &store.ExtractionFilter{Models: names} }
	both := func(tool, model string) *store.ExtractionFilter {
		return &store.ExtractionFilter{Tools: []string{tool}, Models: []string{model}}
	}
	for _, c := range []struct {
		name           string
		filter         *store.ExtractionFilter
		claims, events string
	}{
		{"any", any, "first second mayor", "strike"},
		{"tool", tool("rules"), "mayor", "strike"},
		{"tools", tool("rules", "none", "extract"), "first second mayor", "strike"},
		{"no tool", &store.ExtractionFilter{Tools: []string{}}, "", ""},
		{"model", model(`a "b"`), "second", "strike"},
		{"without a model", model(""), "mayor", "strike"},
		{"models", model("", "qwen3"), "first second mayor", "strike"},
		{"a part of a name", model("qwen"), "", ""},
		{"of one extraction", both("extract", ""), "", ""},
		{"both", both("extract", "qwen3"), "first second", "strike"},
	} {
		wantClaims(t, s, c.name, store.ClaimFilter{Extraction: c.filter}, c.claims)
		wantEvents(t, s, c.name, store.EventFilter{Extraction: c.filter}, c.events)
	}
	wantClaims(t, s, "and a document",
		store.ClaimFilter{Extraction: any, Documents: []kg.ID{"document:daily2"}}, "second")
	wantEvents(t, s, "not", store.EventFilter{Not: &store.EventFilter{Extraction: any}}, "alone raid")

	wantCodings(t, s, "from the start", "alone raid", "", "first second mayor")
	w.Claims[0].Extractions = []kg.Extraction{later}
	w.Claims[2].Extractions = nil // a person writes it
	w.Claims[3].Extractions = []kg.Extraction{qwen}
	apply(t, s, kg.Batch{Claims: []kg.Claim{w.Claims[0], w.Claims[2], w.Claims[3]}})
	wantClaims(t, s, "after other records of the claims", store.ClaimFilter{Extraction: any}, "first second")
	wantCodings(t, s, "after other records of the claims", "alone raid mayor", "", "first second")

	row := w.Claims[4]
	row.ID, row.Release, row.Document = "claim:row", "release:1", ""
	apply(t, s, kg.Batch{Claims: []kg.Claim{row}})
	wantCodings(t, s, "with a row", "alone raid mayor row", "", "first second")
	apply(t, s, kg.Batch{Releases: []kg.Release{{ID: "release:1", Name: "data", Release: "1", Coding: kg.CodingMachine}}})
	wantCodings(t, s, "of a release with a coding", "alone raid mayor", "", "first second row")

	review := func(id kg.ID, at int, verdict kg.Coding, target kg.Review) kg.Review {
		target.ID, target.Verdict, target.By, target.At = id, verdict, "ann", day(at).Earliest
		return target
	}
	apply(t, s, reviews(review("review:b", 1, kg.CodingMachineReviewed, kg.Review{Claims: []kg.ID{"claim:first"}})))
	wantCodings(t, s, "a claim is reviewed", "alone raid mayor", "first", "second row")
	apply(t, s, reviews(review("review:c", 2, kg.CodingMachine, kg.Review{Document: "document:daily1"}),
		review("review:d", 2, kg.CodingHuman, kg.Review{Release: "release:1"})))
	wantCodings(t, s, "a document and a release are", "alone raid mayor row", "", "first second")
	apply(t, s, reviews(review("review:a", 2, kg.CodingHuman, kg.Review{Claims: []kg.ID{"claim:first"}}),
		review("review:e", 2, kg.CodingMachineReviewed, kg.Review{Claims: []kg.ID{"claim:row"}})))
	wantCodings(t, s, "of reviews of one moment the last id counts", "alone raid mayor", "row", "first second")
	apply(t, s, kg.Batch{Removals: []kg.ID{"review:c", "review:d", "review:e"}})
	wantCodings(t, s, "reviews are taken back", "alone raid mayor first", "", "second row")
	apply(t, s, corrects(forget("correction:1", "claim:second", 1)))
	wantClaims(t, s, "a claim is forgotten", store.ClaimFilter{Extraction: any}, "first")
}

// wantCodings compares the names of the claims of each coding, and of all that a person has read.
func wantCodings(t *testing.T, s store.Store, name, human, reviewed, machine string) {
	t.Helper()
	for coding, want := range map[kg.Coding]string{
		kg.CodingHuman: human, kg.CodingMachineReviewed: reviewed, kg.CodingMachine: machine,
	} {
		wantClaims(t, s, name+": "+string(coding), store.ClaimFilter{Coding: []kg.Coding{coding}}, want)
	}
	wantClaims(t, s, name+": read", store.ClaimFilter{Coding: []kg.Coding{kg.CodingMachineReviewed, kg.CodingHuman}},
		human+" "+reviewed)
}

// wantClaims compares the claims that a filter selects, by the names in their ids, and their number.
func wantClaims(t *testing.T, s store.Store, name string, f store.ClaimFilter, want string) {
	t.Helper()
	pages, err := s.Claims(t.Context(), store.ClaimQuery{Filter: &f, Window: store.Window{Limit: 100}, Total: true})
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	wantNames(t, name+": claims", want, idsOf(pages[0].Items), *pages[0].Total)
}

// wantEvents is wantClaims for events.
func wantEvents(t *testing.T, s store.Store, name string, f store.EventFilter, want string) {
	t.Helper()
	q := store.EventQuery{Filter: &f, Window: store.Window{Limit: 100}, Total: true}
	q.Order = (*store.EventOrder)(nil).Normalize()
	pages, err := s.Events(t.Context(), q)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	wantNames(t, name+": events", want, idsOf(pages[0].Items), *pages[0].Total)
}

func wantNames(t *testing.T, what, want string, ids []kg.ID, total int) {
	t.Helper()
	got := map[string]bool{}
	for _, id := range ids {
		_, name, _ := strings.Cut(string(id), ":")
		got[name] = true
	}
	wanted := map[string]bool{}
	for name := range strings.FieldsSeq(want) {
		wanted[name] = true
	}
	wantEqual(t, what, wanted, got)
	wantEqual(t, what+", their number", len(wanted), total)
}
