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
	"casus/internal/store/memory"
	"casus/loader"
)

// taking is a store that takes several batches at a time.
type taking struct {
	*memory.Store
	writers   int
	now, most atomic.Int32
}

func (s *taking) Writers() int { return s.writers }

func (s *taking) Apply(ctx context.Context, b kg.Batch) (kg.ApplyResult, error) {
	now := s.now.Add(1)
	defer s.now.Add(-1)
	for most := s.most.Load(); now > most && !s.most.CompareAndSwap(most, now); most = s.most.Load() {
	}
	return s.Store.Apply(ctx, b)
}

// crowd are records of which many need the same, some need one another, and several speak of one event.
func crowd(r *rand.Rand) []string {
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
		add(`{"type":"document","id":"document:%d","titles":["Paper %d"],"publisher":"actor:%d","publishedAt":"2025-12-%02d"}`, i, i, i%12, 1+i%28)
		if i%4 == 0 {
			add(`{"type":"event","id":"event:%d","document":"document:%d","titles":["Event"],"participants":[{"actor":"actor:%d"}]}`, r.IntN(60), i, r.IntN(12))
		}
		more := ""
		if i%5 == 0 {
			more = fmt.Sprintf(`,"partOf":["event:whole%d"]`, i%2)
		}
		if i%7 == 0 && i > 0 {
			more += fmt.Sprintf(`,"respondsTo":[{"to":"event:%d","kind":"ACCEPTS"}]`, i-1)
		}
		add(`{"type":"event","id":"event:%d","document":"document:%d","titles":["Event"],"participants":[{"actor":"actor:%d"},{"actor":"actor:%d"}],"locations":[{"location":"location:%d"}]%s}`,
			i, i, r.IntN(12), r.IntN(12), r.IntN(6), more)
	}
	for i := range 2 {
		for j := range 3 {
			add(`{"type":"event","id":"event:whole%d","document":"document:%d","titles":["Whole"]}`, i, 10*i+j)
		}
	}
	add(`{"type":"event","id":"event:lost","document":"document:0","participants":[{"actor":"actor:nobody"}]}`)
	add(`{"type":"claim","id":"claim:no","subject":"event:7","stance":"DENIES","document":"document:3"}`)
	return lines
}

// However many batches are applied at a time, the graph and the report are the same.
func TestBatchesAtATime(t *testing.T) {
	most := int32(0)
	for seed := range uint64(12) {
		r := rand.New(rand.NewPCG(seed, 1))
		lines := crowd(r)
		r.Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
		want := memory.New()
		opt := loader.Options{BatchSize: 4 + int(seed), ChunkSize: 20 + 10*int(seed)}
		told := load(t, want, opt, lines...)
		if told.Rejected != 1 { // the event of an actor whom nobody knows
			t.Fatalf("seed %d: %d rejects: %v", seed, told.Rejected, told.FirstRejects)
		}
		for writers := 2; writers < 5; writers++ {
			s := &taking{Store: memory.New(), writers: writers}
			again := load(t, s, opt, lines...)
			most = max(most, s.most.Load())
			if graph(t, s.Store) != graph(t, want) {
				t.Errorf("seed %d, %d writers: another graph", seed, writers)
			}
			if a, b := toldBy(t, told), toldBy(t, again); a != b {
				t.Errorf("seed %d, %d writers:\n%s\nwant\n%s", seed, writers, b, a)
			}
		}
	}
	if most < 2 {
		t.Error("no two batches were applied at a time: the test tests nothing")
	}
}

// breaking is a store that takes two batches at a time. One of the first two fails, the other is stored after that; batches
// that come later are counted.
type breaking struct {
	*memory.Store
	mu          sync.Mutex
	taken, late int
	broken      chan struct{}
}

func (*breaking) Writers() int { return 2 }

func (s *breaking) Apply(ctx context.Context, b kg.Batch) (kg.ApplyResult, error) {
	if len(b.Claims) == 0 {
		return s.Store.Apply(ctx, b)
	}
	s.mu.Lock()
	s.taken++
	index := s.taken
	s.mu.Unlock()
	switch index {
	case 1:
		<-s.broken
		<-ctx.Done() // the load knows of the failure
		return s.Store.Apply(context.WithoutCancel(ctx), b)
	case 2:
		close(s.broken)
		return kg.ApplyResult{}, kg.Errorf(kg.Internal, "the disk is full")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.late++
	return kg.ApplyResult{}, ctx.Err()
}

// TestNoBatchIsSentAfterAFailedOne fails one of two batches that are applied at a time: the other's successors are not sent.
func TestNoBatchIsSentAfterAFailedOne(t *testing.T) {
	s := &breaking{Store: memory.New(), broken: make(chan struct{})}
	var lines []string
	for i := range 40 {
		lines = append(lines, fmt.Sprintf(`{"type":"document","id":"document:%d","titles":["Paper"],"publishedAt":"2025-12-01"}`, i),
			fmt.Sprintf(`{"type":"event","id":"event:%d","document":"document:%d","titles":["Event"]}`, i, i))
	}
	_, err := loader.Load(t.Context(), s, []loader.Input{file("f", lines...)}, loader.Options{BatchSize: 4})
	if kg.CodeOf(err) != kg.Internal || s.late > 0 {
		t.Errorf("%d batches were sent after one had failed: %v", s.late, err)
	}
}

// toldBy is a report but for the order of rejects, which are told by where they stand.
func toldBy(t *testing.T, r loader.Report) string {
	t.Helper()
	rejected := map[string]string{}
	for _, one := range r.FirstRejects {
		rejected[fmt.Sprint(one.File, one.Line)] = one.Reason
	}
	r.FirstRejects = nil
	text, err := json.Marshal([]any{r, rejected})
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
