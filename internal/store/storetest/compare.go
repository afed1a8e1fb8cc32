package storetest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"casus/internal/kg"
	"casus/internal/store"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// compareOptions are the options for comparing results: empty and nil lists are equal.
var compareOptions = cmp.Options{cmpopts.EquateEmpty()}

// wantEqual reports the difference between want and got as a test error.
func wantEqual(t *testing.T, what string, want, got any) {
	t.Helper()
	if d := cmp.Diff(want, got, compareOptions); d != "" {
		t.Errorf("%s (-want +got):\n%s", what, d)
	}
}

// must returns a function that returns a call's value and stops the test on an error.
func must[T any](t *testing.T) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// wantCode reports an error whose code is not the wanted one.
func wantCode(t *testing.T, what string, err error, code kg.ErrorCode) {
	t.Helper()
	if got := kg.CodeOf(err); got != code {
		t.Errorf("%s: code %q (%v), want %q", what, got, err, code)
	}
}

// load applies batches. An error or a rejected claim stops the test.
func load(t testing.TB, s store.Store, batches ...kg.Batch) {
	t.Helper()
	for i, b := range batches {
		applied, err := s.Apply(t.Context(), b)
		if err != nil {
			t.Fatalf("apply batch %d of %d: %v", i+1, len(batches), err)
		}
		if len(applied.Conflicts) > 0 {
			t.Fatalf("batch %d of %d: conflicts %v", i+1, len(batches), applied.Conflicts)
		}
	}
}

// nodeIDs splits words into ids of a kind: "us un" of kind actor are actor:us and actor:un.
func nodeIDs(kind kg.NodeKind, words string) []kg.ID {
	var ids []kg.ID
	for _, w := range strings.Fields(words) {
		ids = append(ids, kg.ID(string(kind)+":"+w))
	}
	return ids
}

func idsOf[T kg.Identified](items []T) []kg.ID {
	var ids []kg.ID
	for _, i := range items {
		ids = append(ids, i.NodeID())
	}
	return ids
}

func sorted(ids []kg.ID) []kg.ID {
	ids = slices.Clone(ids)
	slices.Sort(ids)
	return ids
}

// reader is a method of store.Reader that lists nodes.
type reader[F, O any, T kg.Identified] func(context.Context, store.ListQuery[F, O]) ([]store.Page[T], error)

// normalized returns a query in the form that stores expect.
func normalized[F, O any](q store.ListQuery[F, O]) (store.ListQuery[F, O], error) {
	q.Order = any(&q.Order).(interface{ Normalize() O }).Normalize()
	f, err := any(q.Filter).(interface{ Normalize() (*F, error) }).Normalize()
	q.Filter = f
	return q, err
}

// pages runs a query and checks its result's shape: one page per parent, and one position per item.
func pages[F, O any, T kg.Identified](
	ctx context.Context, read reader[F, O, T], q store.ListQuery[F, O],
) ([]store.Page[T], error) {
	q, err := normalized(q)
	if err != nil {
		return nil, fmt.Errorf("normalize: %w", err)
	}
	all, err := read(ctx, q)
	if err != nil {
		return nil, err
	}
	parents := 1
	if q.Scope != nil {
		parents = len(q.Scope.IDs)
	}
	if len(all) != parents {
		return nil, fmt.Errorf("%d pages for %d parents", len(all), parents)
	}
	for i, p := range all {
		all[i].Revision = 0 // stores begin at different revisions; testPageRevisions checks them
		if len(p.Items) != len(p.Positions) || len(p.Items) > q.Window.Limit || (p.Total != nil) != q.Total {
			return nil, fmt.Errorf("a page of limit %d has %d items, %d positions, total %v (requested: %t)", q.Window.Limit,
				len(p.Items), len(p.Positions), p.Total, q.Total)
		}
		for i, item := range p.Items {
			if item.NodeID() != p.Positions[i].ID {
				return nil, fmt.Errorf("item %s has the position of %s", item.NodeID(), p.Positions[i].ID)
			}
		}
	}
	return all, nil
}

// listPerParent returns everything that a query finds, one list per parent.
func listPerParent[F, O any, T kg.Identified](t *testing.T, read reader[F, O, T], q store.ListQuery[F, O]) [][]T {
	t.Helper()
	q.Window, q.Total = store.Window{Limit: store.MaxPageSize}, true
	var all [][]T
	for _, p := range must[[]store.Page[T]](t)(pages(t.Context(), read, q)) {
		if *p.Total != len(p.Items) || p.HasNext || p.HasPrevious {
			t.Errorf("the whole list has %d items, total %d, next %t, previous %t", len(p.Items), *p.Total, p.HasNext,
				p.HasPrevious)
		}
		all = append(all, p.Items)
	}
	return all
}

// list returns everything that a query without a scope finds.
func list[F, O any, T kg.Identified](t *testing.T, read reader[F, O, T], q store.ListQuery[F, O]) []T {
	t.Helper()
	return listPerParent(t, read, q)[0]
}

// filterCase is a filter and the names of the world's nodes that it selects, in any order.
type filterCase[F any] struct {
	name   string
	filter F
	want   string
}

// runFilters runs each filter without a moment of knowledge.
func runFilters[F, O any, T kg.Identified](
	t *testing.T, kind kg.NodeKind, read reader[F, O, T], cases []filterCase[F],
) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := list(t, read, store.ListQuery[F, O]{Filter: &c.filter})
			wantEqual(t, "found", sorted(nodeIDs(kind, c.want)), sorted(idsOf(got)))
		})
	}
}
