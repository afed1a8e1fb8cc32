package kg_test

import (
	"fmt"
	"strings"
	"testing"

	"casus/internal/edtf"
	"casus/internal/kg"
)

const strike kg.ID = "event:strike"

// when parses an EDTF value that must be valid.
func when(value string) edtf.Time {
	t, err := edtf.ParseTime(value)
	if err != nil {
		panic(err)
	}
	return t
}

func timeOf(value string) *edtf.Time {
	t := when(value)
	return &t
}

// noon returns noon of a day of January 2025, the time at which claims of the fixtures become known.
func noon(day int) edtf.Instant {
	const first = 1_735_732_800_000 // 2025-01-01T12:00:00Z
	return edtf.Instant(first + int64(day-1)*86_400_000)
}

func ref[T any](v T) *T { return &v }

// part sets a part of a claim other than its claimants and stance.
type part func(*kg.Claim)

func says(change func(*kg.Statement)) part { return func(c *kg.Claim) { change(&c.Says) } }

func aspect(a kg.Aspect) part { return func(c *kg.Claim) { c.Aspect = a } }

func supersedes(ids ...kg.ID) part { return func(c *kg.Claim) { c.Supersedes = ids } }

func in(document kg.ID) part { return func(c *kg.Claim) { c.Document = document } }

func title(language, value string) part {
	return says(func(s *kg.Statement) { s.Titles = append(s.Titles, kg.Name{Value: value, Language: language}) })
}

func participant(actor kg.ID, role kg.ParticipantRole) part {
	return says(func(s *kg.Statement) {
		s.Participants = append(s.Participants, kg.Participant{Actor: actor, Role: role})
	})
}

func place(location kg.ID, precision int) part {
	return says(func(s *kg.Statement) {
		s.Places = append(s.Places, kg.Place{Location: location, Role: kg.LocationRoleVenue, Precision: precision})
	})
}

func modality(m kg.Modality) part { return says(func(s *kg.Statement) { s.Modality = m }) }

func killed(f kg.Figure) part {
	f.Kind = kg.FigureKilled
	if f.Population == "" {
		f.Population = kg.PopulationTotal
	}
	if f.Qualifier == "" {
		f.Qualifier = kg.QualifierExact
	}
	return says(func(s *kg.Statement) { s.Figures = append(s.Figures, f) })
}

// claim returns a claim about the strike in short: "A+" asserts, "A!" confirms, "A-" denies, "A?" disputes, "Ax"
// retracts. "AB+" has the claimants A and B, "+" has none. The claim has the number n and is known at noon of the nth.
func claim(n int, short string, parts ...part) kg.Claim {
	stances := map[byte]kg.Stance{
		'+': kg.StanceAsserts, '!': kg.StanceConfirms, '-': kg.StanceDenies, '?': kg.StanceDisputes, 'x': kg.StanceRetracts,
	}
	c := kg.Claim{
		ID: kg.ID(fmt.Sprintf("claim:%d", n)), Subject: strike, Aspect: kg.AspectOccurrence,
		Stance: stances[short[len(short)-1]], AssertedAt: when(noon(n).String()),
	}
	for _, voice := range short[:len(short)-1] {
		c.Claimants = append(c.Claimants, kg.ID("actor:"+strings.ToLower(string(voice))))
	}
	for _, p := range parts {
		p(&c)
	}
	return c
}

// story returns several claims in short, one a day.
func story(short string) []kg.Claim {
	var claims []kg.Claim
	for i, s := range strings.Fields(short) {
		claims = append(claims, claim(i+1, s))
	}
	return claims
}

// now returns the latest state.
func now(t *testing.T, h kg.History) kg.EventState {
	t.Helper()
	if len(h.States) == 0 {
		t.Fatal("the event has no state")
	}
	return h.States[len(h.States)-1]
}

func derive(claims ...kg.Claim) kg.History { return kg.Derive(strike, claims, kg.VoiceBook{}) }
