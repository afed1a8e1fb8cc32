package loader_test

import (
	"context"
	"strings"
	"testing"

	"casus/internal/kg"
	"casus/internal/store/memory"
	"casus/loader"
)

// doubting is a store that looks for what batches refer to, whatever the load says that it has found.
type doubting struct {
	*memory.Store
	t           *testing.T
	found, sent int
}

func (s *doubting) Apply(ctx context.Context, b kg.Batch) (kg.ApplyResult, error) {
	applied, err := s.Store.Apply(ctx, b)
	if s.sent++; b.ReferencesChecked {
		s.found++
		if err != nil && strings.Contains(err.Error(), "unknown references") {
			s.t.Errorf("the load has found all that its batch refers to, and yet: %v", err)
		}
	}
	return applied, err
}

// Once the store has refused something, what else there is may refer to it: the store is asked to look.
func TestWhatRefersToTheRefusedIsRefused(t *testing.T) {
	s := &doubting{Store: memory.New(), t: t}
	r := load(t, s, loader.Options{BatchSize: 1}, ada, paper,
		`{"type":"location","id":"location:a","kind":"CITY","names":["A"],"within":["location:b"]}`,
		`{"type":"location","id":"location:b","kind":"CITY","names":["B"],"within":["location:a"]}`,
		`{"type":"event","id":"event:there","document":"document:paper","locations":[{"location":"location:a"}]}`,
		meeting)
	counts(t, r, 3, 0, 3)
	for _, reject := range r.FirstRejects {
		if !strings.Contains(reject.Reason, "it would lie in itself") && !strings.Contains(reject.Reason, "refers to location:a") {
			t.Errorf("%+v", reject)
		}
	}
	if s.found == 0 {
		t.Error("the load has found nothing: the test tests nothing")
	}
}
