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
	out, none := NewFieldSet(fields("a", "b", "c", "d")), graphql.NewDeferredGroup(ctx)
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

// fieldsOf returns n fields of different names.
func fieldsOf(n int) []graphql.CollectedField {
	fields := make([]graphql.CollectedField, n)
	for i := range fields {
		fields[i] = graphql.CollectedField{Field: &ast.Field{Name: "a", Alias: fmt.Sprint("a", i)}}
	}
	return fields
}

// object returns an object whose fields are strings of four bytes.
func object(ctx context.Context, fields []graphql.CollectedField) *FieldSet {
	s := NewFieldSet(fields)
	for i := range fields {
		s.Values[i] = text("four")
	}
	s.Dispatch(ctx)
	return s
}

// TestBudgetStopsResolving resolves a list of elements with two fields: it stops soon after the limit.
func TestBudgetStopsResolving(t *testing.T) {
	const size = len(`{"a0":"four","a1":"four"}`)
	for limit, want := range map[int]int{10 * size: 11, 0: 1000} {
		ctx, b := WithBudget(operationContext(t), limit)
		b.manyKeys = 0
		resolved, two := 0, fieldsOf(2)
		all := MarshalSlice(ctx, 1000, 0, false, func(ctx context.Context, _ int) graphql.Marshaler {
			resolved++
			return object(ctx, two)
		})
		if resolved != want || b.Exceeded() != (limit > 0) || b.Cut() != (limit > 0) {
			t.Errorf("with %d bytes %d elements were resolved, want %d; exceeded: %t", limit, resolved, want, b.Exceeded())
		}
		if limit > 0 && (all[999] != graphql.Null || ctx.Err() == nil) {
			t.Error("the other elements are not null, or their context goes on")
		}
		b.Release()
	}
}

// TestBudgetStopsWithItsContext cancels the context in the third element: the rest is null, and no error is added.
func TestBudgetStopsWithItsContext(t *testing.T) {
	parent, cancel := context.WithCancel(operationContext(t))
	ctx, b := WithBudget(parent, 0)
	defer b.Release()
	resolved := 0
	all := MarshalSlice(ctx, 10, 0, false, func(ctx context.Context, i int) graphql.Marshaler {
		if resolved++; i == 2 {
			cancel()
			for !b.stopped.Load() { // it is set by another goroutine
				time.Sleep(time.Millisecond)
			}
			late := NewFieldSet(make([]graphql.CollectedField, 1))
			late.ResolveConcurrently(nil, nil, 0, true, false, func(context.Context) graphql.Marshaler {
				t.Error("a field was resolved after the end")
				return graphql.Null
			})
			if late.Dispatch(ctx); late.Invalids != 1 {
				t.Error("the field is not invalid")
			}
		}
		return text("x")
	})
	if resolved != 3 || !b.Cut() || b.Exceeded() || all[3] != graphql.Null || len(graphql.GetErrors(ctx)) > 0 {
		t.Errorf("%d elements were resolved, cut: %t, errors %v", resolved, b.Cut(), graphql.GetErrors(ctx))
	}
}

// TestKeysInMemoryAreBounded resolves more keys than may wait to be written: one element after another they are
// written at once, but not if all elements wait for one another.
func TestKeysInMemoryAreBounded(t *testing.T) {
	const elements = 10
	fields := fieldsOf(200)
	for _, waiting := range []bool{false, true} {
		ctx, b := WithBudget(operationContext(t), 0)
		b.maxKeys, b.manyKeys = 1000, 0
		all := newBarrier(elements)
		MarshalSlice(ctx, elements, 0, false, func(ctx context.Context, _ int) graphql.Marshaler {
			made := object(ctx, fields)
			if waiting {
				_ = all.wait(ctx) // it ends with ctx
			}
			return made
		})
		if b.Exceeded() != waiting {
			t.Errorf("waiting: %t, exceeded: %t", waiting, b.Exceeded())
		}
		if n := b.keys.Load(); !waiting && n != 0 {
			t.Errorf("%d keys are left", n)
		}
		b.Release()
	}
}

// TestElementsAreWrittenOnce marshals nested lists with a budget and without: the text is the same and counts once.
func TestElementsAreWrittenOnce(t *testing.T) {
	twenty := fieldsOf(20)
	lists := func(ctx context.Context) graphql.Marshaler {
		return MarshalSlice(ctx, 3, 0, false, func(ctx context.Context, _ int) graphql.Marshaler {
			return MarshalSlice(ctx, 2, 0, false, func(ctx context.Context, i int) graphql.Marshaler {
				if i == 1 {
					return graphql.Null
				}
				return object(ctx, twenty)
			})
		})
	}
	data := func(ctx context.Context) string {
		root := NewFieldSet(fieldsOf(1))
		root.ResolveConcurrently(nil, nil, 0, true, false, lists)
		root.Dispatch(ctx)
		return marshal(root)
	}
	want := data(operationContext(t))
	ctx, b := WithBudget(operationContext(t), len(want))
	defer b.Release()
	b.manyKeys = 0
	if got := data(ctx); got != want || b.Exceeded() || len(want) < 500 {
		t.Errorf("got %s, want %s", got, want)
	}
	if n := int(b.bytes.Load()); n != len(want)-len(`{"a0":[,,]}`) {
		t.Errorf("counted %d bytes of elements, the data has %d", n, len(want))
	}
	ctx, b = WithBudget(operationContext(t), len(want)-1)
	defer b.Release()
	if got := data(ctx); len(got) >= len(want) || !b.Exceeded() {
		t.Errorf("one byte less: %s", got)
	}
}
