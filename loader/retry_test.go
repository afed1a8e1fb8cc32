package loader_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"casus/internal/kg"
	"casus/internal/store/memory"
	"casus/loader"
)

// unavailableStore is unavailable for a few batches. The last of these it writes, but the response is lost.
type unavailableStore struct {
	*memory.Store
	left int
}

func (a *unavailableStore) Apply(ctx context.Context, b kg.Batch) (kg.ApplyResult, error) {
	if a.left--; a.left > 0 {
		return kg.ApplyResult{}, kg.Errorf(kg.Unavailable, "no route to the store")
	}
	applied, err := a.Store.Apply(ctx, b)
	if a.left == 0 && err == nil {
		return kg.ApplyResult{}, kg.Errorf(kg.Unavailable, "the connection broke")
	}
	return applied, err
}

// A store that becomes available again is retried. If it does not, the error explains how to resume.
func TestRetry(t *testing.T) {
	want := memory.New()
	load(t, want, loader.Options{}, mixedLines...)
	s := &unavailableStore{memory.New(), 2}
	stages := ""
	r := load(t, s, loader.Options{Progress: func(p loader.Progress) { stages += p.Stage + "\n" }}, mixedLines...)
	if graph(t, s.Store) != graph(t, want) || r.Rejected != 2 || !strings.Contains(stages, "no route to the store") {
		t.Errorf("%+v, stages %q", r, stages)
	}
	never := &unavailableStore{memory.New(), 1 << 20}
	_, err := loader.Load(
		t.Context(), never, []loader.Input{file("f", mixedLines...)}, loader.Options{RetryTimeout: 300 * time.Millisecond},
	)
	if kg.CodeOf(err) != kg.Unavailable || !strings.Contains(err.Error(), "resumes after them") {
		t.Error(err)
	}
}
