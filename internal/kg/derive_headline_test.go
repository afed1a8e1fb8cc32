package kg_test

import (
	"testing"

	"casus/internal/kg"

	"github.com/google/go-cmp/cmp"
)

func code(scheme, value string) part {
	return says(func(s *kg.Statement) { s.Codes = append(s.Codes, kg.Code{Scheme: scheme, Value: value}) })
}

func at(value string) part { return says(func(s *kg.Statement) { s.Time = timeOf(value) }) }

func category(c kg.EventCategory) part { return says(func(s *kg.Statement) { s.Category = c }) }

func TestHeadline(t *testing.T) {
	nothing := kg.Headline{Category: kg.CategoryOther, Modality: kg.ModalityOccurred, Time: when("XXXX")}
	with := func(change func(*kg.Headline)) kg.Headline {
		h := nothing
		change(&h)
		return h
	}
	titles := func(pairs ...string) []kg.Name {
		var all []kg.Name
		for i := 0; i < len(pairs); i += 2 {
			all = append(all, kg.Name{Language: pairs[i], Value: pairs[i+1]})
		}
		return all
	}
	tests := []struct {
		name   string
		claims []kg.Claim
		want   kg.Headline
	}{
		{"no claim states anything", story("A+"), nothing},
		{"each value from the latest that states it", []kg.Claim{
			claim(1, "A+", title("en", "Old"), at("2025-01"), category(kg.CategoryThreaten), modality(kg.ModalityPlanned)),
			claim(2, "B!", at("2025-01-03")),
			claim(3, "C+", title("en", "New"), category(kg.CategoryAssault)),
		}, with(func(h *kg.Headline) {
			h.Titles, h.Time, h.Category, h.Modality = titles("en", "New"), when(
				"2025-01-03",
			), kg.CategoryAssault, kg.ModalityPlanned
		})},
		{"titles for each language", []kg.Claim{
			claim(1, "A+", title("en", "Old"), title("uk", "Старе")),
			claim(2, "B+", title("en", "New"), title("en", "Newer"), title("", "?")),
		}, with(func(h *kg.Headline) { h.Titles = titles("", "?", "en", "New", "en", "Newer", "uk", "Старе") })},
		{"codes for each scheme", []kg.Claim{
			claim(1, "A+", code("cameo", "190"), code("acled", "Shelling"), code("acled", "Air strike")),
			claim(2, "B+", code("cameo", "195")),
		}, with(func(h *kg.Headline) {
			h.Codes = []kg.Code{
				{Scheme: "acled", Value: "Shelling"}, {Scheme: "acled", Value: "Air strike"}, {Scheme: "cameo", Value: "195"},
			}
		})},
		{"a denial states nothing while a positive claim is live", []kg.Claim{
			claim(1, "A+"),
			claim(2, "B-", modality(kg.ModalityNegated), at("2025"), category(kg.CategoryReject), code("cameo", "1")),
		}, nothing},
		{"a denial states the title if no other claim does", []kg.Claim{
			claim(1, "A+"), claim(2, "B-", title("en", "Denied")),
		}, with(func(h *kg.Headline) { h.Titles = titles("en", "Denied") })},
		{"a denier's title does not replace one", []kg.Claim{
			claim(1, "A+", title("en", "Yes")), claim(2, "B-", title("en", "No"), title("uk", "Ні")),
		}, with(func(h *kg.Headline) { h.Titles = titles("en", "Yes") })},
		{"denials alone", []kg.Claim{
			claim(1, "A-", at("2025"), title("en", "No")), claim(2, "B-", modality(kg.ModalityNegated)),
		}, with(func(h *kg.Headline) {
			h.Time, h.Titles, h.Modality = when("2025"), titles("en", "No"), kg.ModalityNegated
		})},
		{"a withdrawn claim states nothing", []kg.Claim{
			claim(1, "A+", at("2025-01-01"), category(kg.CategoryAssault), modality(kg.ModalityPlanned)),
			claim(2, "A+", supersedes("claim:1")),
		}, nothing},
		{"a withdrawn claim states the title if no other claim does", []kg.Claim{
			claim(1, "A+", title("en", "Withdrawn")), claim(2, "A+", supersedes("claim:1")),
		}, with(func(h *kg.Headline) { h.Titles = titles("en", "Withdrawn") })},
		{"retracted event", []kg.Claim{
			claim(1, "A+", at("2025"), title("en", "One")), claim(2, "A+", title("en", "Two")),
			claim(3, "Ax", title("en", "Sorry")),
		}, with(func(h *kg.Headline) { h.Time, h.Titles = when("2025"), titles("en", "Two") })},
		{"any aspect", []kg.Claim{
			claim(1, "A+", at("2025")), claim(2, "B+", aspect(kg.AspectTime), at("2025-01-02")),
		}, with(func(h *kg.Headline) { h.Time = when("2025-01-02") })},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, now(t, derive(tt.claims...)).Headline); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

func TestFirstAsserted(t *testing.T) {
	tests := []struct {
		claims []kg.Claim
		day    int
	}{
		{story("A+ B+"), 1},
		{story("A- B+"), 2},    // the denial is earlier, but asserts nothing
		{story("A- B?"), 1},    // none is positive
		{story("Ax A+"), 2},    // a retraction is never live
		{story("A+ Ax B+"), 1}, // withdrawn, but it was asserted
	}
	for _, tt := range tests {
		if got := now(t, derive(tt.claims...)).FirstAsserted; got != when(noon(tt.day).String()) {
			t.Errorf("%d claims: first asserted %s, want day %d", len(tt.claims), got, tt.day)
		}
	}
}

func TestSources(t *testing.T) {
	book := kg.VoiceBook{
		Documents: map[kg.ID]kg.Document{
			"document:1": {Publisher: "actor:daily"},
			"document:2": {Publisher: "actor:the-daily"},
			"document:3": {Publisher: "actor:wire"},
			"document:4": {},
			"document:5": {Publisher: "actor:weekly", Syndicates: "document:3"},
		},
		Classes: map[kg.ID]kg.ID{"actor:the-daily": "actor:daily", "actor:daily": "actor:daily"},
	}
	claims := []kg.Claim{
		claim(1, "+", in("document:1")),
		claim(2, "+", in("document:2")),                            // the same publisher by another id
		claim(3, "A-", in("document:3")),                           // a document and a publisher, no positive voice
		claim(4, "+", in("document:4")),                            // without a publisher the document is the voice
		claim(5, "B+", in("document:4"), aspect(kg.AspectFigures)), // not of the occurrence
		claim(6, "+", in("document:5")),                            // published by the weekly, in the wire's voice
		claim(7, "C+"),
		claim(8, "D+", in("document:9")),
		claim(9, "Dx"), // so document 9 no longer counts
	}
	want := kg.SourceCount{Documents: 5, Publishers: 3, Voices: 4} // daily, wire, weekly; daily, document 4, wire, C
	if got := now(t, kg.Derive(strike, claims, book)).Sources; got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	if got := now(t, derive(story("A+ Ax")...)).Sources; got != (kg.SourceCount{}) {
		t.Errorf("sources of a retracted event: %+v", got)
	}
}
