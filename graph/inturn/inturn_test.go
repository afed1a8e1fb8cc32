package inturn

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

// text is a field's value.
func text(s string) graphql.Marshaler {
	return graphql.WriterFunc(func(w io.Writer) { _, _ = io.WriteString(w, `"`+s+`"`) })
}

func answering(t *testing.T) context.Context {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), time.Minute) // only what is broken waits as long
	t.Cleanup(stop)
	return graphql.WithResponseContext(graphql.WithOperationContext(ctx, &graphql.OperationContext{RecoverFunc: graphql.DefaultRecover}), graphql.DefaultErrorPresenter, graphql.DefaultRecover)
}

func written(m graphql.Marshaler) string {
	var b strings.Builder
	m.MarshalGQL(&b)
	return b.String()
}

// The list is not locked: the race detector finds it where it is not one goroutine that does all.
func TestOneGoroutineWhereNobodyWaits(t *testing.T) {
	var done []int
	run(answering(t), 3, func(ctx context.Context, i int) {
		run(ctx, 2, func(_ context.Context, j int) { done = append(done, 10*i+j) })
	})
	if want := []int{0, 1, 10, 11, 20, 21}; !slices.Equal(done, want) {
		t.Errorf("done in the order %v, not %v", done, want)
	}
}

// meeting lets nobody go before n have come.
type meeting struct {
	mu   sync.Mutex
	left int
	all  chan struct{}
}

func newMeeting(n int) *meeting { return &meeting{left: n, all: make(chan struct{})} }

func (m *meeting) come(ctx context.Context) error {
	m.mu.Lock()
	if m.left--; m.left == 0 {
		close(m.all)
	}
	m.mu.Unlock()
	Yield(ctx)
	select {
	case <-m.all:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func TestAllGoOnWhereOneWaits(t *testing.T) {
	for _, lengths := range [][3]int{{5, 1, 1}, {1, 5, 1}, {3, 4, 2}, {1, 1, 7}} {
		t.Run(fmt.Sprint(lengths), func(t *testing.T) {
			m := newMeeting(lengths[0] * lengths[1] * lengths[2])
			run(answering(t), lengths[0], func(ctx context.Context, _ int) {
				run(ctx, lengths[1], func(ctx context.Context, _ int) {
					run(ctx, lengths[2], func(ctx context.Context, _ int) {
						if err := m.come(ctx); err != nil {
							t.Error(err)
						}
					})
				})
			})
		})
	}
}

// Of ten the third and seventh wait, twice each: all are done once, and none comes after the end.
func TestEachIsDoneOnce(t *testing.T) {
	for range 100 {
		var mu sync.Mutex
		done := map[int]int{}
		first, again := newMeeting(2), newMeeting(2)
		run(answering(t), 10, func(ctx context.Context, i int) {
			if i == 3 || i == 7 {
				for _, m := range []*meeting{first, again} {
					if err := m.come(ctx); err != nil {
						t.Error(err)
					}
				}
			}
			mu.Lock()
			defer mu.Unlock()
			done[i]++
		})
		if len(done) != 10 || slices.Max(slices.Collect(maps.Values(done))) != 1 {
			t.Fatal("not each was done once:", done)
		}
	}
}

func TestWhoWaitsTooLateStartsNothing(t *testing.T) {
	var late context.Context
	n := 0
	run(answering(t), 2, func(ctx context.Context, _ int) { late, n = ctx, n+1 })
	Yield(late)
	Yield(t.Context()) // in nobody's turn
	if n != 2 {
		t.Errorf("%d were done, not 2", n)
	}
}

func TestSliceIsInOrderAndRecovers(t *testing.T) {
	ctx := answering(t)
	m := newMeeting(3)
	all := Slice(ctx, 4, 0, false, func(ctx context.Context, i int) graphql.Marshaler {
		if at := graphql.GetFieldContext(ctx).Index; *at != i {
			t.Errorf("element %d is called %d", i, *at)
		}
		if i == 1 {
			panic("this one is broken")
		}
		if err := m.come(ctx); err != nil {
			t.Error(err)
		}
		return text(fmt.Sprint("element ", i))
	})
	if got, want := written(all), `["element 0",null,"element 2","element 3"]`; got != want {
		t.Errorf("got %s, not %s", got, want)
	}
	if errs := graphql.GetErrors(ctx); len(errs) != 1 || errs[0].Path.String() != "[1]" {
		t.Errorf("errors %v, not one at [1]", errs)
	}
}

func TestFieldsAreInOrderAndCounted(t *testing.T) {
	fields := func(names ...string) (all []graphql.CollectedField) {
		for _, n := range names {
			all = append(all, graphql.CollectedField{Field: &ast.Field{Name: n, Alias: n}})
		}
		return all
	}
	ctx := answering(t)
	oc := graphql.GetOperationContext(ctx)
	out, none := NewFieldSet(fields("a", "b", "c", "d")), NewDeferredGroup(ctx)
	m := newMeeting(2)
	waiting := func(value graphql.Marshaler) func(context.Context) graphql.Marshaler {
		return func(ctx context.Context) graphql.Marshaler {
			if err := m.come(ctx); err != nil {
				t.Error(err)
			}
			return value
		}
	}
	out.ResolveConcurrently(oc, &none, 0, true, false, waiting(graphql.Null))
	out.Values[1] = text("b")
	out.ResolveConcurrently(oc, &none, 2, true, true, waiting(text("c")))
	out.ResolveConcurrently(oc, &none, 3, true, false, func(context.Context) graphql.Marshaler { panic("this one is broken") })
	out.Dispatch(ctx)
	if got, want := written(out), `{"a":null,"b":"b","c":"c","d":null}`; got != want || out.Invalids != 0 {
		t.Errorf("got %s with %d invalid, not %s with none", got, out.Invalids, want)
	}
	if errs := graphql.GetErrors(ctx); len(errs) != 1 {
		t.Errorf("errors %v, not one", errs)
	}

	out = NewFieldSet(fields("a", "b", "c"))
	out.ResolveConcurrently(oc, &none, 0, true, true, func(context.Context) graphql.Marshaler { return graphql.Null })
	out.ResolveConcurrently(oc, &none, 1, true, false, func(context.Context) graphql.Marshaler { return graphql.RequiredNull })
	out.ResolveConcurrently(oc, &none, 2, true, true, func(context.Context) graphql.Marshaler { return text("c") })
	if out.Dispatch(ctx); out.Invalids != 2 {
		t.Errorf("%d fields are what they cannot be, not 2", out.Invalids)
	}
}

// Fields of interfaces' fragments may be collected twice.
func TestAnAliasIsWrittenOnce(t *testing.T) {
	var fields []graphql.CollectedField
	for _, alias := range []string{"name", "id", "name", "again"} {
		fields = append(fields, graphql.CollectedField{Field: &ast.Field{Name: "name", Alias: alias}})
	}
	out := NewFieldSet(fields)
	for i, f := range fields {
		out.Values[i] = text(f.Alias)
	}
	if got, want := written(out), `{"name":"name","id":"id","again":"again"}`; got != want {
		t.Errorf("got %s, not %s", got, want)
	}
}
