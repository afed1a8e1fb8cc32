package kg_test

import (
	"testing"

	"casus/internal/kg"
)

// words adds a span, from 10 times the first digit to 10 times the second.
func words(from, to int) part {
	return func(c *kg.Claim) {
		c.Spans = append(c.Spans, kg.Span{Start: 10 * from, End: 10 * to, State: kg.SpanVerified})
	}
}

// row makes the claim a row of a release, which cites documents.
func row(release kg.ID, cites ...kg.ID) part {
	return func(c *kg.Claim) { c.Release, c.Cites = release, cites }
}

func asserted(value string) part { return func(c *kg.Claim) { c.AssertedAt = when(value) } }

// newsroom is a book with two papers, a reprint of the first paper's report, and a leaflet without a publisher.
var newsroom = kg.VoiceBook{
	Documents: map[kg.ID]kg.Document{
		"document:daily":   {Publisher: "actor:daily"},
		"document:daily2":  {Publisher: "actor:daily"},
		"document:reprint": {Publisher: "actor:weekly", Syndicates: "document:daily"},
		"document:weekly":  {Publisher: "actor:weekly"},
		"document:leaflet": {},
	},
	Releases: map[kg.ID]kg.Release{
		"release:1": {Name: "ucdp"}, "release:2": {Name: "ucdp"},
		"release:machine": {Name: "gdelt", Coding: kg.CodingMachine},
	},
}

const (
	unverified, corroborated, confirmed = kg.StatusUnverified, kg.StatusCorroborated, kg.StatusConfirmed
	denied, disputed                    = kg.StatusDenied, kg.StatusDisputed
)

