package storetest

import (
	"fmt"

	"casus/internal/edtf"
	"casus/internal/kg"
)

// at parses an EDTF constant of the suite. It panics if the constant is invalid.
func at(value string) *edtf.Time {
	t, err := edtf.ParseTime(value)
	if err != nil {
		panic(err) // a bug of the suite
	}
	return &t
}

func ref[T any](v T) *T { return &v }

// noon is 12:00 UTC of a day of March 2025. Most of the world's claims become known at noon.
func noon(day int) edtf.Instant { return at(fmt.Sprintf("2025-03-%02dT12:00:00Z", day)).Earliest }

// known returns the view with knownAt i.
func known(i edtf.Instant) kg.View { return kg.View{KnownAt: &i} }

func name(language, value string) kg.Name {
	return kg.Name{Value: value, Language: language, Kind: kg.NamePrimary}
}

func alias(language, value string) kg.Name {
	return kg.Name{Value: value, Language: language, Kind: kg.NameAlias}
}

// claimOption sets a part of a claim.
type claimOption func(*kg.Claim)

func statementOption(change func(*kg.Statement)) claimOption {
	return func(c *kg.Claim) { change(&c.Says) }
}

// claim returns a claim about the occurrence of its subject. The sign is its stance: '+' asserts, '!' confirms, '-'
// denies, '?' disputes, 'x' retracts. It is published at noon of the day; for day 0 an option must set the time.
func claim(id, subject kg.ID, stance rune, day int, options ...claimOption) kg.Claim {
	stances := map[rune]kg.Stance{
		'+': kg.StanceAsserts, '!': kg.StanceConfirms, '-': kg.StanceDenies, '?': kg.StanceDisputes, 'x': kg.StanceRetracts,
	}
	c := kg.Claim{
		ID: "claim:" + id, Subject: subject, Aspect: kg.AspectOccurrence, Stance: stances[stance],
	}
	if day > 0 {
		c.AssertedAt = *at(noon(day).String())
	}
	for _, p := range options {
		p(&c)
	}
	return c
}

func assertedAt(value string) claimOption    { return func(c *kg.Claim) { c.AssertedAt = *at(value) } }
func aspect(a kg.Aspect) claimOption         { return func(c *kg.Claim) { c.Aspect = a } }
func claimedBy(actors ...kg.ID) claimOption  { return func(c *kg.Claim) { c.Claimants = actors } }
func relayedBy(actors ...kg.ID) claimOption  { return func(c *kg.Claim) { c.RelayedBy = actors } }
func inDocument(document kg.ID) claimOption  { return func(c *kg.Claim) { c.Document = document } }
func fromRelease(release kg.ID) claimOption  { return func(c *kg.Claim) { c.Release = release } }
func supersedes(claims ...kg.ID) claimOption { return func(c *kg.Claim) { c.Supersedes = claims } }
func note(text string) claimOption           { return func(c *kg.Claim) { c.Note = text } }
func quote(q kg.Quote) claimOption           { return func(c *kg.Claim) { c.Quote = &q } }
func mode(m string) claimOption              { return statementOption(func(s *kg.Statement) { s.Mode = m }) }
func atTime(value string) claimOption {
	return statementOption(func(s *kg.Statement) { s.Time = at(value) })
}
func partOf(event kg.ID) claimOption {
	return statementOption(func(s *kg.Statement) { s.Wholes = append(s.Wholes, event) })
}
func announces(event kg.ID) claimOption {
	return statementOption(func(s *kg.Statement) { s.Announces = append(s.Announces, event) })
}
func category(c kg.EventCategory) claimOption {
	return statementOption(func(s *kg.Statement) { s.Category = c })
}
func modality(m kg.Modality) claimOption {
	return statementOption(func(s *kg.Statement) { s.Modality = m })
}

func title(language, value string) claimOption {
	return statementOption(func(s *kg.Statement) {
		s.Titles = append(s.Titles,
			kg.Name{Value: value, Language: language})
	})
}

func summary(language, value string) claimOption {
	return statementOption(func(s *kg.Statement) {
		s.Summaries = append(s.Summaries,
			kg.Name{Value: value, Language: language})
	})
}

func code(scheme, value string) claimOption {
	return statementOption(func(s *kg.Statement) { s.Codes = append(s.Codes, kg.Code{Scheme: scheme, Value: value}) })
}

func participant(actor kg.ID, role kg.ParticipantRole, side kg.Side, representing kg.ID) claimOption {
	return statementOption(func(s *kg.Statement) {
		s.Participants = append(s.Participants, kg.Participant{Actor: actor, Role: role, Side: side,
			Representing: representing})
	})
}

func place(location kg.ID, role kg.LocationRole, precision int) claimOption {
	return statementOption(func(s *kg.Statement) {
		s.Places = append(s.Places, kg.Place{Location: location, Role: role, Precision: precision})
	})
}

func respondsTo(event kg.ID, kind kg.ResponseKind, condition string) claimOption {
	return statementOption(func(s *kg.Statement) {
		s.RespondsTo = append(s.RespondsTo, kg.ResponseTo{To: event, Kind: kind, Condition: condition})
	})
}

// killed states how many were killed, over all populations.
func killed(qualifier kg.FigureQualifier, n int) claimOption {
	return statementOption(func(s *kg.Statement) { s.Figures = append(s.Figures, killedFigure(qualifier, n)) })
}

func killedFigure(qualifier kg.FigureQualifier, n int) kg.Figure {
	f := kg.Figure{Kind: kg.FigureKilled, Population: kg.PopulationTotal, Qualifier: qualifier}
	if qualifier == kg.QualifierAtLeast {
		f.Low = &n
	} else {
		f.Best = &n
	}
	return f
}

func affected(n int) claimOption {
	return statementOption(func(s *kg.Statement) {
		s.Figures = append(s.Figures, kg.Figure{Kind: kg.FigureAffected, Population: kg.PopulationCivilian, Best: &n,
			Qualifier: kg.QualifierAbout})
	})
}
