package voices_test

import (
	"fmt"
	"testing"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store/memory"
	"casus/internal/store/voices"
)

// TestRead reads the claims of more documents than one query has, each a reprint of a reprint of one original.
func TestRead(t *testing.T) {
	at, err := edtf.ParseTime("2025-03-01")
	if err != nil {
		t.Fatal(err)
	}
	title := []kg.Name{{Value: "A"}}
	original := kg.Document{ID: "document:original", Titles: title, PublishedAt: &at}
	reprint := kg.Document{ID: "document:reprint", Titles: title, PublishedAt: &at, Syndicates: original.ID}
	other := kg.Document{ID: "document:other", Titles: title, PublishedAt: &at}
	b := kg.Batch{Documents: []kg.Document{original, reprint, other}}
	for i := range 600 {
		d := kg.Document{
			ID: kg.ID(fmt.Sprintf("document:%d", i)), Titles: title, PublishedAt: &at, Syndicates: reprint.ID,
		}
		b.Documents = append(b.Documents, d)
		b.Claims = append(b.Claims, kg.Claim{
			ID: kg.ID(fmt.Sprintf("claim:%d", i)), Subject: "event:e", Stance: kg.StanceAsserts, Aspect: kg.AspectOccurrence,
			Document: d.ID, AssertedAt: at,
		})
	}
	b.Reviews = []kg.Review{{ID: "review:1", Claims: []kg.ID{"claim:599"}, Verdict: kg.CodingMachine, By: "ann"}}
	s := memory.New()
	if _, err := s.Apply(t.Context(), b); err != nil {
		t.Fatal(err)
	}
	book, err := voices.Read(t.Context(), s, kg.View{}, b.Claims)
	if err != nil {
		t.Fatal(err)
	}
	_, unrelated := book.Documents[other.ID]
	if len(book.Documents) != 602 || unrelated {
		t.Errorf("%d documents, an unrelated one among them: %t", len(book.Documents), unrelated)
	}
	for i, want := range map[int]kg.Coding{0: kg.CodingHuman, 599: kg.CodingMachine} {
		if got := book.CodingOf(b.Claims[i]); got != want {
			t.Errorf("claim %d: %s, want %s", i, got, want)
		}
	}
}
