package kg_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"casus/internal/edtf"
	"casus/internal/kg"

	"github.com/google/go-cmp/cmp"
)

// corroborate returns the corroboration of claims once all are known.
func (w world) corroborate() kg.Corroboration {
	claims := slices.Clone(w.claims)
	for _, l := range kg.Derive(strike, claims, w.book).Lifetimes {
		i := slices.IndexFunc(claims, func(c kg.Claim) bool { return c.ID == l.Claim })
		claims[i].KnownTo = l.KnownTo
	}
	return kg.Corroborate(claims, w.book, edtf.EndOfTime-1)
}

func TestCorroboration(t *testing.T) {
	daily, weekly := in("document:daily"), in("document:weekly")
	quoted := func(text string) part { return func(c *kg.Claim) { c.Quote = &kg.Quote{Text: text} } }
	got := world{book: newsroom, claims: []kg.Claim{
		claim(1, "A+", daily, words(1, 2)),
		claim(2, "A+", in("document:reprint"), quoted("It burned.")),
		claim(3, "+", daily, words(3, 4)),
		claim(4, "B!", weekly),
		claim(5, "C+", row("release:machine")),
		claim(6, "C+", row("release:1", "document:daily2")),
	}}.corroborate()
	want := kg.Corroboration{Independent: []kg.Telling{
		{
			Claim: "claim:1", Voice: "actor:a", Documents: []kg.ID{"document:daily", "document:reprint"}, KnownFrom: noon(1),
			Others: []kg.Telling{{
				Claim: "claim:2", Voice: "actor:a", Documents: []kg.ID{"document:reprint"}, KnownFrom: noon(2),
				Words: []string{"It burned."},
			}},
		},
		{Claim: "claim:4", Voice: "actor:b", Documents: []kg.ID{"document:weekly"}, KnownFrom: noon(4)},
		{Claim: "claim:3", Voice: "actor:daily", Documents: []kg.ID{"document:daily"}, KnownFrom: noon(3)},
		{Claim: "claim:6", Voice: "actor:c", Documents: []kg.ID{"document:daily2"}, KnownFrom: noon(6)},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestConfirmationNeeds checks what is missing for CONFIRMED.
func TestConfirmationNeeds(t *testing.T) {
	tests := []struct {
		claims []kg.Claim
		want   []kg.ConfirmationNeed
	}{
		{story("A+ B!"), nil},
		{story("A+"), []kg.ConfirmationNeed{kg.NeedConfirmation}},
		{story("A+ B-"), []kg.ConfirmationNeed{kg.NeedWithdrawnDenials, kg.NeedConfirmation}},
		{story("A-"), []kg.ConfirmationNeed{kg.NeedWithdrawnDenials, kg.NeedClaim, kg.NeedConfirmation}},
		{
			[]kg.Claim{claim(1, "A+", row("release:machine"))},
			[]kg.ConfirmationNeed{kg.NeedReview, kg.NeedClaim, kg.NeedConfirmation},
		},
	}
	for _, tt := range tests {
		if got := (world{claims: tt.claims, book: newsroom}).corroborate().Needs; !slices.Equal(got, tt.want) {
			t.Errorf("%v: %v, want %v", tt.claims, got, tt.want)
		}
	}
}

// TestCorroborationOfRandomHistories checks that the list begins with two independent tellings if and only if the event
// is CONFIRMED or CORROBORATED, and that it has every telling that counts once.
func TestCorroborationOfRandomHistories(t *testing.T) {
	pairs := 0
	for seed := range uint64(3_000) {
		w := randomWorld(rand.New(rand.NewPCG(seed, 25)))
		if seed%3 == 0 {
			w = randomText(rand.New(rand.NewPCG(seed, 25)))
		}
		h := kg.Derive(strike, w.claims, w.book)
		if len(h.States) == 0 {
			continue
		}
		last := h.States[len(h.States)-1].Status
		c := w.corroborate()
		if (last == kg.StatusConfirmed) != (len(c.Needs) == 0) {
			t.Fatalf("seed %d: %s needs %v", seed, last, c.Needs)
		}
		supported := last == kg.StatusConfirmed || last == kg.StatusCorroborated
		if supported && len(c.Independent) < 2 || last == kg.StatusUnverified && len(c.Independent) > 1 {
			t.Fatalf("seed %d: %s by %d independent tellings", seed, last, len(c.Independent))
		}
		n := newNaive(w)
		want := 0
		for i, claim := range w.claims {
			if claim.Aspect == kg.AspectOccurrence && claim.Positive() && !n.machines[i] && n.lives[i].to == edtf.EndOfTime {
				voices := map[[2]kg.ID]bool{}
				for _, s := range n.tellings(i) {
					voices[[2]kg.ID{s.voice, s.document}] = true
				}
				want += len(voices)
			}
		}
		got := 0
		for _, told := range c.Independent {
			got += 1 + len(told.Others)
		}
		if got != want {
			t.Fatalf("seed %d: %d tellings, want %d", seed, got, want)
		}
		if supported {
			pairs++
		}
	}
	if pairs < 300 {
		t.Errorf("only %d histories have a pair", pairs)
	}
}
