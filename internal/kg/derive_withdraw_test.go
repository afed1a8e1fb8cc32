package kg_test

import (
	"strings"
	"testing"

	"casus/internal/edtf"
	"casus/internal/kg"

	"github.com/google/go-cmp/cmp"
)

// lifetimes formats lifetimes as "2@03 by 3": claim 2 was live until noon of the 3rd and withdrawn by claim 3. "2"
// alone was not withdrawn.
func lifetimes(h kg.History) string {
	short := func(id kg.ID) string { return strings.TrimPrefix(string(id), "claim:") }
	var all []string
	for _, l := range h.Lifetimes {
		s := short(l.Claim)
		if l.KnownTo != edtf.EndOfTime {
			for day := 1; day <= 31; day++ {
				if l.KnownTo >= noon(day) && l.KnownTo <= noon(day)+1000 {
					s += "@" + noon(day).String()[8:10]
				}
			}
		}
		for i, by := range l.WithdrawnBy {
			s += map[bool]string{true: " by ", false: ","}[i == 0] + short(by)
		}
		all = append(all, s)
	}
	return strings.Join(all, "; ")
}

func TestWithdrawal(t *testing.T) {
	sameDay := func(c kg.Claim, id string) kg.Claim {
		c.ID, c.AssertedAt = kg.ID("claim:"+id), when(noon(1).String())
		return c
	}
	tests := []struct {
		name   string
		claims []kg.Claim
		want   string
	}{
		{"nothing", story("A+ B-"), "1; 2"},
		{"supersedes", []kg.Claim{claim(1, "A+"), claim(2, "A+", supersedes("claim:1"))}, "1@02 by 2; 2"},
		{"supersedes another voice's", []kg.Claim{claim(1, "A+"), claim(2, "B+", supersedes("claim:1"))}, "1; 2"},
		{"supersedes a joint one", []kg.Claim{claim(1, "AB+"), claim(2, "BC+", supersedes("claim:1"))}, "1@02 by 2; 2"},
		{
			"supersedes one that was first asserted later",
			[]kg.Claim{claim(1, "A+", supersedes("claim:2")), claim(2, "A+")}, "1; 2",
		},
		{"supersedes an unknown one", []kg.Claim{claim(1, "A+"), claim(2, "A+", supersedes("claim:9"))}, "1; 2"},
		{
			"supersedes one twice", []kg.Claim{claim(1, "A+"), claim(2, "A+", supersedes("claim:1", "claim:1"))},
			"1@02 by 2; 2",
		},
		{
			"supersedes two", []kg.Claim{claim(1, "A+"), claim(2, "A-"), claim(3, "A+", supersedes("claim:2", "claim:1"))},
			"1@03 by 3; 2@03 by 3; 3",
		},
		{
			"chain", []kg.Claim{claim(1, "A+"), claim(2, "A+", supersedes("claim:1")), claim(3, "A+", supersedes("claim:2"))},
			"1@02 by 2; 2@03 by 3; 3",
		},
		{
			"final although its withdrawer is withdrawn",
			[]kg.Claim{claim(1, "A+"), claim(2, "A-", supersedes("claim:1")), claim(3, "Ax", supersedes("claim:2"))},
			"1@02 by 2; 2@03 by 3; 3",
		},
		{
			"final although the retraction is superseded",
			[]kg.Claim{claim(1, "A+"), claim(2, "Ax"), claim(3, "A+", supersedes("claim:2"))}, "1@02 by 2; 2@03 by 3; 3",
		},
		{
			"withdrawn twice, from the first time",
			[]kg.Claim{claim(1, "A+"), claim(2, "A+", supersedes("claim:1")), claim(3, "A-", supersedes("claim:1"))},
			"1@02 by 2,3; 2; 3",
		},
		{"retracts without names", story("A+ A- B+ Ax"), "1@04 by 4; 2@04 by 4; 3; 4"},
		{"retracts only what came before", story("A+ Ax A+"), "1@02 by 2; 2; 3"},
		{"a second retraction does not withdraw the first", story("A+ Ax Ax"), "1@02 by 2,3; 2; 3"},
		{
			"retracts by name", []kg.Claim{claim(1, "A+"), claim(2, "A-"), claim(3, "Ax", supersedes("claim:2"))},
			"1; 2@03 by 3; 3",
		},
		{"retracts another voice's by name", []kg.Claim{claim(1, "A+"), claim(2, "Bx", supersedes("claim:1"))}, "1; 2"},
		{
			"retracts one aspect",
			[]kg.Claim{claim(1, "A+"), claim(2, "A+", aspect(kg.AspectFigures)), claim(3, "Ax", aspect(kg.AspectFigures))},
			"1; 2@03 by 3; 3",
		},
		{
			"retracts the occurrence and all other claims",
			[]kg.Claim{claim(1, "A+"), claim(2, "A+", aspect(kg.AspectFigures)), claim(3, "Ax")}, "1@03 by 3; 2@03 by 3; 3",
		},
		{
			"retracts by name, any aspect",
			[]kg.Claim{claim(1, "A+", aspect(kg.AspectPlace)), claim(2, "Ax", aspect(kg.AspectFigures), supersedes("claim:1"))},
			"1@02 by 2; 2",
		},
		{
			"same instant, the later id",
			[]kg.Claim{sameDay(claim(1, "A+"), "1"), sameDay(claim(1, "A+", supersedes("claim:1")), "2")}, "1@01 by 2; 2",
		},
		{
			"same instant, the earlier id",
			[]kg.Claim{sameDay(claim(1, "A+", supersedes("claim:2")), "1"), sameDay(claim(1, "A+"), "2")}, "1; 2@01 by 1",
		},
		{
			"same instant, a retraction and its successor withdraw each other",
			[]kg.Claim{sameDay(claim(1, "A+", supersedes("claim:2")), "1"), sameDay(claim(1, "Ax"), "2")},
			"1@01 by 2; 2@01 by 1",
		},
		{
			"same instant, each naming the other",
			[]kg.Claim{sameDay(claim(1, "A+", supersedes("claim:2")), "1"), sameDay(claim(1, "A+", supersedes("claim:1")), "2")},
			"1; 2",
		},
	}
	for _, tt := range tests {
		if got := lifetimes(derive(tt.claims...)); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

// versionsOf formats states as "01-03 UNVERIFIED": from noon of the 1st to noon of the 3rd.
func versionsOf(h kg.History) []string {
	var all []string
	for _, s := range h.States {
		to := ""
		if s.KnownTo != edtf.EndOfTime {
			to = s.KnownTo.String()[8:10]
		}
		all = append(all, s.KnownFrom.String()[8:10]+"-"+to+" "+string(s.Status))
	}
	return all
}

func TestStatesOverTime(t *testing.T) {
	tests := []struct {
		claims []kg.Claim
		want   []string
	}{
		{story("A+ B+ C! B-"), []string{"01-02 UNVERIFIED", "02-03 CORROBORATED", "03-04 CONFIRMED", "04- DISPUTED"}},
		{story("Ax A+ Ax B-"), []string{"02-03 UNVERIFIED", "03-04 RETRACTED", "04- DENIED"}},
		{story("A+ A+ A+"), []string{"01- UNVERIFIED"}}, // nothing changed on the 2nd and 3rd
		{story("A+ Bx Cx"), []string{"01- UNVERIFIED"}},
		{story("A+ Ax Ax A-"), []string{"01-02 UNVERIFIED", "02-04 RETRACTED", "04- DENIED"}},
		{nil, nil},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, versionsOf(derive(tt.claims...))); diff != "" {
			t.Errorf("%d claims (-want +got):\n%s", len(tt.claims), diff)
		}
	}
}

// TestWithdrawnAtOnce checks that a claim that was withdrawn at the instant at which it became known was never live.
func TestWithdrawnAtOnce(t *testing.T) {
	first, retraction := claim(1, "A+", title("en", "First")), claim(1, "Ax")
	retraction.ID = "claim:2"
	if h := derive(first, retraction); len(h.States) != 0 {
		t.Errorf("states %v of an event without a live claim", h.States)
	}
	later := derive(first, retraction, claim(3, "B-"))
	if got := versionsOf(later); len(got) != 1 || got[0] != "03- DENIED" {
		t.Errorf("states %v, want DENIED from the 3rd", got)
	}
	if later.States[0].Titles != nil {
		t.Errorf("titles %v of a claim that was never live", later.States[0].Titles)
	}
}

func TestBecause(t *testing.T) {
	other := claim(2, "C+")
	other.ID = "claim:20"
	h := derive(claim(1, "A+"), claim(2, "B+"), other, claim(3, "Ax"))
	want := [][]kg.ID{{"claim:1"}, {"claim:2", "claim:20"}, {"claim:3"}}
	var got [][]kg.ID
	for _, s := range h.States {
		got = append(got, s.Because)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("because (-want +got):\n%s", diff)
	}
}

func TestKnownFrom(t *testing.T) {
	tests := []struct{ asserted, want string }{
		{"2025-01-01T12:00:00Z", "2025-01-01T12:00:00Z"},
		{"2025-01-01T12:00:00+02:00", "2025-01-01T10:00:00Z"},
		{"2025-01-01", "2025-01-02T00:00:00Z"},
		{"2024-02", "2024-03-01T00:00:00Z"},
		{"2024", "2025-01-01T00:00:00Z"},
		{"2025-01-01/2025-01-03", "2025-01-04T00:00:00Z"},
		{"../2025-01-03", "2025-01-04T00:00:00Z"},
		{"2025-01-01/..", "infinity"},
	}
	for _, tt := range tests {
		if got := (kg.Claim{AssertedAt: when(tt.asserted)}).KnownFrom().String(); got != tt.want {
			t.Errorf("asserted %s: known from %s, want %s", tt.asserted, got, tt.want)
		}
	}
}

// A data set withdraws its rows, even if the claimants differ.
func TestDatasetWithdrawsItsRows(t *testing.T) {
	row := func(release kg.ID, c kg.Claim) kg.Claim {
		c.Release = release
		return c
	}
	book := kg.VoiceBook{Releases: map[kg.ID]kg.Release{
		"release:1": {Name: "d"}, "release:2": {Name: "d"}, "release:3": {Name: "other"},
	}}
	for name, c := range map[string]struct {
		by   kg.Claim
		want string
	}{
		"supersedes":            {row("release:2", claim(2, "B+", supersedes("claim:1"))), "1@02 by 2; 2"},
		"retracts":              {row("release:2", claim(2, "Bx", supersedes("claim:1"))), "1@02 by 2; 2"},
		"retracts, naming no":   {row("release:2", claim(2, "Bx")), "1@02 by 2; 2"},
		"of another data set":   {row("release:3", claim(2, "Bx", supersedes("claim:1"))), "1; 2"},
		"of no data set":        {claim(2, "Bx", supersedes("claim:1")), "1; 2"},
		"of an unknown release": {row("release:9", claim(2, "Bx", supersedes("claim:1"))), "1; 2"},
	} {
		got := lifetimes(kg.Derive(strike, []kg.Claim{row("release:1", claim(1, "A+")), c.by}, book))
		if got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}
