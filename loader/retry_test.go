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

// away is a store that cannot be reached a few times, the last time after it has written: the answer was lost.
type away struct {
	*memory.Store
	left int
}

func (a *away) Apply(ctx context.Context, b kg.Batch) (kg.ApplyResult, error) {
	if a.left--; a.left > 0 {
		return kg.ApplyResult{}, kg.Errorf(kg.Unavailable, "no route to the store")
	}
	applied, err := a.Store.Apply(ctx, b)
	if a.left == 0 && err == nil {
		return kg.ApplyResult{}, kg.Errorf(kg.Unavailable, "the connection broke")
	}
	return applied, err
}

// A store that comes back is waited for; one that does not is an error that says how to go on.
func TestPatience(t *testing.T) {
	want := memory.New()
	load(t, want, loader.Options{}, mixed...)
	s := &away{memory.New(), 2}
	told := ""
	r := load(t, s, loader.Options{Progress: func(p loader.Progress) { told += p.Stage + "\n" }}, mixed...)
	if graph(t, s.Store) != graph(t, want) || r.Rejected != 2 || !strings.Contains(told, "no route to the store") {
		t.Errorf("%+v, told %q", r, told)
	}
	never := &away{memory.New(), 1 << 20}
	_, err := loader.Load(t.Context(), never, []loader.Input{file("f", mixed...)}, loader.Options{RetryTimeout: 300 * time.Millisecond})
	if kg.CodeOf(err) != kg.Unavailable || !strings.Contains(err.Error(), "goes on from there") {
		t.Error(err)
	}
}
