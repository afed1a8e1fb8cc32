package disagree_test

import (
	"fmt"
	"strings"

	"casus/internal/edtf"
	"casus/internal/kg"
)

const strike kg.ID = "event:strike"

func when(value string) edtf.Time {
	t, err := edtf.ParseTime(value)
	if err != nil {
		panic(err)
	}
	return t
}

// part sets a part of a claim.
type part func(*kg.Claim)

// claim returns a claim about the strike in short: "A+" asserts, "A!" confirms, "A-" denies, "A?" disputes, "Ax"
// retracts, each with the aspect. The claimants are one letter each; "+" has none. Its number is n, and it is known at
// noon of the nth of January 2025.
func claim(n int, short string, aspect kg.Aspect, parts ...part) kg.Claim {
	stances := map[byte]kg.Stance{
		'+': kg.StanceAsserts, '!': kg.StanceConfirms, '-': kg.StanceDenies, '?': kg.StanceDisputes, 'x': kg.StanceRetracts,
	}
	c := kg.Claim{
		ID: kg.ID(fmt.Sprintf("claim:%d", n)), Subject: strike, Aspect: aspect, Stance: stances[short[len(short)-1]],
		AssertedAt: when(fmt.Sprintf("2025-01-%02dT12:00:00Z", n)),
	}
	for _, voice := range short[:len(short)-1] {
		c.Claimants = append(c.Claimants, kg.ID("actor:"+strings.ToLower(string(voice))))
	}
	for _, p := range parts {
		p(&c)
	}
	return c
}

// killed is a figure in short: "5", "~5", "5+" at least, "5-" at most, "3..9", "5 civilians", "5 tanks".
func killed(short string) part {
	number, of, _ := strings.Cut(short, " ")
	f := kg.Figure{Kind: kg.FigureKilled, Population: kg.PopulationTotal, Qualifier: kg.QualifierExact}
	if of == "civilians" {
		f.Population = kg.PopulationCivilian
	} else {
		f.Unit = of
	}
	parse := func(s string) *int {
		var n int
		if _, err := fmt.Sscan(s, &n); err != nil {
			panic(err)
		}
		return &n
	}
	low, high, isRange := strings.Cut(number, "..")
	switch {
	case isRange:
		f.Low, f.High = parse(low), parse(high)
	case strings.HasSuffix(number, "+"):
		f.Best, f.Qualifier = parse(strings.TrimSuffix(number, "+")), kg.QualifierAtLeast
	case strings.HasSuffix(number, "-"):
		f.Best, f.Qualifier = parse(strings.TrimSuffix(number, "-")), kg.QualifierAtMost
	case strings.HasPrefix(number, "~"):
		f.Best, f.Qualifier = parse(strings.TrimPrefix(number, "~")), kg.QualifierAbout
	default:
		f.Best = parse(number)
	}
	return func(c *kg.Claim) { c.Says.Figures = append(c.Says.Figures, f) }
}

func at(location string, role kg.LocationRole, precision int) part {
	return func(c *kg.Claim) {
		c.Says.Places = append(c.Says.Places, kg.Place{
			Location: kg.ID("location:" + location), Role: role, Precision: precision,
		})
	}
}

func target(location string) part { return at(location, kg.LocationRoleTarget, 0) }

func on(time string) part { return func(c *kg.Claim) { t := when(time); c.Says.Time = &t } }

func by(actor kg.ID) part {
	return func(c *kg.Claim) {
		c.Says.Participants = append(c.Says.Participants, kg.Participant{Actor: actor, Role: kg.RoleInitiator})
	}
}

func modality(m kg.Modality) part { return func(c *kg.Claim) { c.Says.Modality = m } }

func supersedes(ids ...kg.ID) part { return func(c *kg.Claim) { c.Supersedes = ids } }

func machine(c *kg.Claim) { c.Extractions = []kg.Extraction{{Tool: "t"}} }

func known(day int) part {
	return func(c *kg.Claim) { c.AssertedAt = when(fmt.Sprintf("2025-01-%02dT12:00:00Z", day)) }
}

// calls sets the quote, with an English translation if there is one.
func calls(words string, english ...string) part {
	return func(c *kg.Claim) {
		c.Quote = &kg.Quote{Text: words}
		for _, e := range english {
			c.Quote.Translations = append(c.Quote.Translations, kg.Name{Value: e, Language: "en"})
		}
	}
}

// parents is an island with two provinces, of which the second lies in two countries, and their towns.
func parents(l kg.ID) []kg.ID {
	return map[kg.ID][]kg.ID{
		"location:harbour": {"location:port"}, "location:port": {"location:north"}, "location:mill": {"location:south"},
		"location:north": {"location:island"}, "location:south": {"location:island", "location:mainland"},
	}[l]
}
