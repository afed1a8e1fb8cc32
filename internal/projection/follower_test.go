package projection_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"testing"

	"casus/internal/kg"
	"casus/internal/projection"
	"casus/internal/store"
	"casus/internal/store/flight"
)

// source is a store of one number for each subject, with a change log.
type source struct {
	mu      sync.Mutex
	numbers map[kg.ID]int
	log     []store.ChangeEntry
	last    int64
	// builds and changes count the reads.
	builds, changes int
	// fail is returned by the next read, once.
	fail error
}

func newSource() *source { return &source{numbers: map[kg.ID]int{}} }

// write sets numbers in one batch.
func (s *source) write(number int, subjects ...kg.ID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, id := range subjects {
		s.numbers[id] = number
	}
	s.last = store.NextRevision(s.last)
	s.log = append(s.log, store.ChangeEntry{Revision: s.last, ChangeSet: store.ChangeSet{Subjects: subjects}})
}

// forget removes all but the last entry of the log.
func (s *source) forget() { s.log = s.log[len(s.log)-1:] }

func (s *source) Revision(ctx context.Context) (int64, error) {
	_, _, now, err := s.Since(ctx, 0)
	return now, err
}

func (s *source) Since(_ context.Context, revision int64) ([]kg.ID, bool, int64, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	subjects, complete, now := store.ChangesSince(s.log, revision)
	return subjects, complete, now, nil
}

// model is a copy of the numbers, and of their sum once it is needed.
type model struct {
	numbers map[kg.ID]int
	summed  bool
}

func (s *source) failure() error {
	err := s.fail
	s.fail = nil
	return err
}

func (s *source) follow(g *flight.Group) *projection.Follower[*model] {
	return projection.Follow(s, g, projection.Model[*model]{
		Build: func(context.Context) (*model, error) {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.builds++
			return &model{numbers: maps.Clone(s.numbers)}, s.failure()
		},
		Changes: func(_ context.Context, m *model, subjects []kg.ID) (func() error, error) {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.changes++
			fresh := map[kg.ID]int{}
			for _, id := range subjects {
				fresh[id] = s.numbers[id]
			}
			return func() error {
				maps.Copy(m.numbers, fresh)
				if slices.Contains(subjects, "event:broken") {
					return errBroken
				}
				return nil
			}, s.failure()
		},
		Size: func(m *model) int { return len(m.numbers) },
	})
}

var errBroken = errors.New("broken")

func read(t *testing.T, f *projection.Follower[*model], id kg.ID) int {
	t.Helper()
	got := -1
	if err := f.Read(t.Context(), func(m *model) error { got = m.numbers[id]; return nil }); err != nil {
		t.Fatal(err)
	}
	return got
}

func TestFollow(t *testing.T) {
	s, g := newSource(), flight.New()
	defer g.Close()
	f := s.follow(g)
	if f.Peek(func(*model, int64) {}) {
		t.Error("there is a value before the first read")
	}
	many := make([]kg.ID, 1300)
	for i := range many {
		many[i] = kg.ID(fmt.Sprint("event:", i))
	}
	for _, step := range []struct {
		name            string
		write           func()
		builds, changes int
	}{
		{"empty", func() {}, 1, 0},
		{"one batch", func() { s.write(1, "event:a", "event:b") }, 2, 0}, // the log does not reach back to an empty store
		{"nothing", func() {}, 2, 0},
		{"another batch", func() { s.write(2, "event:a") }, 2, 1},
		{"no subject", func() { s.write(0) }, 2, 1},
		{"several batches", func() { s.write(3, "event:b"); s.write(4, "event:a", "event:c") }, 2, 2},
		{"a log that begins later", func() { s.write(5, "event:a"); s.write(6, "event:b"); s.forget() }, 3, 2},
		{"too many subjects", func() { s.write(7, many...) }, 4, 2},
		{"a conflict", func() { s.write(8, "event:b"); s.fail = kg.Errorf(kg.Conflict, "classes") }, 4, 4},
	} {
		step.write()
		if err := f.Read(t.Context(), func(m *model) error {
			if !maps.Equal(m.numbers, s.numbers) {
				t.Errorf("%s: the value differs from the store", step.name)
			}
			return nil
		}); err != nil {
			t.Fatal(step.name, err)
		}
		if s.builds != step.builds || s.changes != step.changes {
			t.Errorf("%s: %d builds and %d changes, want %d and %d", step.name, s.builds, s.changes, step.builds, step.changes)
		}
	}
	revision, _ := s.Revision(t.Context())
	if !f.Peek(func(_ *model, at int64) { revision -= at }) || revision != 0 {
		t.Errorf("the value is %d revisions old", revision)
	}
}

