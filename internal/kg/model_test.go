package kg_test

import (
	"fmt"
	"testing"

	"casus/internal/kg"

	"github.com/google/go-cmp/cmp"
)

// TestModelExample derives the example of docs/model.md and compares it with the values there.
func TestModelExample(t *testing.T) {
	byNorthland := participant(northland, kg.RoleInitiator)
	published := func(c kg.Claim, assertedAt string, document kg.ID, claimants ...kg.ID) kg.Claim {
		c.AssertedAt, c.Document, c.Claimants = when(assertedAt), document, claimants
		return c
	}
	claims := []kg.Claim{
		published(
			claim(1, "+", byNorthland, killed(kg.Figure{Qualifier: kg.QualifierAtLeast, Best: ref(4)})),
			"2025-03-01T09:00:00Z", "document:daily-1",
		),
		published(claim(2, "+"), "2025-03-01T12:00:00Z", "document:weekly-1"),
		published(claim(3, "!"), "2025-03-01T15:00:00Z", "document:daily-2", northland),
		published(
			claim(4, "-", aspect(kg.AspectParticipation), byNorthland), "2025-03-01T15:00:00Z", "document:daily-2", northland,
		),
		published(claim(5, "+", killed(kg.Figure{Best: ref(7)})), "2025-03-02", "document:daily-3", "actor:hospital"),
		published(
			claim(6, "+", supersedes("claim:1"), byNorthland, killed(kg.Figure{Best: ref(6)})), "2025-03-04T10:00:00Z",
			"document:daily-4",
		),
	}
	book := kg.VoiceBook{Documents: map[kg.ID]kg.Document{
		"document:daily-1": {Publisher: "actor:daily"}, "document:daily-2": {Publisher: "actor:daily"},
		"document:daily-3":  {Publisher: "actor:daily"},
		"document:daily-4":  {Publisher: "actor:daily"},
		"document:weekly-1": {Publisher: "actor:weekly", Syndicates: "document:daily-1"},
	}}
	h := kg.Derive(strike, claims, book)
	var got []string
	for _, s := range h.States {
		part := holding(h.Participations, s.KnownFrom)[0].Status
		got = append(
			got,
			fmt.Sprintf(
				"%s %s %s %s %d %d %d", s.KnownFrom, s.Status, show(s.Toll.Killed), part, s.Sources.Documents,
				s.Sources.Publishers, s.Sources.Voices,
			),
		)
	}
	want := []string{
		"2025-03-01T09:00:00Z UNVERIFIED 4/4/- UNVERIFIED 1 1 1",
		"2025-03-01T12:00:00Z UNVERIFIED 4/4/- UNVERIFIED 2 2 1",
		"2025-03-01T15:00:00Z CONFIRMED 4/4/- DISPUTED 3 2 2",
		"2025-03-03T00:00:00Z CONFIRMED 4/7/-! DISPUTED 4 2 3",
		"2025-03-04T10:00:00Z CONFIRMED 6/6/7! DISPUTED 4 2 3",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
