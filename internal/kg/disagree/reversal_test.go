package disagree_test

import (
	"fmt"
	"strings"
	"testing"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/kg/disagree"
)

func showReversals(all []disagree.Reversal) string {
	var lines []string
	for _, r := range all {
		line := string(r.Kind) + " " + strings.TrimPrefix(string(r.Before), "claim:") + " " +
			strings.TrimPrefix(string(r.After), "claim:")
		if r.Participant != "" {
			line += " " + string(r.Participant)
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "; ")
}

func TestReversals(t *testing.T) {
	book := kg.VoiceBook{Documents: map[kg.ID]kg.Document{
		"document:own": {ID: "document:own", Publisher: "actor:a"}, "document:b": {ID: "document:b", Publisher: "actor:b"},
		"document:reprint": {ID: "document:reprint", Publisher: "actor:a", Syndicates: "document:b"},
	}}
	in := func(d kg.ID) part { return func(c *kg.Claim) { c.Document = d } }
	row := func(c *kg.Claim) { c.Release = "release:r" }
	participation := kg.AspectParticipation
	for _, tt := range []struct {
		name   string
		claims []kg.Claim
		want   string
	}{
		{"denied, then admitted", []kg.Claim{claim(1, "A-", occurrence), claim(2, "A!", occurrence)}, "ADMITTED 1 2"},
		{"asserted, then denied", []kg.Claim{claim(1, "A+", occurrence), claim(2, "A-", occurrence)}, "DENIED 1 2"},
		{"the last denial, the first admission", []kg.Claim{
			claim(1, "A-", occurrence), claim(2, "A-", occurrence), claim(3, "A!", occurrence), claim(4, "A+", occurrence)},
			"ADMITTED 2 3"},
		{"the last denial and the first admission, of several at one moment", []kg.Claim{
			claim(1, "A-", occurrence), claim(2, "A-", occurrence, known(1)),
			claim(3, "A!", occurrence), claim(4, "A+", occurrence, known(3))}, "ADMITTED 2 3"},
		{"a denial that was never live", []kg.Claim{
			claim(1, "A-", occurrence, known(2)), claim(2, "A!", occurrence, known(2), supersedes("claim:1")),
			claim(3, "A!", occurrence)}, ""},
		{"there and back", []kg.Claim{
			claim(1, "A-", occurrence), claim(2, "A!", occurrence), claim(3, "A-", occurrence)}, "ADMITTED 1 2; DENIED 2 3"},
		{"by another", []kg.Claim{claim(1, "A-", occurrence), claim(2, "B!", occurrence)}, ""},
		{"jointly with another", []kg.Claim{claim(1, "AB-", occurrence), claim(2, "A!", occurrence)}, "ADMITTED 1 2"},
		{"both at one moment", []kg.Claim{claim(1, "A-", occurrence), claim(2, "A!", occurrence, known(1))}, ""},
		{"a doubt is no denial", []kg.Claim{claim(1, "A?", occurrence), claim(2, "A!", occurrence)}, ""},
		{"of a part", []kg.Claim{
			claim(1, "A-", participation, by("actor:a")), claim(2, "A!", participation, by("actor:a"), by("actor:s"))},
			"ADMITTED 1 2 actor:a"},
		{"yes, but not by us", []kg.Claim{
			claim(1, "A!", occurrence, by("actor:a")), claim(2, "A-", participation, by("actor:a"))}, ""},
		{"it withdrew its denial", []kg.Claim{
			claim(1, "A-", occurrence), claim(2, "A!", occurrence, supersedes("claim:1"))}, "ADMITTED 1 2"},
		{"the paper withdrew the denial", []kg.Claim{
			claim(1, "A-", occurrence, in("document:b")), claim(2, "+", kg.AspectTime, in("document:b"), supersedes("claim:1")),
			claim(3, "A!", occurrence)}, ""},
		{"its own reprint withdrew the denial", []kg.Claim{
			claim(1, "A-", occurrence), claim(2, "+", kg.AspectTime, in("document:reprint"), supersedes("claim:1")),
			claim(3, "A!", occurrence)}, "ADMITTED 1 3"},
		{"a paper's own word", []kg.Claim{
			claim(1, "-", occurrence, in("document:own")), claim(2, "+", occurrence, in("document:own"))}, "ADMITTED 1 2"},
		{"a reprint is no word of its own", []kg.Claim{
			claim(1, "-", occurrence, in("document:reprint")), claim(2, "+", occurrence, in("document:own"))}, ""},
		{"nor a row", []kg.Claim{
			claim(1, "-", occurrence, in("document:own"), row), claim(2, "+", occurrence, in("document:own"))}, ""},
		{"nor what a machine read", []kg.Claim{
			claim(1, "A-", occurrence, machine), claim(2, "A!", occurrence)}, ""},
	} {
		h := kg.Derive(strike, tt.claims, book)
		lives := map[kg.ID]kg.ClaimLifetime{}
		for _, l := range h.Lifetimes {
			lives[l.Claim] = l
		}
		for i := range tt.claims {
			c := &tt.claims[i]
			c.KnownTo, c.WithdrawnBy = lives[c.ID].KnownTo, lives[c.ID].WithdrawnBy
		}
		if got := showReversals(disagree.OfClaims("actor:a", tt.claims, book)); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestAnswers(t *testing.T) {
	answer := func(proposal kg.ID, accepts bool, at edtf.Instant, claim kg.ID) disagree.Answer {
		return disagree.Answer{Proposal: proposal, Accepts: accepts, At: at, Claim: claim}
	}
	all := disagree.OfAnswers([]disagree.Answer{
		answer("event:p", true, 3, "claim:3"), answer("event:p", false, 1, "claim:1"), answer("event:q", false, 2, "claim:2"),
		answer("event:p", false, 4, "claim:4"), answer("event:q", false, 5, "claim:5"),
	})
	disagree.SortReversals(all)
	if got := showReversals(all); got != "ACCEPTED 1 3; REFUSED 3 4" {
		t.Error(got)
	}
}

func TestProposals(t *testing.T) {
	modalities := map[kg.ID]kg.Modality{
		"event:speech": kg.ModalityOccurred, "event:truce": kg.ModalityProposed, "event:talks": kg.ModalityProposed,
		"event:strike": kg.ModalityOccurred,
	}
	for _, tt := range []struct {
		name, to  string
		announces []kg.ID
		want      string
	}{
		{"a proposal", "event:truce", nil, "[event:truce]"},
		{"a speech that announces nothing", "event:speech", nil, "[event:speech]"},
		{"a speech in which it is announced", "event:speech", []kg.ID{"event:truce"}, "[event:truce]"},
		{"a speech that announces two", "event:speech", []kg.ID{"event:truce", "event:talks"}, "[event:truce event:talks]"},
		{"what it announced has occurred", "event:speech", []kg.ID{"event:strike"}, "[event:speech]"},
		{"a proposal that announces another one", "event:talks", []kg.ID{"event:truce"}, "[event:truce event:talks]"},
		{"what does not exist", "event:none", nil, "[]"},
		{"one announces what does not exist", "event:speech", []kg.ID{"event:none"}, "[event:speech]"},
	} {
		if got := fmt.Sprint(disagree.Proposals(kg.ID(tt.to), tt.announces, modalities)); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}
