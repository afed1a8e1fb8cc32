package graph_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"casus/internal/kg"
	"casus/internal/store"

	"github.com/google/go-cmp/cmp"
)

// duplicates returns world with a data set's row about the talks: the event, Ada and the port under other ids.
func duplicates(t *testing.T) store.Store {
	t.Helper()
	s := world(t)
	two := 2
	put(t, s, kg.Batch{
		RecordedAt: at(t, "2025-12-25T00:00:00Z").Earliest,
		Actors: []kg.Actor{
			{ID: "actor:set:ada", Kind: kg.ActorPerson, Names: named("en", "Minister of Land"), Country: "UA"},
		},
		Locations: []kg.Location{
			{ID: "location:set:haven", Kind: kg.LocationCity, Names: named("en", "Haven"), Parents: []kg.ID{"location:land"}},
		},
		Claims: []kg.Claim{{
			ID: "claim:set:9", Subject: "event:set:9", Stance: kg.StanceConfirms, Aspect: kg.AspectOccurrence,
			Release: "release:set", AssertedAt: *at(t, "2025-12-22"),
			Says: kg.Statement{
				Titles: named("en", "Meeting in the haven"), Category: kg.CategoryConsult, Time: at(t, "2025-12-19"),
				Figures: []kg.Figure{
					{Kind: kg.FigureKilled, Population: kg.PopulationTotal, Best: &two, Qualifier: kg.QualifierExact},
				},
				Participants: []kg.Participant{
					{Actor: "actor:set:ada", Role: kg.RoleParticipant}, {Actor: "actor:land", Role: kg.RoleHost},
				},
				Places: []kg.Place{{Location: "location:set:haven", Role: kg.LocationRoleVenue}},
			},
		}},
	})
	return s
}

func put(t *testing.T, s store.Store, b kg.Batch) {
	t.Helper()
	if _, err := s.Apply(t.Context(), b); err != nil {
		t.Fatal(err)
	}
}

// decisions returns decisions on the duplicates. There are two about Ada; the later one counts.
func decisions(t *testing.T, same bool, day string) kg.Batch {
	at := at(t, day).Earliest
	sure := 0.9
	return kg.Batch{Identities: []kg.IdentityDecision{
		{
			ID: kg.ID("identity:ada:" + day), A: "actor:set:ada", B: "actor:ada", Same: same, DecidedBy: "an editor",
			DecidedAt: at, Score: &sure, Reason: "the office",
		},
		{
			ID: kg.ID("identity:bo:" + day), A: "actor:bo", B: "actor:set:ada", DecidedBy: "an editor", DecidedAt: at,
			Reason: "two people",
		},
		{
			ID: kg.ID("identity:port:" + day), A: "location:port", B: "location:set:haven", Same: same,
			DecidedBy: "an editor", DecidedAt: at,
		},
		{
			ID: kg.ID("identity:talks:" + day), A: "event:talks", B: "event:set:9", Same: same, DecidedBy: "a rule",
			DecidedAt: at, Reason: "time, place and people",
		},
	}}
}

// TestGoldenIdentity queries the graph without decisions, with them, and after they are reversed. EXACT fields never
// change, and reversed decisions restore all others.
func TestGoldenIdentity(t *testing.T) {
	for _, name := range []string{"nodes", "merged", "connected"} {
		t.Run(name, func(t *testing.T) {
			file := "testdata/identity/" + name + ".golden"
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			const (
				without  = "\n--- answer without decisions ---\n"
				with     = "\n--- answer with decisions ---\n"
				reversed = "\n--- answer with reversed decisions ---\n"
			)
			query, _, _ := strings.Cut(string(b), without)
			s := duplicates(t)
			h := handler(t, s)
			before := pretty(t, h, query, nil)
			put(t, s, decisions(t, true, "2025-12-26"))
			during := pretty(t, h, query, nil)
			put(t, s, decisions(t, false, "2025-12-27"))
			after := pretty(t, h, query, nil)
			golden(t, file, query+without+before+with+during+reversed+after)
			if name == "nodes" { // it shows the decisions themselves
				return
			}
			if d := cmp.Diff(before, after); d != "" {
				t.Errorf("reversed decisions (-before +after)\n%s", d)
			}
			first, second := fieldsOf(t, before), fieldsOf(t, during)
			for field := range first {
				exact := strings.HasSuffix(strings.ToLower(field), "exact")
				if same := first[field] == second[field]; same != exact && field != "places" && field != "search" {
					t.Errorf("%s: unchanged by decisions: %t, want %t\n%s", field, same, exact, second[field])
				}
			}
		})
	}
}

// fieldsOf returns the values of a response's root fields.
func fieldsOf(t *testing.T, answer string) map[string]string {
	t.Helper()
	var got struct{ Data map[string]json.RawMessage }
	if err := json.Unmarshal([]byte(answer), &got); err != nil || len(got.Data) == 0 {
		t.Fatalf("no data in the response: %v\n%s", err, answer)
	}
	fields := map[string]string{}
	for name, value := range got.Data {
		fields[name] = string(value)
	}
	return fields
}
