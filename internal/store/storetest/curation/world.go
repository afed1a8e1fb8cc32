package curation

import (
	"fmt"
	"testing"

	"casus/internal/edtf"
	"casus/internal/kg"
)

// day returns noon of a day in March 2025.
func day(n int) edtf.Time {
	at, err := edtf.ParseTime(fmt.Sprintf("2025-03-%02dT12:00:00Z", n))
	if err != nil {
		panic(err) // a bug of the suite
	}
	return at
}

// world has a strike, which the Daily reports (4 killed) and corrects (6), and which the mayor confirms in a report of
// the wire; an event that only the wire tells of; and a raid that is part of both.
func world(t *testing.T) kg.Batch {
	t.Helper()
	names := func(s string) []kg.Name { return []kg.Name{{Value: s, Language: "en"}} }
	b := kg.Batch{RecordedAt: 7, Releases: []kg.Release{
		{ID: "release:1", Name: "data", Release: "1"}, {ID: "release:2", Name: "data", Release: "2"},
	}}
	for _, name := range []string{"daily", "wire", "mayor", "mayor-too"} {
		b.Actors = append(b.Actors, kg.Actor{ID: kg.ID("actor:" + name), Kind: kg.ActorPerson, Names: names(name)})
	}
	publishers := map[string]kg.ID{"daily1": "actor:daily", "daily2": "actor:daily", "wire1": "actor:wire"}
	for name, publisher := range publishers {
		b.Documents = append(b.Documents,
			kg.Document{ID: kg.ID("document:" + name), Titles: names(name), Publisher: publisher})
	}
	claim := func(id, event, document string, published int, options ...option) {
		c := kg.Claim{ID: kg.ID("claim:" + id), Subject: kg.ID("event:" + event), Stance: kg.StanceAsserts,
			Aspect: kg.AspectOccurrence, Document: kg.ID("document:" + document), AssertedAt: day(published)}
		content := c.Content()
		for _, set := range options {
			set(&content)
		}
		c.Stance, c.Claimants, c.Supersedes, c.Says = content.Stance, content.Claimants, content.Supersedes, content.Says
		b.Claims = append(b.Claims, c)
	}
	claim("first", "strike", "daily1", 1, title("Strike"), killed(4))
	claim("second", "strike", "daily2", 3, title("Strike"), killed(6), supersedes("claim:first"))
	claim("mayor", "strike", "wire1", 4, confirmedBy("actor:mayor"))
	claim("alone", "alone", "wire1", 2, title("Alone"))
	claim("raid", "raid", "wire1", 4, title("Raid"), func(c *kg.Content) {
		c.Says.Wholes = []kg.ID{"event:alone", "event:strike"}
	})
	return b
}

// claims returns the claims of the world by id.
func claims(t *testing.T) map[kg.ID]kg.Claim {
	t.Helper()
	all := map[kg.ID]kg.Claim{}
	for _, c := range world(t).Claims {
		all[c.ID] = c
	}
	return all
}

// option sets a part of a content.
type option func(*kg.Content)

func title(s string) option {
	return func(c *kg.Content) { c.Says.Titles = []kg.Name{{Value: s, Language: "en"}} }
}

func killed(n int) option {
	return func(c *kg.Content) {
		c.Says.Figures = []kg.Figure{{
			Kind: kg.FigureKilled, Population: kg.PopulationTotal, Qualifier: kg.QualifierExact, Best: &n,
		}}
	}
}

func supersedes(claims ...kg.ID) option { return func(c *kg.Content) { c.Supersedes = claims } }
func about(subject kg.ID) option        { return func(c *kg.Content) { c.Subject = subject } }
func confirmedBy(actor kg.ID) option {
	return func(c *kg.Content) { c.Stance, c.Claimants = kg.StanceConfirms, []kg.ID{actor} }
}

// forget returns a correction that makes a claim forgotten.
func forget(id, claim kg.ID, at edtf.Instant) kg.Correction {
	return kg.Correction{ID: id, Claim: claim, By: "ann", At: at, Why: "a test"}
}

// replace returns a correction of a claim with its content and some changes.
func replace(id kg.ID, at edtf.Instant, claim kg.Claim, changes ...option) kg.Correction {
	c := forget(id, claim.ID, at)
	content := claim.Content()
	for _, change := range changes {
		change(&content)
	}
	c.Content = &content
	return c
}

func corrects(c ...kg.Correction) kg.Batch { return kg.Batch{Corrections: c} }
func reviews(r ...kg.Review) kg.Batch      { return kg.Batch{Reviews: r} }

func idsOf[T kg.Identified](records []T) []kg.ID {
	var ids []kg.ID
	for _, r := range records {
		ids = append(ids, r.NodeID())
	}
	return ids
}