// TestTellings has an example for each line of the sections Voices, Coding and Status of docs/model.md.
func TestTellings(t *testing.T) {
	unlocated := func(c *kg.Claim) { c.Spans = append(c.Spans, kg.Span{Exact: "words", State: kg.SpanUnverifiable}) }
	extracted := func(c *kg.Claim) { c.Extractions = []kg.Extraction{{Tool: "casus extract"}} }
	daily, weekly := in("document:daily"), in("document:weekly")
	tests := []struct {
		name   string
		claims []kg.Claim
		want   kg.ClaimStatus
		voices int
	}{
		{"two people in two texts", []kg.Claim{claim(1, "A+", daily), claim(2, "B+", weekly)}, corroborated, 2},
		{"two people in one text without spans", []kg.Claim{claim(1, "A+", daily), claim(2, "B+", daily)}, unverified, 2},
		{
			"only one of them shows its words", []kg.Claim{claim(1, "A+", daily, words(1, 2)), claim(2, "B+", daily)},
			unverified, 2,
		},
		{
			"one has words at no known place",
			[]kg.Claim{claim(1, "A+", daily, words(1, 2)), claim(2, "B+", daily, words(3, 4), unlocated)}, unverified, 2,
		},
		{
			"two sentences of one text", []kg.Claim{claim(1, "A+", daily, words(1, 2)), claim(2, "B+", daily, words(2, 3))},
			corroborated, 2,
		},
		{
			"one sentence of it", []kg.Claim{claim(1, "A+", daily, words(1, 3)), claim(2, "B+", daily, words(2, 4))},
			unverified, 2,
		},
		{
			"a sentence between two others",
			[]kg.Claim{claim(1, "A+", daily, words(1, 2), words(5, 6)), claim(2, "B+", daily, words(3, 4))},
			corroborated, 2,
		},
		{
			"two sentences, one of them in the reprint",
			[]kg.Claim{claim(1, "A+", daily, words(1, 2)), claim(2, "B+", in("document:reprint"), words(5, 6))},
			unverified, 2,
		},
		{"joint claimants", []kg.Claim{claim(1, "AB+", daily, words(1, 2))}, unverified, 2},
		{
			"the publisher and the person that it quotes",
			[]kg.Claim{claim(1, "A+", daily, words(1, 2)), claim(2, "+", daily, words(3, 4))}, unverified, 2,
		},
		{
			"the person confirms the publisher's own report",
			[]kg.Claim{claim(1, "+", daily, words(3, 4)), claim(2, "A!", daily, words(1, 2))}, confirmed, 2,
		},
		{
			"two people quoted, beside the publisher",
			[]kg.Claim{
				claim(1, "+", daily, words(1, 2)), claim(2, "A+", daily, words(3, 4)), claim(3, "B+", daily, words(5, 6)),
			},
			corroborated, 3,
		},
		{
			"the publisher elsewhere", []kg.Claim{claim(1, "A+", daily), claim(2, "+", in("document:daily2"))}, corroborated, 2,
		},
		{"a person in two texts", []kg.Claim{claim(1, "A+", daily), claim(2, "A+", weekly)}, unverified, 1},
		{
			"a third claim lowers nothing",
			[]kg.Claim{claim(1, "A+", daily), claim(2, "B!", weekly), claim(3, "A+", weekly)}, confirmed, 2,
		},
		{
			"a confirmation that is published first", []kg.Claim{claim(1, "B!", weekly), claim(2, "A+", daily)}, corroborated, 2,
		},
		{
			"a confirmation of a day's report, at noon",
			[]kg.Claim{claim(1, "A+", daily, asserted("2025-01-02")), claim(2, "B!", weekly)}, confirmed, 2,
		},
		{
			"a confirmation of a later day's report",
			[]kg.Claim{claim(1, "A+", daily, asserted("2025-01-03")), claim(2, "B!", weekly)}, corroborated, 2,
		},
		{"a document without a publisher", []kg.Claim{claim(1, "+", in("document:leaflet"))}, unverified, 1},
		{
			"two documents, one without a publisher", []kg.Claim{claim(1, "+", daily), claim(2, "+", in("document:leaflet"))},
			corroborated, 2,
		},
		{"a row without sources", []kg.Claim{claim(1, "+", row("release:1"))}, unverified, 0},
		{"a row that cites a paper", []kg.Claim{claim(1, "+", row("release:1", "document:daily"))}, unverified, 1},
		{
			"a row that cites a paper and its reprint",
			[]kg.Claim{claim(1, "+", row("release:1", "document:daily", "document:reprint"))}, unverified, 1,
		},
		{
			"a row that cites two papers", []kg.Claim{claim(1, "+", row("release:1", "document:daily", "document:weekly"))},
			corroborated, 2,
		},
		{
			"two rows of a paper", []kg.Claim{
				claim(1, "+", row("release:1", "document:daily")), claim(2, "!", row("release:2", "document:daily")),
			}, unverified, 1,
		},
		{
			"a row and the paper that it cites",
			[]kg.Claim{claim(1, "+", row("release:1", "document:daily")), claim(2, "!", daily)}, unverified, 1,
		},
		{
			"a claim that is no row speaks only for its document",
			[]kg.Claim{claim(1, "+", daily, row("", "document:weekly"))}, unverified, 1,
		},
		{"no source at all", []kg.Claim{claim(1, "+"), claim(2, "!")}, unverified, 0},
		{
			"a machine's rows",
			[]kg.Claim{
				claim(1, "+", daily, row("release:machine")), claim(2, "!", weekly, row("release:machine")),
			}, unverified, 0,
		},
		{
			"a machine's row beside a report", []kg.Claim{claim(1, "+", daily), claim(2, "!", weekly, row("release:machine"))},
			unverified, 1,
		},
		{
			"a machine's denial beside a report", []kg.Claim{claim(1, "+", daily), claim(2, "A-", weekly, extracted)},
			unverified, 1,
		},
		{"only a machine's denial", []kg.Claim{claim(2, "A-", weekly, extracted)}, denied, 0},
		{
			"a machine's claim and denial", []kg.Claim{claim(1, "A+", daily, extracted), claim(2, "B-", weekly, extracted)},
			disputed, 0,
		},
		{"extracted", []kg.Claim{claim(1, "A+", daily, extracted), claim(2, "B+", weekly, extracted)}, unverified, 0},
	}
	for _, tt := range tests {
		got := now(t, kg.Derive(strike, tt.claims, newsroom))
		if got.Status != tt.want || got.Sources.Voices != tt.voices {
			t.Errorf("%s: %s by %d voices, want %s by %d", tt.name, got.Status, got.Sources.Voices, tt.want, tt.voices)
		}
	}
}

// TestSourcesOfRows checks what is counted of all live claims, and what only of claims that count.
func TestSourcesOfRows(t *testing.T) {
	h := kg.Derive(strike, []kg.Claim{
		claim(1, "A+", in("document:daily")),
		claim(2, "B+", in("document:reprint"), row("release:machine")),
		claim(3, "+", row("release:1", "document:weekly", "document:leaflet")),
		claim(4, "C-", in("document:daily2"), row("release:2")),
		claim(5, "D+", aspect(kg.AspectPlace)),
	}, newsroom)
	want := kg.SourceCount{Documents: 5, Publishers: 2, Voices: 2, Datasets: 2}
	if got := now(t, h).Sources; got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}
