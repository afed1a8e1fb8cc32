package neo4j_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/memory"
	neo4jtest "casus/internal/testkit/neo4j"
)

// TestConcurrentCreate lets a writer find that a node does not exist and blocks it, by a lock on its checkpoint, until
// another writer has stored that node. The first writer cannot create it then and has to retry. For an event the other
// writer has to wait, since looking up an event locks its id.
func TestConcurrentCreate(t *testing.T) {
	uri := neo4jtest.NewKeeping(t, "Migration")
	first, second := open(t, uri), open(t, uri)
	driver, err := neo4j.NewDriverWithContext(uri, neo4j.NoAuth())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = driver.Close(context.Background()) }) // the queries report errors
	day := func(value string) edtf.Time {
		parsed, err := edtf.ParseTime(value)
		if err != nil {
			t.Fatal(err)
		}
		return parsed
	}
	names := func(value string) []kg.Name { return []kg.Name{{Value: value, Language: "en"}} }
	claim := func(id, subject, by, document kg.ID) kg.Claim {
		return kg.Claim{
			ID: id, Subject: subject, Stance: kg.StanceAsserts, Aspect: kg.AspectOccurrence,
			Claimants: []kg.ID{by}, Document: document, AssertedAt: day("2025-03-01"),
			Says: kg.Statement{Titles: names(string(id)), Participants: []kg.Participant{{Actor: by, Role: kg.RoleParticipant}}},
		}
	}
	paper := func(id kg.ID, title string) []kg.Document { return []kg.Document{{ID: id, Titles: names(title)}} }
	actors := kg.Batch{Actors: []kg.Actor{
		{ID: "actor:a", Kind: kg.ActorPerson, Names: names("A")}, {ID: "actor:b", Kind: kg.ActorPerson, Names: names("B")},
	}}
	claims := func(c kg.Claim) kg.Batch { return kg.Batch{Claims: []kg.Claim{c}} }
	for _, c := range []struct {
		what           string
		mine, meantime kg.Batch
		waits          bool
		rejected       int
	}{
		{
			"an event", claims(claim("claim:1", "event:x", "actor:a", "")), claims(claim("claim:2", "event:x", "actor:b", "")),
			true, 0,
		},
		{
			"a document",
			kg.Batch{
				Documents: paper("document:x", "X"), Claims: []kg.Claim{claim("claim:1", "event:x", "actor:a", "document:x")},
			},
			kg.Batch{
				Documents: paper("document:x", "Y"), Claims: []kg.Claim{claim("claim:2", "event:y", "actor:b", "document:x")},
			},
			false, 0,
		},
		{
			"a claim with different content",
			claims(claim("claim:1", "event:x", "actor:a", "")), claims(claim("claim:1", "event:y", "actor:b", "")),
			false, 1,
		},
	} {
		t.Run(c.what, func(t *testing.T) {
			oracle := memory.New()
			c.mine.Checkpoint = &kg.Checkpoint{Key: "held", Value: "mine"}
			for _, b := range []kg.Batch{actors, c.meantime, c.mine} {
				if _, err := oracle.Apply(t.Context(), b); err != nil {
					t.Fatal(err)
				}
			}
			// Two writers may happen to take the same class lock: try again.
			for round, waited := 0, !c.waits; waited != c.waits; round++ {
				if round == 5 {
					t.Fatalf("the other writer waited: %t, want %t", waited, c.waits)
				}
				neo4jtest.NewKeeping(t, "Migration")
				if _, err := second.Apply(t.Context(), actors); err != nil {
					t.Fatal(err)
				}
				release := lockCheckpoint(t, driver, "held")
				firstDone := applyAsync(t, first, c.mine)
				waitUntil(t, func() bool { return blockedCount(t, driver) == 1 })
				secondDone := applyAsync(t, second, c.meantime)
				waitUntil(t, func() bool { return len(secondDone) > 0 || blockedCount(t, driver) == 2 })
				waited = len(secondDone) == 0
				release()
				mine, others := <-firstDone, <-secondDone
				if mine.err != nil || others.err != nil {
					t.Fatal(mine.err, others.err)
				}
				if n := len(mine.Conflicts); waited == c.waits && n != c.rejected {
					t.Errorf("%d rejected claims, want %d", n, c.rejected)
				}
			}
			for _, kind := range []kg.NodeKind{kg.KindEvent, kg.KindDocument} {
				want, err := oracle.Scan(t.Context(), kind, "", 10)
				if err != nil {
					t.Fatal(err)
				}
				stored, err := first.Scan(t.Context(), kind, "", 10)
				if err != nil {
					t.Fatal(err)
				}
				if d := cmp.Diff(want, stored, cmpopts.EquateEmpty()); d != "" {
					t.Errorf("stored records (-want +got)\n%s", d)
				}
			}
		})
	}
}

type outcome struct {
	kg.ApplyResult
	err error
}

// applyAsync applies a batch in a goroutine.
func applyAsync(t *testing.T, s store.Store, b kg.Batch) chan outcome {
	done := make(chan outcome, 1)
	go func() {
		applied, err := s.Apply(t.Context(), b)
		done <- outcome{applied, err}
	}()
	return done
}

// lockCheckpoint locks a checkpoint until release is called.
func lockCheckpoint(t *testing.T, driver neo4j.DriverWithContext, key string) (release func()) {
	t.Helper()
	session := driver.NewSession(t.Context(), neo4j.SessionConfig{})
	tx, err := session.BeginTransaction(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	released := false
	release = func() {
		if !released {
			released = true
			if err := errors.Join(tx.Rollback(context.Background()), session.Close(context.Background())); err != nil {
				t.Error(err)
			}
		}
	}
	t.Cleanup(release)
	result, err := tx.Run(t.Context(), "MERGE (c:_Checkpoint {key: $key}) SET c.value = 'held'",
		map[string]any{"key": key})
	if err == nil {
		_, err = result.Consume(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
	return release
}

// waitUntil polls a condition.
func waitUntil(t *testing.T, condition func() bool) {
	t.Helper()
	for !condition() {
		if t.Context().Err() != nil {
			t.Fatal(t.Context().Err())
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// blockedCount counts the transactions that wait for a lock.
func blockedCount(t *testing.T, driver neo4j.DriverWithContext) int {
	t.Helper()
	found, err := neo4j.ExecuteQuery(t.Context(), driver,
		"SHOW TRANSACTIONS YIELD status WHERE status STARTS WITH 'Blocked' RETURN status", nil, neo4j.EagerResultTransformer)
	if err != nil {
		t.Fatal(err)
	}
	return len(found.Records)
}