// TestSubjectsReadAgainAreBounded changes one subject over and over: its earlier content does not fill the memory.
func TestSubjectsReadAgainAreBounded(t *testing.T) {
	s, g := newSource(), flight.New()
	defer g.Close()
	f := s.follow(g)
	s.write(1, "event:a")
	for n := range 2500 {
		s.write(n, "event:a")
		s.log = s.log[max(0, len(s.log)-5):]
		if got := read(t, f, "event:a"); got != n {
			t.Fatalf("got %d, want %d", got, n)
		}
	}
	if s.builds < 2 || s.builds > 5 {
		t.Errorf("%d builds for 2,500 changes", s.builds)
	}
}

func TestErrors(t *testing.T) {
	s, g := newSource(), flight.New()
	f := s.follow(g)
	nothing := func(*model) error { return nil }
	s.write(1, "event:a")
	s.fail = errBroken
	if err := f.Read(t.Context(), nothing); !errors.Is(err, errBroken) {
		t.Errorf("a failed build: %v", err)
	}
	if err := f.Read(t.Context(), func(*model) error { return errBroken }); !errors.Is(err, errBroken) {
		t.Errorf("a failed use: %v", err)
	}
	builds := s.builds
	s.write(2, "event:broken")
	if err := f.Read(t.Context(), nothing); !errors.Is(err, errBroken) {
		t.Errorf("a failed change: %v", err)
	}
	if got := read(t, f, "event:broken"); got != 2 || s.builds != builds+1 {
		t.Errorf("after a failed change: %d with %d builds", got, s.builds-builds)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	s.write(3, "event:a")
	if err := f.Read(ended, nothing); kg.CodeOf(err) != kg.Timeout {
		t.Errorf("an ended context: %v, want TIMEOUT", err)
	}
	g.Close()
	if err := f.Read(t.Context(), nothing); kg.CodeOf(err) != kg.Unavailable {
		t.Errorf("closed: %v, want UNAVAILABLE", err)
	}
}

// TestNeeds extends a value when a part of it is first needed, and again after a rebuild.
func TestNeeds(t *testing.T) {
	s, g := newSource(), flight.New()
	defer g.Close()
	f := s.follow(g)
	extended := 0
	need := projection.Need[*model]{
		Met: func(m *model) bool { return m.summed },
		Extend: func(_ context.Context, m *model) (func(), error) {
			extended++
			return func() { m.summed = true }, nil
		},
	}
	for _, step := range []struct {
		write func()
		want  int
	}{
		{func() { s.write(1, "event:a") }, 1},
		{func() {}, 1},
		{func() { s.write(2, "event:a") }, 1},
		{func() { s.write(3); s.write(4); s.forget() }, 2}, // it is built again
	} {
		step.write()
		if err := f.ReadExtended(t.Context(), need, func(m *model) error {
			if !m.summed {
				t.Error("the value is not extended")
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		if extended != step.want {
			t.Errorf("extended %d times, want %d", extended, step.want)
		}
	}
}

// TestReadersAndWriters reads while others write: no read is older than its call.
func TestReadersAndWriters(t *testing.T) {
	s, g := newSource(), flight.New()
	defer g.Close()
	f := s.follow(g)
	var all sync.WaitGroup
	for w := range 4 {
		id := kg.ID(rune('a' + w))
		all.Go(func() {
			for n := range 200 {
				s.write(n, id)
				if got := read(t, f, id); got != n {
					t.Errorf("%s: got %d after writing %d", id, got, n)
					return
				}
			}
		})
	}
	all.Wait()
}
