package network_test

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/projection/network"
	"casus/internal/store"
	"casus/internal/store/open"
	"casus/internal/store/relations"
	neo4jtest "casus/internal/testkit/neo4j"
)

// TestFreshAfterAnotherProcess opens one database twice, like two processes: writes of one show in the next query of
// the other.
func TestFreshAfterAnotherProcess(t *testing.T) {
	for _, engine := range []struct {
		name string
		url  func(*testing.T) string
	}{
		{"SQLite", func(t *testing.T) string { return "sqlite:" + filepath.Join(t.TempDir(), "casus.db") }},
		{"Neo4j", func(t *testing.T) string { return neo4jtest.New(t) }},
	} {
		t.Run(engine.name, func(t *testing.T) {
			url := engine.url(t)
			writer, reader := openStore(t, url), openStore(t, url)
			n := network.New(reader, 0)
			day, err := edtf.ParseTime("2025-03-01")
			if err != nil {
				t.Fatal(err)
			}
			claim := func(id kg.ID, stance kg.Stance, supersedes []kg.ID, actors ...kg.ID) {
				c := kg.Claim{
					ID: "claim:" + id, Subject: "event:" + id, Stance: stance, Aspect: kg.AspectOccurrence,
					Claimants: []kg.ID{"actor:a"}, AssertedAt: day, Supersedes: supersedes,
				}
				if len(supersedes) > 0 {
					c.ID, c.AssertedAt = c.ID+"-back", mustTime(t, "2025-03-02")
				}
				for _, a := range actors {
					c.Says.Participants = append(c.Says.Participants, kg.Participant{Actor: a, Role: kg.RoleParticipant})
				}
				if _, err := writer.Apply(t.Context(), kg.Batch{Claims: []kg.Claim{c}}); err != nil {
					t.Fatal(err)
				}
			}
			later := 0
			says := func(id kg.ID, stance kg.Stance, aspect kg.Aspect, modality kg.Modality, actors ...kg.ID) {
				later++
				c := kg.Claim{
					ID: kg.ID(fmt.Sprintf("claim:later-%d", later)), Subject: "event:" + id, Stance: stance, Aspect: aspect,
					Claimants: []kg.ID{"actor:a"}, AssertedAt: mustTime(t, fmt.Sprintf("2025-04-%02d", later)),
				}
				c.Says.Modality = modality
				for _, a := range actors {
					c.Says.Participants = append(c.Says.Participants, kg.Participant{Actor: a, Role: kg.RoleParticipant})
				}
				if _, err := writer.Apply(t.Context(), kg.Batch{Claims: []kg.Claim{c}}); err != nil {
					t.Fatal(err)
				}
			}
			length := func() int {
				t.Helper()
				found, err := n.Paths(t.Context(), relations.PathQuery{From: "actor:a", To: "actor:c", Limit: 1, MaxHops: 4})
				if err != nil {
					t.Fatal(err)
				}
				if len(found) == 0 {
					return 0
				}
				return len(found[0].Hops)
			}
			if got := length(); got != 0 {
				t.Errorf("the path in an empty store has %d hops", got)
			}
			var actors []kg.Actor
			for _, id := range []kg.ID{"actor:a", "actor:b", "actor:c"} {
				actors = append(actors, kg.Actor{ID: id, Kind: kg.ActorPerson, Names: []kg.Name{{Value: string(id)}}})
			}
			if _, err := writer.Apply(t.Context(), kg.Batch{Actors: actors}); err != nil {
				t.Fatal(err)
			}
			for _, step := range []struct {
				write func()
				want  int
			}{
				{func() { claim("one", kg.StanceAsserts, nil, "actor:a", "actor:b") }, 0},
				{func() { claim("two", kg.StanceAsserts, nil, "actor:b", "actor:c") }, 2},
				{func() { claim("three", kg.StanceAsserts, nil, "actor:a", "actor:c") }, 1},
				{func() { claim("three", kg.StanceRetracts, []kg.ID{"claim:three"}) }, 2},
				{func() { claim("four", kg.StanceAsserts, nil, "actor:a") }, 2},
				// The participation is DENIED, then DISPUTED, and then the event is only planned.
				{func() { says("four", kg.StanceDenies, kg.AspectParticipation, "", "actor:c") }, 2},
				{func() { says("four", kg.StanceAsserts, kg.AspectPlace, "", "actor:c") }, 1},
				{func() { says("four", kg.StanceAsserts, kg.AspectTime, kg.ModalityPlanned) }, 2},
			} {
				step.write()
				if got := length(); got != step.want {
					t.Errorf("the path has %d hops, want %d", got, step.want)
				}
			}
		})
	}
}

func mustTime(t *testing.T, value string) edtf.Time {
	t.Helper()
	at, err := edtf.ParseTime(value)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func openStore(t testing.TB, url string) store.Store {
	t.Helper()
	s, err := open.Open(context.WithoutCancel(t.Context()), url, open.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}
