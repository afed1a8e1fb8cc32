package kg_test

import (
	"slices"
	"strings"
	"testing"

	"casus/internal/kg"
)

// TestStatus has the status of the last version for claims in short, worked out from the rules of docs/model.md.
func TestStatus(t *testing.T) {
	const absent = kg.ClaimStatus("")
	tests := []struct {
		claims string
		want   kg.ClaimStatus
	}{
		{"A+", kg.StatusUnverified},
		{"A!", kg.StatusUnverified}, // confirms without an earlier claim
		{"A+ A+", kg.StatusUnverified},
		{"A+ A!", kg.StatusUnverified}, // confirms itself
		{"A+ B+", kg.StatusCorroborated},
		{"AB+", kg.StatusUnverified}, // joint claimants rest on the same words
		{"AA+", kg.StatusUnverified},
		{"AB+ A!", kg.StatusConfirmed}, // A confirms what B said
		{"AB+ AB!", kg.StatusConfirmed},
		{"AB!", kg.StatusUnverified},
		{"AB+ C!", kg.StatusConfirmed},
		{"A+ B!", kg.StatusConfirmed},
		{"A+ AB!", kg.StatusConfirmed}, // B is another
		{"A! B!", kg.StatusConfirmed},
		{"B! A+", kg.StatusCorroborated}, // A had said nothing that B could confirm
		{"A+ B+ B!", kg.StatusConfirmed},
		{"A+ B+ A!", kg.StatusConfirmed}, // A confirms B
		{"A-", kg.StatusDenied},
		{"A- B-", kg.StatusDenied},
		{"AB-", kg.StatusDenied},
		{"A?", kg.StatusDisputed},
		{"A- B?", kg.StatusDisputed},
		{"A+ B-", kg.StatusDisputed},
		{"A- B+", kg.StatusDisputed},
		{"A+ A-", kg.StatusDisputed}, // a voice against itself
		{"A+ B?", kg.StatusDisputed},
		{"A+ B+ C-", kg.StatusDisputed},
		{"A+ B! C-", kg.StatusDisputed},
		{"A+ B! C?", kg.StatusDisputed},
		{"Ax", absent},
		{"Ax Bx", absent},
		{"Ax A+", kg.StatusUnverified}, // only earlier claims are withdrawn
		{"A+ Ax", kg.StatusRetracted},
		{"A+ Bx", kg.StatusUnverified}, // of another voice
		{"A+ B+ Ax", kg.StatusUnverified},
		{"A+ B+ Ax Bx", kg.StatusRetracted},
		{"A+ B! Ax", kg.StatusUnverified}, // B confirms nothing that is live
		{"A+ B! Bx", kg.StatusUnverified},
		{"A+ B- Bx", kg.StatusUnverified},
		{"A+ B- Ax", kg.StatusDenied},
		{"A- Ax", kg.StatusRetracted},
		{"A+ B! C- Cx", kg.StatusConfirmed},
		{"A+ Ax A+", kg.StatusUnverified},
		{"A+ Ax Ax", kg.StatusRetracted},
		{"A+ Ax B!", kg.StatusUnverified},
		{"AB+ Ax", kg.StatusRetracted}, // one of the joint voices is enough
		{"A+ ABx", kg.StatusRetracted},
	}
	for _, tt := range tests {
		h := derive(story(tt.claims)...)
		got := absent
		if n := len(h.States); n > 0 {
			got = h.States[n-1].Status
		}
		if got != tt.want {
			t.Errorf("%s: %q, want %q", tt.claims, got, tt.want)
		}
	}
}

// TestStatusOfAllShortStories compares the status of every list of up to three claims by two voices, alone and jointly,
// with a second implementation of the rule.
func TestStatusOfAllShortStories(t *testing.T) {
	var atoms []string
	for _, who := range []string{"A", "B", "AB"} {
		for _, stance := range []string{"+", "!", "-", "?"} {
			atoms = append(atoms, who+stance)
		}
	}
	stories := slices.Clone(atoms)
	for _, x := range atoms {
		for _, y := range atoms {
			stories = append(stories, x+" "+y)
			for _, z := range atoms {
				stories = append(stories, x+" "+y+" "+z)
			}
		}
	}
	for _, s := range stories {
		if got, want := now(t, derive(story(s)...)).Status, statusBySets(s); got != want {
			t.Errorf("%s: %s, want %s", s, got, want)
		}
	}
}

// statusBySets returns the status of claims in short. Each is a text of its own, known one after the other.
func statusBySets(story string) kg.ClaimStatus {
	stances, positive := "", []string(nil)
	corroborated, confirmed := false, false
	for _, s := range strings.Fields(story) {
		who, stance := s[:len(s)-1], s[len(s)-1:]
		stances += stance
		if !strings.ContainsAny(stance, "+!") {
			continue
		}
		for _, earlier := range positive {
			two := len(who) > 1 || len(earlier) > 1 || who != earlier // one of who is not one of earlier
			corroborated, confirmed = corroborated || two, confirmed || two && stance == "!"
		}
		positive = append(positive, who)
	}
	has := func(chars string) bool { return strings.ContainsAny(stances, chars) }
	switch {
	case strings.Trim(stances, "-") == "":
		return kg.StatusDenied
	case has("?-"):
		return kg.StatusDisputed
	case confirmed:
		return kg.StatusConfirmed
	case corroborated:
		return kg.StatusCorroborated
	}
	return kg.StatusUnverified
}

