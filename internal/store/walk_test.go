package store_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"casus/internal/kg"
	"casus/internal/store"
)

// scanner is a store of actors that counts its scans. A stuck one ignores where a page begins.
type scanner struct {
	actors []kg.Actor
	scans  int
	fails  bool
	stuck  bool
}

var errScan = errors.New("scan failed")

func (s *scanner) Scan(ctx context.Context, kind kg.NodeKind, after kg.ID, limit int) (store.ScanPage, error) {
	s.scans++
	if err := ctx.Err(); err != nil {
		return store.ScanPage{}, err
	}
	if s.fails && after != "" {
		return store.ScanPage{}, errScan
	}
	var p store.ScanPage
	for _, a := range s.actors {
		if kind == kg.KindActor && (a.ID > after || s.stuck) && len(p.Actors) < limit {
			p.Actors = append(p.Actors, a)
		}
	}
	return p, nil
}

func threeActors() []kg.Actor { return []kg.Actor{{ID: "actor:a"}, {ID: "actor:b"}, {ID: "actor:c"}} }

func TestWalkReturnsEveryRecordOnce(t *testing.T) {
	for _, size := range []int{0, 1, 2, 3, 4} {
		var got []kg.ID
		for page, err := range store.Walk(t.Context(), &scanner{actors: threeActors()}, kg.KindActor, size) {
			if err != nil {
				t.Fatal(err)
			}
			if n := len(page.Actors); n == 0 || size > 0 && n > size {
				t.Errorf("size %d: a page of %d records", size, n)
			}
			got = append(got, page.IDs(kg.KindActor)...)
		}
		if want := []kg.ID{"actor:a", "actor:b", "actor:c"}; !slices.Equal(got, want) {
			t.Errorf("size %d: %v, want %v", size, got, want)
		}
	}
}

func TestWalkOfNothingHasNoPages(t *testing.T) {
	for page, err := range store.Walk(t.Context(), &scanner{actors: threeActors()}, kg.KindDocument, 1) {
		t.Errorf("got %+v, %v", page, err)
	}
}

func TestWalkStopsWithItsCaller(t *testing.T) {
	s := &scanner{actors: threeActors()}
	for range store.Walk(t.Context(), s, kg.KindActor, 1) {
		break
	}
	if s.scans != 1 {
		t.Errorf("%d scans, want 1", s.scans)
	}
}

// The first error is yielded after the pages before it, and ends the walk.
func TestWalkEndsWithTheFirstError(t *testing.T) {
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	for _, c := range []struct {
		name  string
		ctx   context.Context
		s     scanner
		pages int
		want  func(error) bool
	}{
		{"the store's", t.Context(), scanner{fails: true}, 1, func(err error) bool { return errors.Is(err, errScan) }},
		{"the context's", ended, scanner{}, 0, func(err error) bool { return errors.Is(err, context.Canceled) }},
		{"a page again", t.Context(), scanner{stuck: true}, 1, func(err error) bool { return kg.CodeOf(err) == kg.Internal }},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.s.actors = threeActors()
			pages, failures := 0, 0
			for _, err := range store.Walk(c.ctx, &c.s, kg.KindActor, 1) {
				if err == nil {
					pages++
				} else if failures++; !c.want(err) {
					t.Error(err)
				}
			}
			if pages != c.pages || failures != 1 {
				t.Errorf("%d pages and %d errors, want %d and 1", pages, failures, c.pages)
			}
		})
	}
}
