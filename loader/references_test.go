package loader_test

import (
	"context"
	"strings"
	"testing"

	"casus/internal/kg"
	"casus/internal/store/memory"
	"casus/loader"
)

// checkingStore checks the references of batches that the load declares as checked.
type checkingStore struct {
	*memory.Store
	t             *testing.T
	checked, sent int
}

func (s *checkingStore) Apply(ctx context.Context, b kg.Batch) (kg.ApplyResult, error) {
	applied, err := s.Store.Apply(ctx, b)
	if s.sent++; b.ReferencesChecked {
		s.checked++
		if err != nil && strings.Contains(err.Error(), "unknown references") {
			s.t.Errorf("a batch with checked references failed: %v", err)
		}
	}
	return applied, err
}

// Once the store has rejected a record, later records may refer to it, and the store checks their references.
func TestReferencesToRejectedRecords(t *testing.T) {
	s := &checkingStore{Store: memory.New(), t: t}
	r := load(t, s, loader.Options{BatchSize: 1}, ada, paper,
		`{"type":"location","id":"location:a","kind":"CITY","names":["A"],"within":["location:b"]}`,
		`{"type":"location","id":"location:b","kind":"CITY","names":["B"],"within":["location:a"]}`,
		`{"type":"event","id":"event:there","document":"document:paper","locations":[{"location":"location:a"}]}`,
		meeting)
	checkCounts(t, r, 3, 0, 3)
	for _, reject := range r.FirstRejects {
		if !strings.Contains(reject.Reason, "it would lie in itself") &&
			!strings.Contains(reject.Reason, "refers to location:a") {
			t.Errorf("%+v", reject)
		}
	}
	if s.checked == 0 {
		t.Error("no batch had checked references: the test has no effect")
	}
}
