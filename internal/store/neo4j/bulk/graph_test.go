package bulk_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store/storetest"
	neo4jtest "casus/internal/testkit/neo4j"
	"casus/internal/testkit/seeds"
)

// dumpGraph returns a line for each node and relationship of a database, without migrations, the change log and locks.
func dumpGraph(t *testing.T, uri string) []string {
	t.Helper()
	driver, err := neo4j.NewDriverWithContext(uri, neo4j.NoAuth())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = driver.Close(t.Context()) }() // the query reports errors
	var all []string
	for _, query := range []string{
		"MATCH (n) WHERE NOT n:Migration|_ChangeLog|_Change|_ClassLock" +
			" RETURN COLLECT { UNWIND labels(n) AS l RETURN l ORDER BY l } AS labels," +
			" properties(n) AS p",
		"MATCH (a)-[r]->(b) RETURN type(r) AS type, coalesce(a.id, a.key) AS from, coalesce(b.id, b.key) AS to," +
			" COLLECT { UNWIND labels(b) AS l RETURN l ORDER BY l } AS labels, b.knownFrom AS at, properties(r) AS p",
	} {
		result, err := neo4j.ExecuteQuery(t.Context(), driver, query, nil, neo4j.EagerResultTransformer)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range result.Records {
			line := r.AsMap()
			properties, _ := line["p"].(map[string]any)
			for name, v := range properties {
				properties[name] = fmt.Sprintf("%T %v", v, v) // JSON has no dates
			}
			text, err := json.Marshal(line)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, string(text))
		}
	}
	slices.Sort(all)
	return all
}

// TestSameGraph compares every property and relationship of an import with the graph that the store writes, before and
// after decisions.
func TestSameGraph(t *testing.T) {
	seeds.SkipUnselected(t)
	uri := neo4jtest.NewKeeping(t, "Migration")
	batches, decisions := storetest.GeneratedBatches(4, false)
	batches = append(batches, awkwardBatch())
	store := open(t, uri)
	apply(t, store, batches...)
	w, dir := newWriter(t)
	apply(t, w, batches...)
	finish(t, w)
	imported := neo4jtest.Import(t, dir)
	again := open(t, imported)
	compareGraphs(t, uri, imported)
	apply(t, store, decisions)
	apply(t, again, decisions)
	compareGraphs(t, uri, imported)
}

// TestSameGraphWithDecisions imports a generated graph with identity decisions, which are applied once, when the graph
// is first opened.
func TestSameGraphWithDecisions(t *testing.T) {
	seeds.SkipUnselected(t)
	uri := neo4jtest.NewKeeping(t, "Migration")
	batches, decisions := storetest.GeneratedBatches(5, false)
	if len(kg.Classes(decisions.Identities)) == 0 {
		t.Fatal("no nodes are merged")
	}
	batches = append(append(batches, specialBatches(t)...), decisions)
	apply(t, open(t, uri), batches...)
	w, dir := newWriter(t)
	apply(t, w, batches...)
	finish(t, w)
	imported := neo4jtest.Import(t, dir)
	for range 2 {
		got := open(t, imported)
		compareGraphs(t, uri, imported)
		wantCheckpoint(t, got)
	}
}

func compareGraphs(t *testing.T, uri, imported string) {
	t.Helper()
	want, got := dumpGraph(t, uri), dumpGraph(t, imported)
	if slices.Equal(want, got) && len(want) > 1000 {
		return
	}
	t.Errorf("the store has %d nodes and relationships, the import %d", len(want), len(got))
	for name, lists := range map[string][2][]string{"missing": {want, got}, "unexpected": {got, want}} {
		shown := 0
		for _, line := range lists[0] {
			if _, found := slices.BinarySearch(lists[1], line); !found && shown < 5 {
				t.Errorf("%s: %s", name, line)
				shown++
			}
		}
	}
}

// address returns an address with the signs of a text that addresses may have.
func address(text string) string {
	return "https://example.org/" + strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsControl(r) {
			return -1
		}
		return r
	}, text)
}

// awkwardBatch has texts that are hard to write as CSV.
func awkwardBatch() kg.Batch {
	texts := []string{
		`;`, `"`, `""`, `"quoted"`, `a "quoted" word`, `a,b`, `,`, `'`, `\`, `\"`, `\n`,
		"two\nlines", "two\r\nlines", "\n", "a\r", "tab\tand\vmore",
		" spaces around ", "الأمم المتحدة؛ \"ميناء\"", "гавань", "基辅", "😀𐍈", "\u2028", "\ufeffmark",
		"nul\x00in", "{latitude: 1}", "[1;2]", "U+FDD0", "null", "true", "1",
		strings.Repeat("long ", 150),
	}
	date, err := edtf.ParseTime("2025-03-01")
	if err != nil {
		panic(err) // a bug of the test
	}
	b := kg.Batch{Releases: []kg.Release{{ID: "release:awkward", Name: texts[4], Release: texts[0], ReleasedAt: &date}}}
	for i, text := range texts {
		// A name must not be blank.
		name := []kg.Name{{Value: text + "x", Language: "en"}, {Value: "x" + text, Language: "ar"}}
		id := func(kind kg.NodeKind) kg.ID { return kg.ID(fmt.Sprintf("%s:awkward;\"%d'", kind, i)) }
		b.Actors = append(b.Actors, kg.Actor{
			ID: id(kg.KindActor), Kind: kg.ActorState, Names: name, Description: text,
			Identifiers: []kg.Identifier{{Scheme: "own", Value: text}},
		})
		b.Locations = append(b.Locations, kg.Location{
			ID: id(kg.KindLocation), Kind: kg.LocationCountry, Names: name,
			Identifiers: []kg.Identifier{{Scheme: "own", Value: text}},
			Point:       &kg.Point{Latitude: 1e-7 * float64(i), Longitude: -179.99999999999997},
		})
		b.Documents = append(b.Documents, kg.Document{
			ID: id(kg.KindDocument), Titles: name, Publisher: id(kg.KindActor), URL: address(text), Text: text,
		})
		b.Affiliations = append(b.Affiliations, kg.Affiliation{
			ID: id(kg.KindAffiliation), Holder: id(kg.KindActor), Counterpart: id(kg.KindLocation),
			Type: kg.AffiliationOther, Position: text,
		})
		about := kg.Claim{
			ID: id(kg.KindClaim), Subject: id(kg.KindEvent), Stance: kg.StanceAsserts, Aspect: kg.AspectOccurrence,
			AssertedAt: date, Release: "release:awkward",
			Document: id(kg.KindDocument), Note: text, Quote: &kg.Quote{Text: text}, Cites: []kg.ID{id(kg.KindDocument)},
			Says: kg.Statement{
				Titles: name, Summaries: name, Mode: text, Codes: []kg.Code{{Scheme: "a", Value: text}, {Scheme: "b", Value: text}},
				Participants: []kg.Participant{{Actor: id(kg.KindActor), Role: kg.ParticipantRoles.Values()[0], Capacity: text}},
			},
		}
		affiliation := about
		affiliation.ID, affiliation.Subject, affiliation.Says = about.ID+"-of", id(kg.KindAffiliation), kg.Statement{}
		b.Claims = append(b.Claims, about, affiliation)
	}
	return b
}
