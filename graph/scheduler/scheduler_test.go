package scheduler

import (
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// text returns a marshaler for a string.
func text(s string) graphql.Marshaler {
	return graphql.WriterFunc(func(w io.Writer) { _, _ = io.WriteString(w, `"`+s+`"`) })
}

// operationContext returns the context of a GraphQL operation, with a deadline that only a broken scheduler reaches.
func operationContext(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	t.Cleanup(cancel)
	ctx = graphql.WithOperationContext(ctx, &graphql.OperationContext{RecoverFunc: graphql.DefaultRecover})
	return graphql.WithResponseContext(ctx, graphql.DefaultErrorPresenter, graphql.DefaultRecover)
}

func marshal(m graphql.Marshaler) string {
	var b strings.Builder
	m.MarshalGQL(&b)
	return b.String()
}

// run runs tasks in the scope of ctx.
func run(ctx context.Context, n int, do func(ctx context.Context, i int)) {
	scopeOf(ctx).run(ctx, n, do)
}

// TestTasksShareAGoroutine appends to a slice without a lock: the race detector fails if there is a second goroutine.
func TestTasksShareAGoroutine(t *testing.T) {
	var done []int
	run(operationContext(t), 3, func(ctx context.Context, i int) {
		run(ctx, 2, func(_ context.Context, j int) { done = append(done, 10*i+j) })
	})
	if want := []int{0, 1, 10, 11, 20, 21}; !slices.Equal(done, want) {
		t.Errorf("ran in the order %v, want %v", done, want)
	}
}

// barrier blocks until n tasks have arrived.
type barrier struct {
	mu      sync.Mutex
	missing int
	open    chan struct{}
}

func newBarrier(n int) *barrier { return &barrier{missing: n, open: make(chan struct{})} }

func (b *barrier) wait(ctx context.Context) error {
	b.mu.Lock()
	if b.missing--; b.missing == 0 {
		close(b.open)
	}
	b.mu.Unlock()
	Yield(ctx)
	select {
	case <-b.open:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// TestSiblingsContinueAfterYield blocks every innermost task until all of them have started.
func TestSiblingsContinueAfterYield(t *testing.T) {
	for _, lengths := range [][3]int{{5, 1, 1}, {1, 5, 1}, {3, 4, 2}, {1, 1, 7}} {
		t.Run(fmt.Sprint(lengths), func(t *testing.T) {
			b := newBarrier(lengths[0] * lengths[1] * lengths[2])
			run(operationContext(t), lengths[0], func(ctx context.Context, _ int) {
				run(ctx, lengths[1], func(ctx context.Context, _ int) {
					run(ctx, lengths[2], func(ctx context.Context, _ int) {
						if err := b.wait(ctx); err != nil {
							t.Error(err)
						}
					})
				})
			})
		})
	}
}

// TestEachTaskRunsOnce lets two of ten tasks block twice each: all run once, and none after run has returned.
func TestEachTaskRunsOnce(t *testing.T) {
	for range 100 {
		var mu sync.Mutex
		done := map[int]int{}
		first, second := newBarrier(2), newBarrier(2)
		run(operationContext(t), 10, func(ctx context.Context, i int) {
			if i == 3 || i == 7 {
				for _, b := range []*barrier{first, second} {
					if err := b.wait(ctx); err != nil {
						t.Error(err)
					}
				}
			}
			mu.Lock()
			defer mu.Unlock()
			done[i]++
		})
		if len(done) != 10 || slices.Max(slices.Collect(maps.Values(done))) != 1 {
			t.Fatal("not every task ran once:", done)
		}
	}
}

// TestLateYieldStartsNothing yields after all tasks have run, and outside of any task.
func TestLateYieldStartsNothing(t *testing.T) {
	var late context.Context
	n := 0
	run(operationContext(t), 2, func(ctx context.Context, _ int) { late, n = ctx, n+1 })
	Yield(late)
	Yield(t.Context()) // not in a task
	if n != 2 {
		t.Errorf("%d tasks ran, want 2", n)
	}
}

func TestMarshalSliceKeepsOrderAndRecovers(t *testing.T) {
	ctx := operationContext(t)
	b := newBarrier(3)
	all := MarshalSlice(ctx, 4, 0, false, func(ctx context.Context, i int) graphql.Marshaler {
		if at := graphql.GetFieldContext(ctx).Index; *at != i {
			t.Errorf("element %d has index %d", i, *at)
		}
		if i == 1 {
			panic("broken")
		}
		if err := b.wait(ctx); err != nil {
			t.Error(err)
		}
		return text(fmt.Sprint("element ", i))
	})
	if got, want := marshal(all), `["element 0",null,"element 2","element 3"]`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if errs := graphql.GetErrors(ctx); len(errs) != 1 || errs[0].Path.String() != "[1]" {
		t.Errorf("errors %v, want one at [1]", errs)
	}
}

func TestFieldSetKeepsOrderAndCountsInvalid(t *testing.T) {
	fields := func(names ...string) (all []graphql.CollectedField) {
		for _, n := range names {
			all = append(all, graphql.CollectedField{Field: &ast.Field{Name: n, Alias: n}})
		}
		return all
	}
	ctx := operationContext(t)
	oc := graphql.GetOperationContext(ctx)
	out, none := NewFieldSet(fields("a", "b", "c", "d")), NewDeferredGroup(ctx)
	b := newBarrier(2)
	blocking := func(value graphql.Marshaler) func(context.Context) graphql.Marshaler {
		return func(ctx context.Context) graphql.Marshaler {
			if err := b.wait(ctx); err != nil {
				t.Error(err)
			}
			return value
		}
	}
	out.ResolveConcurrently(oc, &none, 0, true, false, blocking(graphql.Null))
	out.Values[1] = text("b")
	out.ResolveConcurrently(oc, &none, 2, true, true, blocking(text("c")))
	broken := func(context.Context) graphql.Marshaler { panic("broken") }
	out.ResolveConcurrently(oc, &none, 3, true, false, broken)
	out.Dispatch(ctx)
	if got, want := marshal(out), `{"a":null,"b":"b","c":"c","d":null}`; got != want || out.Invalids != 0 {
		t.Errorf("got %s with %d invalid fields, want %s with none", got, out.Invalids, want)
	}
	if errs := graphql.GetErrors(ctx); len(errs) != 1 {
		t.Errorf("errors %v, want one", errs)
	}

	out = NewFieldSet(fields("a", "b", "c"))
	constant := func(value graphql.Marshaler) func(context.Context) graphql.Marshaler {
		return func(context.Context) graphql.Marshaler { return value }
	}
	out.ResolveConcurrently(oc, &none, 0, true, true, constant(graphql.Null))
	out.ResolveConcurrently(oc, &none, 1, true, false, constant(graphql.RequiredNull))
	out.ResolveConcurrently(oc, &none, 2, true, true, constant(text("c")))
	if out.Dispatch(ctx); out.Invalids != 2 {
		t.Errorf("%d invalid fields, want 2", out.Invalids)
	}
}

// TestMarshalWritesAnAliasOnce: fields of fragments on interfaces may be collected twice.
func TestMarshalWritesAnAliasOnce(t *testing.T) {
	var fields []graphql.CollectedField
	for _, alias := range []string{"name", "id", "name", "again"} {
		fields = append(fields, graphql.CollectedField{Field: &ast.Field{Name: "name", Alias: alias}})
	}
	out := NewFieldSet(fields)
	for i, f := range fields {
		out.Values[i] = text(f.Alias)
	}
	if got, want := marshal(out), `{"name":"name","id":"id","again":"again"}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
