package storetest

import (
	"fmt"

	"casus/internal/edtf"
	"casus/internal/kg"
)

// at reads an EDTF text of the suite's own.
func at(value string) *edtf.Time {
	t, err := edtf.ParseTime(value)
	if err != nil {
		panic(err) // a fault of the suite, not of a store
	}
	return &t
}

func ref[T any](v T) *T { return &v }

// noon is midday UTC of a day of March 2025, at which most of the world's claims become known.
func noon(day int) edtf.Instant { return at(fmt.Sprintf("2025-03-%02dT12:00:00Z", day)).Earliest }

// known is the view at an instant.
func known(i edtf.Instant) kg.View { return kg.View{KnownAt: &i} }

func name(language, value string) kg.Name {
	return kg.Name{Value: value, Language: language, Kind: kg.NamePrimary}
}

func alias(language, value string) kg.Name {
	return kg.Name{Value: value, Language: language, Kind: kg.NameAlias}
}

// A part of a claim beyond who says what.
type part func(*kg.Claim)

func says(change func(*kg.Statement)) part { return func(c *kg.Claim) { change(&c.Says) } }

// claim is one claim in short. Its stance is a sign: "+" asserts, "!" confirms, "-" denies, "?" disputes, "x" retracts.
// It speaks to the occurrence and is published at noon of the day; of day 0, a part says when.
func claim(id, subject kg.ID, stance rune, day int, parts ...part) kg.Claim {
	stances := map[rune]kg.Stance{
		'+': kg.StanceAsserts, '!': kg.StanceConfirms, '-': kg.StanceDenies, '?': kg.StanceDisputes, 'x': kg.StanceRetracts,
	}
	c := kg.Claim{
		ID: "claim:" + id, Subject: subject, Aspect: kg.AspectOccurrence, Stance: stances[stance],
	}
	if day > 0 {
		c.AssertedAt = *at(noon(day).String())
	}
	for _, p := range parts {
		p(&c)
	}
	return c
}

func asserted(value string) part      { return func(c *kg.Claim) { c.AssertedAt = *at(value) } }
func aspect(a kg.Aspect) part         { return func(c *kg.Claim) { c.Aspect = a } }
func by(actors ...kg.ID) part         { return func(c *kg.Claim) { c.Claimants = actors } }
func relayed(actors ...kg.ID) part    { return func(c *kg.Claim) { c.RelayedBy = actors } }
func in(document kg.ID) part          { return func(c *kg.Claim) { c.Document = document } }
func from(release kg.ID) part         { return func(c *kg.Claim) { c.Release = release } }
func supersedes(claims ...kg.ID) part { return func(c *kg.Claim) { c.Supersedes = claims } }
func note(text string) part           { return func(c *kg.Claim) { c.Note = text } }
func quote(q kg.Quote) part           { return func(c *kg.Claim) { c.Quote = &q } }
func mode(m string) part              { return says(func(s *kg.Statement) { s.Mode = m }) }
func when(value string) part          { return says(func(s *kg.Statement) { s.Time = at(value) }) }
func whole(event kg.ID) part {
	return says(func(s *kg.Statement) { s.Wholes = append(s.Wholes, event) })
}
func announces(event kg.ID) part {
	return says(func(s *kg.Statement) { s.Announces = append(s.Announces, event) })
}
func category(c kg.EventCategory) part { return says(func(s *kg.Statement) { s.Category = c }) }
func modality(m kg.Modality) part      { return says(func(s *kg.Statement) { s.Modality = m }) }

func title(language, value string) part {
	return says(func(s *kg.Statement) { s.Titles = append(s.Titles, kg.Name{Value: value, Language: language}) })
}

func summary(language, value string) part {
	return says(func(s *kg.Statement) { s.Summaries = append(s.Summaries, kg.Name{Value: value, Language: language}) })
}

func code(scheme, value string) part {
	return says(func(s *kg.Statement) { s.Codes = append(s.Codes, kg.Code{Scheme: scheme, Value: value}) })
}

func participant(actor kg.ID, role kg.ParticipantRole, side kg.Side, representing kg.ID) part {
	return says(func(s *kg.Statement) {
		s.Participants = append(s.Participants, kg.Participant{Actor: actor, Role: role, Side: side, Representing: representing})
	})
}

func place(location kg.ID, role kg.LocationRole, precision int) part {
	return says(func(s *kg.Statement) {
		s.Places = append(s.Places, kg.Place{Location: location, Role: role, Precision: precision})
	})
}

func answers(event kg.ID, kind kg.ResponseKind, condition string) part {
	return says(func(s *kg.Statement) {
		s.RespondsTo = append(s.RespondsTo, kg.ResponseTo{To: event, Kind: kind, Condition: condition})
	})
}

// killed is a toll of the dead over all populations.
func killed(qualifier kg.FigureQualifier, n int) part {
	return says(func(s *kg.Statement) { s.Figures = append(s.Figures, dead(qualifier, n)) })
}

func dead(qualifier kg.FigureQualifier, n int) kg.Figure {
	f := kg.Figure{Kind: kg.FigureKilled, Population: kg.PopulationTotal, Qualifier: qualifier}
	if qualifier == kg.QualifierAtLeast {
		f.Low = &n
	} else {
		f.Best = &n
	}
	return f
}

func affected(n int) part {
	return says(func(s *kg.Statement) {
		s.Figures = append(s.Figures, kg.Figure{Kind: kg.FigureAffected, Population: kg.PopulationCivilian, Best: &n, Qualifier: kg.QualifierAbout})
	})
}
