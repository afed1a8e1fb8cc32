package graph_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"testing"
	"time"

	"casus/graph"
	"casus/graph/examples"
	"casus/internal/kg"
	"casus/internal/projection/network"
	"casus/internal/store"
	"casus/internal/store/memory"
	"casus/loader"
	"casus/loader/sample"
)

// maxCalls is the number of calls of the store that an example may cost, independent of its rows: one for the root, and
// one for each kind of read at each level below it.
const maxCalls = 8

// patient returns a handler that waits so long for the ids of a batch that a slow machine does not split it.
func patient(s store.Store) http.Handler {
	const wait = 250 * time.Millisecond
	return graph.NewHandler(s, graph.Config{Logger: quiet(), Networks: network.New(s, 0), BatchWait: wait})
}

// TestExamplesCostFewCalls runs every example on the bundled sample.
func TestExamplesCostFewCalls(t *testing.T) {
	m := memory.New()
	files := loader.FS(sample.Files(), sample.Names())
	if _, err := loader.Load(t.Context(), m, files, loader.Options{}); err != nil {
		t.Fatal(err)
	}
	for _, e := range examples.All() {
		t.Run(e.Name, func(t *testing.T) {
			t.Parallel()
			s := &countingStore{Store: m}
			h := patient(s)
			variables := map[string]any{}
			if e.Variables != "" {
				if err := json.Unmarshal([]byte(e.Variables), &variables); err != nil {
					t.Fatal(err)
				}
			}
			var data map[string]any
			answer(t, h, e.Query, variables, &data)
			n, list := s.taken()
			if n > maxCalls {
				t.Errorf("%d calls, the limit is %d:%s", n, maxCalls, list)
			}
			t.Log(n, "calls:", list)
		})
	}
}

// TestCallsDoNotGrowWithRows runs one deep query on graphs of different sizes.
func TestCallsDoNotGrowWithRows(t *testing.T) {
	const query = `{ timeline(first: 100) { totalCount nodes { title claimCounts { asserts withdrawn }
		participants { actor { name affiliations { position } coParticipants { totalCount } } claims { id } }
		locations { location { name parents { name } } } figures { best claim { id document { title publisher { name } } } }
		claims { nodes { claimants { name } document { title } } } } } }`
	calls := map[int]int{}
	for _, rows := range []int{1, 40} {
		s := &countingStore{Store: memory.New()}
		b := kg.Batch{
			Actors:    []kg.Actor{{ID: "actor:press", Kind: kg.ActorCompany, Names: named("en", "Press")}},
			Documents: []kg.Document{{ID: "document:d", Titles: named("en", "D"), Publisher: "actor:press"}},
			Locations: []kg.Location{{ID: "location:land", Kind: kg.LocationCountry, Names: named("en", "Land")}},
		}
		for i := range rows {
			seven := 7
			a, l := kg.ID(fmt.Sprintf("actor:%d", i)), kg.ID(fmt.Sprintf("location:%d", i))
			b.Actors = append(b.Actors, kg.Actor{ID: a, Kind: kg.ActorPerson, Names: named("en", "A")})
			b.Locations = append(b.Locations, kg.Location{
				ID: l, Kind: kg.LocationCity, Names: named("en", "L"), Parents: []kg.ID{"location:land"},
			})
			b.Claims = append(b.Claims, kg.Claim{
				ID: kg.ID(fmt.Sprintf("claim:%d", i)), Subject: kg.ID(fmt.Sprintf("event:%d", i)),
				Stance: kg.StanceAsserts, Aspect: kg.AspectOccurrence,
				Document: "document:d", Claimants: []kg.ID{a}, AssertedAt: *at(t, "2025-12-20"),
				Says: kg.Statement{
					Participants: []kg.Participant{{Actor: a, Role: kg.RoleParticipant}, {Actor: "actor:press", Role: kg.RoleHost}},
					Places:       []kg.Place{{Location: l, Role: kg.LocationRoleVenue}},
					Figures: []kg.Figure{
						{Kind: kg.FigureKilled, Population: kg.PopulationTotal, Best: &seven, Qualifier: kg.QualifierExact},
					},
				},
			})
		}
		if _, err := s.Apply(t.Context(), b); err != nil {
			t.Fatal(err)
		}
		var data struct{ Timeline struct{ TotalCount int } }
		answer(t, patient(s), query, nil, &data)
		if data.Timeline.TotalCount != rows {
			t.Errorf("%d events, want %d", data.Timeline.TotalCount, rows)
		}
		n, list := s.taken()
		t.Log(rows, "events:", list)
		calls[rows] = n
	}
	if calls[40] != calls[1] {
		t.Errorf("%d calls for 40 events, want %d as for one", calls[40], calls[1])
	}
}

// TestTotalsAndRowsOnlyIfSelected checks the queries that the store receives.
func TestTotalsAndRowsOnlyIfSelected(t *testing.T) {
	s := &spyStore{Store: world(t)}
	h := handler(t, s)
	for query, want := range map[string]string{
		"{ timeline { nodes { id } } }":                                      "limit 20, total false",
		"{ timeline { totalCount } }":                                        "limit 0, total true",
		"{ timeline(first: 2) { totalCount edges { cursor } } }":             "limit 2, total true",
		"{ timeline(last: 3) { pageInfo { hasPreviousPage } } }":             "limit 3, total false",
		"{ timeline { ... on EventConnection { n: totalCount } } }":          "limit 0, total true",
		"{ timeline { ...F } } fragment F on EventConnection { __typename }": "limit 0, total false",
	} {
		var data map[string]any
		answer(t, h, query, nil, &data)
		if s.last != want {
			t.Errorf("%s: the store received %s, want %s", query, s.last, want)
		}
	}
}
