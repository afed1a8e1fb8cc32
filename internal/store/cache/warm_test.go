package cache_test

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/cache"
	"casus/internal/store/memory"
)

// slowStore is a store whose rows of all events wait.
type slowStore struct {
	*memory.Store
	proceed chan struct{}
	reads   int
}

func (s *slowStore) EventRows(ctx context.Context, subjects []kg.ID, to store.EventRowSink) error {
	if subjects == nil {
		s.reads++
		select {
		case <-s.proceed:
		case <-ctx.Done():
			return kg.Errorf(kg.Timeout, "read events: %w", ctx.Err())
		}
	}
	return s.Store.EventRows(ctx, subjects, to)
}

// TestWarm warms a store that is slow: it is not ready, and the error of an overview that times out meanwhile says why.
// The next run of the program reads the snapshot.
func TestWarm(t *testing.T) {
	engine := &slowStore{Store: memory.New(), proceed: make(chan struct{})}
	applyGenerated(t, engine)
	options := cache.Options{Snapshot: filepath.Join(t.TempDir(), "s-projection")}
	s := cache.Decorate(engine, options)
	if err := s.Ready(t.Context()); err != nil {
		t.Errorf("before it is warmed: %v", err)
	}
	warmed := make(chan error, 1)
	go func() { warmed <- s.Warm(t.Context()) }()
	for began := time.Now(); s.Ready(t.Context()) == nil; time.Sleep(time.Millisecond) {
		if time.Since(began) > 5*time.Minute {
			t.Fatal("the store is ready although it is being warmed")
		}
	}
	brief, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	_, err := s.Extent(brief, store.ExtentQuery{})
	if kg.CodeOf(err) != kg.Unavailable || !strings.Contains(err.Error(), "events") {
		t.Errorf("an overview meanwhile: %v, want UNAVAILABLE", err)
	}
	close(engine.proceed)
	if err := <-warmed; err != nil {
		t.Fatal(err)
	}
	if err := s.Ready(t.Context()); err != nil {
		t.Errorf("warmed: %v", err)
	}
	want, err := s.Extent(t.Context(), store.ExtentQuery{})
	if err != nil || want.Events < 10 {
		t.Fatal(want.Events, err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	next := cache.Decorate(engine, options)
	defer func() { _ = next.Close() }() // the queries report errors
	if err := next.Warm(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got, err := next.Extent(t.Context(), store.ExtentQuery{}); err != nil || got.Events != want.Events {
		t.Errorf("the next run counts %d events, %v, want %d", got.Events, err, want.Events)
	}
	if engine.reads != 1 {
		t.Errorf("all events were read %d times by two runs", engine.reads)
	}
}

// TestWarmEnds ends the context of Warm: it returns, and the store can be used.
func TestWarmEnds(t *testing.T) {
	engine := &slowStore{Store: memory.New(), proceed: make(chan struct{})}
	s := decorate(t, engine) // closing it cancels the read
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if err := s.Warm(ctx); kg.CodeOf(err) != kg.Timeout {
		t.Errorf("%v, want TIMEOUT", err)
	}
	if err := s.Ready(t.Context()); err != nil {
		t.Error(err)
	}
}

// part is a part of what Warm reads. It waits until it may proceed.
type part struct {
	proceed chan struct{}
	err     error
	saved   int
}

func (p *part) Load(context.Context) error {
	<-p.proceed
	return p.err
}

func (p *part) Progress() string { return "reading links (3 of 7)" }

func (p *part) SaveSnapshot(context.Context) error {
	p.saved++
	return nil
}

// TestWarmParts reads two parts after the events. Until both are read the store is not ready and says what it reads,
// but it counts. After the error of the first part it reads the second one.
func TestWarmParts(t *testing.T) {
	engine := memory.New()
	applyGenerated(t, engine)
	s := decorate(t, engine)
	failed := kg.Errorf(kg.LimitExceeded, "too many links")
	first, second := &part{proceed: make(chan struct{}), err: failed}, &part{proceed: make(chan struct{})}
	warmed := make(chan error, 1)
	go func() { warmed <- s.Warm(t.Context(), first, second) }()
	for _, p := range []*part{first, second} {
		const want = "reading links (3 of 7)"
		for began := time.Now(); ; time.Sleep(time.Millisecond) {
			if reading, warming := s.Progress(); warming && reading == want {
				break
			}
			if time.Since(began) > 5*time.Minute {
				t.Fatal("the part is not read")
			}
		}
		if err := s.Ready(t.Context()); kg.CodeOf(err) != kg.Unavailable || !strings.Contains(err.Error(), want) {
			t.Errorf("%v while a part is read, want UNAVAILABLE with the progress", err)
		}
		if x, err := s.Extent(t.Context(), store.ExtentQuery{}); err != nil || x.Events < 10 {
			t.Errorf("%d events, %v, while a part is read", x.Events, err)
		}
		late, cancel := context.WithTimeout(t.Context(), -time.Second)
		if _, err := s.Extent(late, store.ExtentQuery{}); kg.CodeOf(err) != kg.Timeout {
			t.Errorf("an overview that is too late while a part is read: %v, want TIMEOUT", err)
		}
		cancel()
		close(p.proceed)
	}
	if err := <-warmed; !errors.Is(err, failed) {
		t.Errorf("%v, want the first part's error", err)
	}
	if err := s.Ready(t.Context()); err != nil {
		t.Error(err)
	}
	if first.saved != 1 || second.saved != 1 {
		t.Errorf("the snapshots were written %d and %d times, want once", first.saved, second.saved)
	}
}
