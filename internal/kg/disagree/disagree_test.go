package disagree_test

import (
	"fmt"
	"strings"
	"testing"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/kg/disagree"
)

const (
	occurrence       = kg.AspectOccurrence
	characterization = kg.AspectCharacterization
	venue            = kg.LocationRoleVenue
)

// show returns disagreements in short: the aspect, and the numbers of the claims of each side.
func show(all []disagree.Disagreement) string {
	var lines []string
	for _, d := range all {
		line := string(d.Aspect)
		if d.Quantity.Unit != "" || d.Quantity.Population == kg.PopulationCivilian {
			line += " " + string(d.Quantity.Population) + d.Quantity.Unit
		}
		for _, s := range d.Sides {
			var claims []string
			for _, c := range s.Claims {
				claims = append(claims, strings.TrimPrefix(string(c), "claim:"))
			}
			line += " (" + strings.Join(claims, " ") + ")"
			if s.Denies {
				line = line[:len(line)-1] + ": not)"
			}
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "; ")
}

var rules = []struct {
	name   string
	claims []kg.Claim
	want   string
}{
	{"one denies what another asserts", []kg.Claim{claim(1, "A+", occurrence), claim(2, "B-", occurrence)},
		"OCCURRENCE (1) (2: not)"},
	{"one disputes it", []kg.Claim{claim(1, "A+", occurrence), claim(2, "B?", occurrence)}, "OCCURRENCE (1) (2: not)"},
	{"all deny it", []kg.Claim{claim(1, "A-", occurrence), claim(2, "B?", occurrence)}, ""},
	{"a denial of another aspect leaves the occurrence alone", []kg.Claim{
		claim(1, "A+", occurrence), claim(2, "B-", kg.AspectFigures)}, ""},
	{"yes, but not by us", []kg.Claim{
		claim(1, "A+", occurrence, by("actor:n")), claim(2, "N-", kg.AspectParticipation, by("actor:n"))},
		"PARTICIPATION (1) (2: not)"},
	{"not by them either", []kg.Claim{
		claim(1, "A+", occurrence, by("actor:n")), claim(2, "S-", kg.AspectParticipation, by("actor:s"))}, ""},

	{"five and six", []kg.Claim{claim(1, "A+", occurrence, killed("5")), claim(2, "B+", kg.AspectFigures, killed("6"))},
		"FIGURES (1) (2)"},
	{"about five and six", []kg.Claim{claim(1, "A+", occurrence, killed("~5")), claim(2, "B+", occurrence, killed("6"))},
		"FIGURES (1) (2)"},
	{"at least four, and seven", []kg.Claim{
		claim(1, "A+", occurrence, killed("4+")), claim(2, "B+", occurrence, killed("7"))}, ""},
	{"at least nine, and six", []kg.Claim{
		claim(1, "A+", occurrence, killed("9+")), claim(2, "B+", occurrence, killed("6"))}, "FIGURES (1) (2)"},
	{"at most four, and seven", []kg.Claim{
		claim(1, "A+", occurrence, killed("4-")), claim(2, "B+", occurrence, killed("7"))}, "FIGURES (1) (2)"},
	{"three to nine, and nine", []kg.Claim{
		claim(1, "A+", occurrence, killed("3..9")), claim(2, "B+", occurrence, killed("9"))}, ""},
	{"what fits both sides is on both", []kg.Claim{
		claim(1, "A+", occurrence, killed("5")), claim(2, "B+", occurrence, killed("9")),
		claim(3, "C+", occurrence, killed("4+"))}, "FIGURES (1 3) (2 3)"},
	{"three sides", []kg.Claim{
		claim(1, "A+", occurrence, killed("2")), claim(2, "B+", occurrence, killed("6")),
		claim(3, "C+", occurrence, killed("6")), claim(4, "D+", occurrence, killed("9+"))}, "FIGURES (1) (2 3) (4)"},
	{"civilians are not all", []kg.Claim{
		claim(1, "A+", occurrence, killed("3 civilians"), killed("5")), claim(2, "B+", occurrence, killed("5"))}, ""},
	{"civilians, and so all", []kg.Claim{
		claim(1, "A+", occurrence, killed("3 civilians")), claim(2, "B+", occurrence, killed("4 civilians"))},
		"FIGURES CIVILIAN (1) (2); FIGURES (1) (2)"},
	{"units are folded", []kg.Claim{
		claim(1, "A+", occurrence, killed("3 Tanks")), claim(2, "B+", occurrence, killed("4 tanks"))},
		"FIGURES TOTALtanks (1) (2)"},
	{"not nine", []kg.Claim{
		claim(1, "A+", occurrence, killed("9")), claim(2, "B+", occurrence, killed("6")),
		claim(3, "C-", kg.AspectFigures, killed("9"))}, "FIGURES (1) (2 3)"},
	{"not nine, which no claim says", []kg.Claim{
		claim(1, "A+", occurrence, killed("6+")), claim(2, "C-", kg.AspectFigures, killed("9"))}, ""},
	{"a denial of the figures denies all", []kg.Claim{
		claim(1, "A+", occurrence, killed("6")), claim(2, "C-", kg.AspectFigures)}, "FIGURES (1) (2: not)"},
	{"who disputes states what he says instead", []kg.Claim{
		claim(1, "A+", occurrence, killed("6")), claim(2, "C?", kg.AspectFigures, killed("2"))}, "FIGURES (1) (2: not)"},

	{"the 9th and the 10th", []kg.Claim{
		claim(1, "A+", occurrence, on("2025-01-09")), claim(2, "B+", occurrence, on("2025-01-10"))}, "TIME (1) (2)"},
	{"the 9th and January", []kg.Claim{
		claim(1, "A+", occurrence, on("2025-01-09")), claim(2, "B+", occurrence, on("2025-01"))}, ""},
	{"two nights that share a day", []kg.Claim{
		claim(1, "A+", occurrence, on("2025-01-09/2025-01-10")),
		claim(2, "B+", occurrence, on("2025-01-10/2025-01-11"))}, ""},
	{"an unknown time", []kg.Claim{
		claim(1, "A+", occurrence, on("2025-01-09")), claim(2, "B+", occurrence, on("XXXX"))}, ""},
	{"it was on the 9th, not in the night that they say", []kg.Claim{
		claim(1, "A+", occurrence, on("2025-01-10/2025-01-11")), claim(2, "B?", kg.AspectTime, on("2025-01-09"))},
		"TIME (1) (2: not)"},
	{"not on the 9th", []kg.Claim{
		claim(1, "A+", occurrence, on("2025-01-10")), claim(2, "B-", kg.AspectTime, on("2025-01-09"))}, ""},
	{"a plan is no contradiction of what happened", []kg.Claim{
		claim(1, "A+", occurrence, on("2025-01-09"), modality(kg.ModalityPlanned)),
		claim(2, "B+", occurrence, on("2025-01-10"), modality(kg.ModalityOccurred))}, ""},
	{"two plans", []kg.Claim{
		claim(1, "A+", occurrence, on("2025-01-09"), modality(kg.ModalityPlanned)),
		claim(2, "B+", occurrence, on("2025-01-10"), modality(kg.ModalityPlanned))}, "TIME (1) (2)"},

	{"the harbour of the port", []kg.Claim{
		claim(1, "A+", occurrence, target("harbour")), claim(2, "B+", occurrence, target("north"))}, ""},
	{"the port and the mill", []kg.Claim{
		claim(1, "A+", occurrence, target("port")), claim(2, "B+", occurrence, target("mill"))}, "PLACE (1) (2)"},
	{"the island fits both", []kg.Claim{
		claim(1, "A+", occurrence, target("port")), claim(2, "B+", occurrence, target("mill")),
		claim(3, "C+", occurrence, target("island"))}, "PLACE (1 3) (2 3)"},
	{"other roles are other places", []kg.Claim{
		claim(1, "A+", occurrence, target("port")), claim(2, "B+", occurrence, at("mill", venue, 0))}, ""},
	{"both places, or one of them", []kg.Claim{
		claim(1, "A+", occurrence, target("port"), target("mill")), claim(2, "B+", occurrence, target("mill"))}, ""},
	{"an unknown place", []kg.Claim{
		claim(1, "A+", occurrence, target("port")),
		claim(2, "B+", occurrence, at("mill", kg.LocationRoleTarget, 7))}, ""},
	{"of two countries one must be wrong", []kg.Claim{
		claim(1, "A+", occurrence, target("island")), claim(2, "B+", occurrence, target("mainland"))}, "PLACE (1) (2)"},
	{"unless a claim says that it was where both are", []kg.Claim{
		claim(1, "A+", occurrence, target("island")), claim(2, "B+", occurrence, target("mainland")),
		claim(3, "C+", occurrence, target("mill"))}, ""},
	{"it was not there", []kg.Claim{
		claim(1, "A+", occurrence, target("harbour")), claim(2, "B?", kg.AspectPlace, target("port"))},
		"PLACE (1) (2: not)"},
	{"it was not in the mill", []kg.Claim{
		claim(1, "A+", occurrence, target("south")), claim(2, "B-", kg.AspectPlace, target("mill"))}, ""},

	{"a war or an operation", []kg.Claim{
		claim(1, "A+", characterization, calls("A war")), claim(2, "B+", characterization, calls("An operation"))},
		"CHARACTERIZATION (1) (2)"},
	{"the same words in other letters, or translated", []kg.Claim{
		claim(1, "A+", characterization, calls("a WAR")), claim(2, "B+", characterization, calls("війна", "a war"))}, ""},
	{"an accident, who disputes that it was a strike", []kg.Claim{
		claim(1, "A+", characterization, calls("a strike")), claim(2, "B?", characterization, calls("an accident"))},
		"CHARACTERIZATION (1) (2: not)"},
	{"no war", []kg.Claim{
		claim(1, "A+", characterization, calls("a war")), claim(2, "B-", characterization, calls("This is no war"))},
		"CHARACTERIZATION (1) (2: not)"},
	{"the titles of reports are no characterization", []kg.Claim{
		claim(1, "A+", occurrence, calls("a war")), claim(2, "B+", occurrence, calls("an operation"))}, ""},
	{"two words of one are one side", []kg.Claim{
		claim(1, "A+", characterization, calls("a war")), claim(2, "A+", characterization, calls("a crime"), known(1)),
		claim(3, "B+", characterization, calls("an accident"))}, "CHARACTERIZATION (1 2) (3)"},

	{"who corrects himself does not disagree with himself", []kg.Claim{
		claim(1, "A+", occurrence, killed("5")), claim(2, "A+", kg.AspectFigures, killed("6"))}, ""},
	{"nor with others any more", []kg.Claim{
		claim(1, "A+", occurrence, killed("5")), claim(2, "B+", kg.AspectFigures, killed("6")),
		claim(3, "A+", kg.AspectFigures, killed("6"))}, ""},
	{"but on other quantities he still does", []kg.Claim{
		claim(1, "A+", occurrence, killed("5")), claim(2, "B+", kg.AspectFigures, killed("6")),
		claim(3, "A+", kg.AspectFigures, killed("6 tanks"))}, "FIGURES (1) (2)"},
	{"of two who said it together one says it still", []kg.Claim{
		claim(1, "AB+", occurrence, killed("5")), claim(2, "A+", kg.AspectFigures, killed("6"))}, "FIGURES (1) (2)"},
	{"two numbers of one at one moment", []kg.Claim{
		claim(1, "A+", occurrence, killed("5")), claim(2, "A+", kg.AspectFigures, killed("6"), known(1))}, ""},
	{"who denied and then admitted it", []kg.Claim{
		claim(1, "A+", occurrence), claim(2, "B-", occurrence), claim(3, "B!", occurrence)}, ""},
	{"a withdrawn claim", []kg.Claim{
		claim(1, "A+", occurrence, killed("5")), claim(2, "B+", occurrence, killed("6")),
		claim(3, "B+", kg.AspectCharacterization, supersedes("claim:2"))}, ""},

	{"a machine does not contradict a person", []kg.Claim{
		claim(1, "A+", occurrence, killed("5")), claim(2, "B+", occurrence, killed("6"), machine)}, ""},
	{"two machines", []kg.Claim{
		claim(1, "A+", occurrence, killed("5"), machine), claim(2, "B+", occurrence, killed("6"), machine)},
		"FIGURES (1) (2)"},
}

// knowledge returns claims with their lifetimes, and the modality of the event.
func knowledge(claims []kg.Claim, book kg.VoiceBook) ([]kg.Claim, kg.Modality) {
	h := kg.Derive(strike, claims, book)
	ends := map[kg.ID]edtf.Instant{}
	for _, l := range h.Lifetimes {
		ends[l.Claim] = l.KnownTo
	}
	var all []kg.Claim
	for _, c := range claims {
		c.KnownTo = ends[c.ID]
		all = append(all, c)
	}
	return all, h.States[len(h.States)-1].Modality
}

func TestRules(t *testing.T) {
	for _, rule := range rules {
		claims, m := knowledge(rule.claims, kg.VoiceBook{})
		if got := show(disagree.At(claims, m, kg.VoiceBook{}, parents, edtf.EndOfTime-1)); got != rule.want {
			t.Errorf("%s: %q, want %q", rule.name, got, rule.want)
		}
		want := kg.Bits(0)
		for _, a := range kg.Aspects.Values() {
			if strings.Contains(rule.want, string(a)+" ") {
				want |= kg.Aspects.Bits(a)
			}
		}
		states := disagree.Derive(strike, rule.claims, kg.VoiceBook{}, parents).States
		if got := states[len(states)-1].Disagreements; got != want {
			t.Errorf("%s: the state has %v, want %v", rule.name, kg.Aspects.In(got), kg.Aspects.In(want))
		}
	}
}

// TestVersions checks that a version begins where only the disagreements change.
func TestVersions(t *testing.T) {
	voices := kg.VoiceBook{Documents: map[kg.ID]kg.Document{"document:d": {ID: "document:d", Publisher: "actor:d"}}}
	in := func(c *kg.Claim) { c.Document = "document:d" }
	h := disagree.Derive(strike, []kg.Claim{
		claim(1, "+", occurrence, in), claim(2, "A+", characterization, in, calls("a war")),
		claim(3, "B+", characterization, in, calls("an operation")),
		claim(4, "A+", characterization, in, calls("an operation")),
	}, voices, nil)
	var got []string
	for _, s := range h.States {
		got = append(got, fmt.Sprint(s.KnownFrom.String()[8:10], kg.Aspects.In(s.Disagreements), s.Because))
	}
	want := "01[] [claim:1], 03[CHARACTERIZATION] [claim:3], 04[] [claim:4]"
	if s := strings.Join(got, ", "); s != want {
		t.Errorf("versions %s, want %s", s, want)
	}
	for i, s := range h.States[1:] {
		if h.States[i].KnownTo != s.KnownFrom {
			t.Errorf("a gap before %s", s.KnownFrom)
		}
	}
}
