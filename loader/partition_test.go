package loader_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/memory"
	"casus/loader"
)

// concurrentStore is a store that accepts several batches concurrently.
type concurrentStore struct {
	*memory.Store
	writers      int
	active, peak atomic.Int32
}

func (s *concurrentStore) Properties() store.Properties {
	return store.Properties{ConcurrentWrites: s.writers}
}

func (s *concurrentStore) Apply(ctx context.Context, b kg.Batch) (kg.ApplyResult, error) {
	now := s.active.Add(1)
	defer s.active.Add(-1)
	for peak := s.peak.Load(); now > peak && !s.peak.CompareAndSwap(peak, now); peak = s.peak.Load() {
	}
	return s.Store.Apply(ctx, b)
}

// dependentRecords returns records that share references, refer to one another, or are about the same event.
func dependentRecords(r *rand.Rand) []string {
	var lines []string
	add := func(format string, args ...any) { lines = append(lines, fmt.Sprintf(format, args...)) }
	for i := range 12 {
		add(`{"type":"actor","id":"actor:%d","kind":"PERSON","names":["Actor %d"]}`, i, i)
	}
	add(`{"type":"location","id":"location:land","kind":"COUNTRY","names":["Land"]}`)
	for i := range 6 {
		add(`{"type":"location","id":"location:%d","kind":"CITY","names":["Town %d"],"within":["location:land"]}`, i, i)
	}
	for i := range 60 {
		add(
			`{"type":"document","id":"document:%d","titles":["Paper %d"],"publisher":"actor:%d","publishedAt":"2025-12-%02d"}`,
			i, i, i%12, 1+i%28,
		)
		if i%4 == 0 {
			add(
				`{"type":"event","id":"event:%d","document":"document:%d","titles":["Event"],`+
					`"participants":[{"actor":"actor:%d"}]}`,
				r.IntN(60), i, r.IntN(12),
			)
		}
		more := ""
		if i%5 == 0 {
			more = fmt.Sprintf(`,"partOf":["event:whole%d"]`, i%2)
		}
		if i%7 == 0 && i > 0 {
			more += fmt.Sprintf(`,"respondsTo":[{"to":"event:%d","kind":"ACCEPTS"}]`, i-1)
		}
		add(
			`{"type":"event","id":"event:%d","document":"document:%d","titles":["Event"],`+
				`"participants":[{"actor":"actor:%d"},{"actor":"actor:%d"}],"locations":[{"location":"location:%d"}]%s}`,
			i, i, r.IntN(12), r.IntN(12), r.IntN(6), more)
	}
	for i := range 2 {
		for j := range 3 {
			add(`{"type":"event","id":"event:whole%d","document":"document:%d","titles":["Whole"]}`, i, 10*i+j)
		}
	}
	add(`{"type":"event","id":"event:lost","document":"document:0","participants":[{"actor":"actor:eve"}]}`)
	add(`{"type":"claim","id":"claim:no","subject":"event:7","stance":"DENIES","document":"document:3"}`)
	return lines
}

// The graph and the report do not depend on the number of concurrent batches.
func TestConcurrentBatchesMakeTheSameGraph(t *testing.T) {
	peak := int32(0)
	for seed := range uint64(12) {
		r := rand.New(rand.NewPCG(seed, 1))
		lines := dependentRecords(r)
		r.Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
		want := memory.New()
		opt := loader.Options{BatchSize: 4 + int(seed), ChunkSize: 20 + 10*int(seed)}
		report := load(t, want, opt, lines...)
		if report.Rejected != 1 { // the event of an unknown actor
			t.Fatalf("seed %d: %d rejects: %v", seed, report.Rejected, report.FirstRejects)
		}
		for writers := 2; writers < 5; writers++ {
			s := &concurrentStore{Store: memory.New(), writers: writers}
			concurrent := load(t, s, opt, lines...)
			peak = max(peak, s.peak.Load())
			if graph(t, s.Store) != graph(t, want) {
				t.Errorf("seed %d, %d writers: the graph differs", seed, writers)
			}
			if a, b := reportText(t, report), reportText(t, concurrent); a != b {
				t.Errorf("seed %d, %d writers:\n%s\nwant\n%s", seed, writers, b, a)
			}
		}
	}
	if peak < 2 {
		t.Error("no batches were applied concurrently: the test has no effect")
	}
}

// failingStore accepts two batches concurrently. Of the first two, one fails and the other is stored afterwards; later
// batches are counted.
type failingStore struct {
	*memory.Store
	mu          sync.Mutex
	calls, late int
	failed      chan struct{}
}

func (*failingStore) Properties() store.Properties { return store.Properties{ConcurrentWrites: 2} }

func (s *failingStore) Apply(ctx context.Context, b kg.Batch) (kg.ApplyResult, error) {
	if len(b.Claims) == 0 {
		return s.Store.Apply(ctx, b)
	}
	s.mu.Lock()
	s.calls++
	index := s.calls
	s.mu.Unlock()
	switch index {
	case 1:
		<-s.failed
		<-ctx.Done() // the load has seen the failure
		return s.Store.Apply(context.WithoutCancel(ctx), b)
	case 2:
		close(s.failed)
		return kg.ApplyResult{}, kg.Errorf(kg.Internal, "the disk is full")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.late++
	return kg.ApplyResult{}, ctx.Err()
}

// When one of two concurrent batches fails, no further batch is sent after the other.
func TestNoBatchIsSentAfterAFailure(t *testing.T) {
	s := &failingStore{Store: memory.New(), failed: make(chan struct{})}
	var lines []string
	for i := range 40 {
		lines = append(
			lines, fmt.Sprintf(`{"type":"document","id":"document:%d","titles":["Paper"],"publishedAt":"2025-12-01"}`, i),
			fmt.Sprintf(`{"type":"event","id":"event:%d","document":"document:%d","titles":["Event"]}`, i, i))
	}
	_, err := loader.Load(t.Context(), s, []loader.Input{file("f", lines...)}, loader.Options{BatchSize: 4})
	if kg.CodeOf(err) != kg.Internal || s.late > 0 {
		t.Errorf("%d batches were sent after one had failed: %v", s.late, err)
	}
}

// reportText returns a report as JSON, with the rejects by their place rather than their order.
func reportText(t *testing.T, r loader.Report) string {
	t.Helper()
	rejected := map[string]string{}
	for _, reject := range r.FirstRejects {
		rejected[fmt.Sprint(reject.File, reject.Line)] = reject.Reason
	}
	r.FirstRejects = nil
	text, err := json.Marshal([]any{r, rejected})
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