// TestStatusIgnoresOtherAspects checks that only claims of the OCCURRENCE determine the status of an event, but that
// any live claim keeps it from being RETRACTED.
func TestStatusIgnoresOtherAspects(t *testing.T) {
	for _, a := range kg.Aspects.Values() {
		if a == kg.AspectOccurrence {
			continue
		}
		for _, short := range []string{"B+", "B!", "B-", "B?"} {
			if got := now(t, derive(claim(1, "A+"), claim(2, short, aspect(a)))).Status; got != kg.StatusUnverified {
				t.Errorf("A+ and %s of %s: %s, want UNVERIFIED", short, a, got)
			}
		}
		if got := now(t, derive(claim(1, "A-", aspect(a)))).Status; got != kg.StatusUnverified {
			t.Errorf("A- of %s alone: %s, want UNVERIFIED", a, got)
		}
		withdrawn := derive(claim(1, "A+"), claim(2, "B+", aspect(a)), claim(3, "Ax"))
		if got := now(t, withdrawn).Status; got != kg.StatusUnverified {
			t.Errorf("A+, B+ of %s, Ax: %s, want UNVERIFIED while the claim of B is live", a, got)
		}
	}
}

// TestStatusByVoices checks that actors of one identity class, and reprints of one original, count as one voice.
func TestStatusByVoices(t *testing.T) {
	book := kg.VoiceBook{
		Documents: map[kg.ID]kg.Document{
			"document:wire":    {ID: "document:wire", Publisher: "actor:wire"},
			"document:reprint": {ID: "document:reprint", Publisher: "actor:daily", Syndicates: "document:wire"},
			"document:own":     {ID: "document:own", Publisher: "actor:daily"},
			"document:same":    {ID: "document:same", Publisher: "actor:wire-agency"},
		},
		Classes: map[kg.ID]kg.ID{
			"actor:b": "actor:a", "actor:a": "actor:a", "actor:wire": "actor:wire", "actor:wire-agency": "actor:wire",
		},
	}
	tests := []struct {
		name   string
		claims []kg.Claim
		want   kg.ClaimStatus
		voices int
	}{
		{"one class twice", story("A+ B+"), kg.StatusUnverified, 1},
		{"one class confirms itself", story("A+ B!"), kg.StatusUnverified, 1},
		{"one class jointly", story("AB+"), kg.StatusUnverified, 1},
		{"one class retracts", story("A+ Bx"), kg.StatusRetracted, 0},
		{"another class", story("A+ C+"), kg.StatusCorroborated, 2},
		{
			"a reprint adds no voice", []kg.Claim{claim(1, "+", in("document:wire")), claim(2, "+", in("document:reprint"))},
			kg.StatusUnverified, 1,
		},
		{
			"a reprint confirms nothing",
			[]kg.Claim{claim(1, "+", in("document:wire")), claim(2, "!", in("document:reprint"))}, kg.StatusUnverified, 1,
		},
		{
			"its publisher's own report does",
			[]kg.Claim{claim(1, "+", in("document:wire")), claim(2, "!", in("document:own"))}, kg.StatusConfirmed, 2,
		},
		{
			"a reprint and an own report",
			[]kg.Claim{claim(1, "+", in("document:reprint")), claim(2, "+", in("document:own"))}, kg.StatusCorroborated, 2,
		},
		{
			"publishers of one class", []kg.Claim{claim(1, "+", in("document:wire")), claim(2, "+", in("document:same"))},
			kg.StatusUnverified, 1,
		},
		{
			"the original retracts for its reprints",
			[]kg.Claim{claim(1, "+", in("document:reprint")), claim(2, "x", in("document:wire"))}, kg.StatusRetracted, 0,
		},
		{
			"claimants, not the publisher",
			[]kg.Claim{claim(1, "C+", in("document:wire")), claim(2, "C+", in("document:own"))}, kg.StatusUnverified, 1,
		},
		{
			"a claimant and the publisher of one text",
			[]kg.Claim{claim(1, "C+", in("document:wire")), claim(2, "+", in("document:wire"))}, kg.StatusUnverified, 2,
		},
		{
			"a claimant and another publisher",
			[]kg.Claim{claim(1, "C+", in("document:wire")), claim(2, "+", in("document:own"))}, kg.StatusCorroborated, 2,
		},
	}
	for _, tt := range tests {
		got := now(t, kg.Derive(strike, tt.claims, book))
		if got.Status != tt.want || got.Sources.Voices != tt.voices {
			t.Errorf("%s: %s by %d voices, want %s by %d", tt.name, got.Status, got.Sources.Voices, tt.want, tt.voices)
		}
	}
}
