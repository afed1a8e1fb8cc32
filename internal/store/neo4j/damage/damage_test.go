package damage_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"casus/internal/check"
	"casus/internal/kg"
	"casus/internal/store/neo4j/conformance"
	neo4jtest "casus/internal/testkit/neo4j"
	"casus/loader"
	"casus/loader/sample"
)

// damagedProperty is a changed property of a node or relationship x.
type damagedProperty struct {
	match, set string
	// id is the record concerned; "" is any identity decision. problem is a part of the text found about it.
	id      kg.ID
	what    check.Invariant
	problem string
}

// damages change nodes and relationships of every kind, each of another record.
var damages = []damagedProperty{
	{"(x:Actor {id: 'actor:voskel'})", "x.name = 'X'", "actor:voskel", check.Storage,
		`the property name is "X"; by the record it is "Adra Voskel"`},
	{"(x:Actor {id: 'actor:tallic'})", "x.names = x.names[1..]", "actor:tallic", check.Storage, "the property names is ["},
	{"(x:Location {id: 'location:braskel'})", "x.point = point({latitude: 1, longitude: 2})", "location:braskel",
		check.Storage, "the property point is Point"},
	{"(x:Document {id: 'document:wire-2031-02-20'})", "x.publishedAt = datetime('2031-02-20T00:00:00Z')",
		"document:wire-2031-02-20", check.Storage,
		"the property publishedAt is 2031-02-20T00:00:00Z; by the record it is 2031-02-20"},
	{"(x:Release {id: 'release:ced:2031.1'})", "x.releasedAt = null", "release:ced:2031.1", check.Storage,
		"the property releasedAt is absent; by the record it is 2031-05-05"},
	{"(x:Affiliation {id: 'affiliation:sorvane-premier'})", "x.type = 'FAMILY'", "affiliation:sorvane-premier",
		check.Storage, `the property type is "FAMILY"; by the record it is "OFFICE"`},
	{"(:Actor)-[x:AFFILIATED_WITH {affiliation: 'affiliation:voskel-president'}]->()", "x.position = 'Queen'",
		"affiliation:voskel-president", check.Storage, "the relationships AFFILIATED_WITH have the properties"},
	{"(:Affiliation {id: 'affiliation:strummet-minister'})-[x:SUPPORTED]->()", "x.claims = ['claim:aff-voskel']",
		"affiliation:strummet-minister", check.Edges, ""},
	{"(x:IdentityDecision {a: 'actor:bekkar'})", "x.reason = null", "", check.Storage, "the property reason is absent"},
	{"(x:Review)", "x.by = 'X'", "review:r", check.Storage, `the property by is "X"`},
	{"(x:Correction)", "x.at = datetime('2000-01-01T00:00:00Z')", "correction:c", check.Storage,
		"the property at is 2000-01-01T00:00:00Z; by the record it is 2031-06-02T00:00:00Z"},
	{"(x:Claim {id: 'claim:aff-sorvane'})", "x.stance = 'DENIES'", "claim:aff-sorvane", check.Storage,
		`the property stance is "DENIES"`},
	{"(x:Claim {id: 'claim:aff-tallic'})", "x.quote = 'no'", "claim:aff-tallic", check.Storage,
		`the property quote is "no"`},
	{"(x:Claim {id: 'claim:strike-02-06-braskel-circle'})", "x.knownTo = datetime('2031-12-01T00:00:00Z')",
		"event:strike-02-06-braskel", check.Lifetimes, ""},
	{"(x:Event {id: 'event:strike-01-07-port-ledda'})", "x.killedBest = 99", "event:strike-01-07-port-ledda",
		check.Storage, "the property killedBest is 99; by the record it is 1"},
	{"(x:Event {id: 'event:strike-01-09-braskel'})", "x.startsAt = date('2031-01-10')", "event:strike-01-09-braskel",
		check.Storage, "the property startsAt is 2031-01-10; by the record it is 2031-01-09"},
	{"(x:Event {id: 'event:truce-signing'})", "x.endsAt = null", "event:truce-signing", check.Storage,
		"the property endsAt is absent; by the record it is 2031-05-16T09:30:00Z"},
	{"(x:Event {id: 'event:strike-01-15-port-ledda'})", "x._killedAsc = 0", "event:strike-01-15-port-ledda",
		check.Storage, "the property _killedAsc is 0"},
	{"(:Event {id: 'event:port-ledda-strike'})-[:HAS_STATE]->(x:EventState {killedBest: 9})", "x.status = 'DENIED'",
		"event:port-ledda-strike", check.Storage, `the property status is "DENIED"; by the record it is "UNVERIFIED"`},
	{"(:Event {id: 'event:strike-01-23-braskel'})<-[x:PARTICIPATED_IN {role: 'INITIATOR'}]-()",
		"x.claims = ['claim:aff-voskel']", "event:strike-01-23-braskel", check.Edges, ""},
	{"(:Event {id: 'event:strike-01-29-port-ledda'})<-[x:PARTICIPATED_IN {role: 'INITIATOR'}]-()",
		"x.representing = null", "event:strike-01-29-port-ledda", check.Edges, ""},
	{"(:Event {id: 'event:strike-02-04-halvedra'})-[x:OCCURRED_AT]->()", "x.precision = 7",
		"event:strike-02-04-halvedra", check.Edges, ""},
	{"(:Event {id: 'event:strike-02-12-braskel'})-[x:PART_OF]->()", "x.claims = null", "event:strike-02-12-braskel",
		check.Edges, ""},
	{"(:Event {id: 'event:velmora-accepts'})-[x:RESPONDS_TO]->()", "x.condition = null", "event:velmora-accepts",
		check.Edges, ""},
	{"(:Event {id: 'event:strummet-statement'})-[x:ANNOUNCES]->()", "x.knownFrom = datetime('2031-01-01T00:00:00Z')",
		"event:strummet-statement", check.Edges, ""},
}

// TestDamagedProperties damages a property of a node or relationship of every kind. The check names each of them, and
// found nothing before.
func TestDamagedProperties(t *testing.T) {
	uri := neo4jtest.NewKeeping(t, "Migration")
	s, example := conformance.Open(t, uri), sample.Fictional()
	if _, err := loader.Load(t.Context(), s, loader.FS(example.Files(), example.Names()), loader.Options{}); err != nil {
		t.Fatal(err)
	}
	const june = 1938124800000 // 2 June 2031
	if _, err := s.Apply(t.Context(), kg.Batch{
		Reviews: []kg.Review{{
			ID: "review:r", Release: "release:skimmer:2031-05", Verdict: kg.CodingMachineReviewed, By: "a keeper", At: june,
		}},
		Corrections: []kg.Correction{{
			ID: "correction:c", Node: "actor:orrelo", Field: "description", Value: `"secretary"`, By: "a keeper", At: june,
		}},
	}); err != nil {
		t.Fatal(err)
	}
	breaks := func() []check.Break {
		report, err := check.Run(t.Context(), s, check.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return report.Breaks
	}
	if found := breaks(); len(found) > 0 {
		t.Fatalf("%d breaks of a sound store, the first is %+v", len(found), found[0])
	}
	server, err := driver.NewDriverWithContext(uri, driver.NoAuth())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = server.Close(context.Background()) }() // the statements report errors
	for _, d := range damages {
		statement := "MATCH " + d.match + " WITH x LIMIT 1 SET " + d.set + " RETURN x"
		changed, err := driver.ExecuteQuery(t.Context(), server, statement, nil, driver.EagerResultTransformer)
		if err != nil || len(changed.Records) != 1 {
			t.Fatalf("%s changes nothing: %v", statement, err)
		}
	}
	found := breaks()
	for _, d := range damages {
		if !slices.ContainsFunc(found, func(b check.Break) bool {
			return (b.ID == d.id || d.id == "") && b.Invariant == d.what && strings.Contains(b.Problem, d.problem)
		}) {
			t.Errorf("%s SET %s: not found; about %s: %+v", d.match, d.set, d.id, about(found, d.id))
		}
	}
	for _, b := range found {
		if b.Invariant == check.Storage && !slices.ContainsFunc(damages, func(d damagedProperty) bool {
			return d.id == b.ID || d.id == "" && b.ID.Kind() == kg.KindIdentity
		}) {
			t.Errorf("found, but not damaged: %+v", b)
		}
	}
}

func about(found []check.Break, id kg.ID) (all []check.Break) {
	for _, b := range found {
		if b.ID == id {
			all = append(all, b)
		}
	}
	return all
}
