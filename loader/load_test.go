package loader_test

import (
	"context"
	"encoding/json"
	"math/rand/v2"
	"slices"
	"testing"

	"casus/internal/kg"
	"casus/internal/store/memory"
	"casus/loader"
	"casus/loader/sample"
)

// mixedLines are records of every type, with duplicates and faults. Most refer to later ones.
var mixedLines = []string{
	`{"type":"claim","id":"claim:later","subject":"event:meeting","stance":"DENIES","document":"document:untexted",` +
		`"supersedes":["claim:first"]}`,
	`{"type":"identity","a":"actor:ada","b":"actor:ada2","decidedBy":"a reader","decidedAt":"2025-12-20T10:00:00Z"}`,
	`{"type":"event","id":"event:meeting","document":"document:paper","announces":["event:next"],` +
		`"claims":[{"id":"claim:first","spans":[{"exact":"Ada met Bo"}]}]}`,
	`{"type":"event","id":"event:next","release":"release:r","respondsTo":[{"to":"event:meeting","kind":"FULFILS"}],` +
		`"locations":[{"location":"location:port"}]}`,
	`{"type":"affiliation","id":"affiliation:a","holder":"actor:ada","counterpart":"location:town",` +
		`"affiliationType":"CONTROL","document":"document:paper"}`,
	`{"type":"location","id":"location:port","kind":"FACILITY","names":["Port"],"within":["location:town"]}`,
	`{"type":"location","id":"location:town","kind":"CITY","names":["Town"]}`,
	`{"type":"release","id":"release:r","name":"R","release":"1","releasedAt":"2025"}`,
	`{"type":"actor","id":"actor:ada2","kind":"PERSON","names":["Ada II"]}`,
	`{"type":"event","id":"event:lost","document":"document:paper","participants":[{"actor":"actor:eve"}]}`,
	`{"type":"event","id":"event:lost-too","document":"document:paper","partOf":["event:lost"]}`,
	ada, bo, paper, untexted, ada,
}

func TestLoadingTwiceChangesNothing(t *testing.T) {
	s := memory.New()
	checkAllCounts(t, load(t, s, loader.Options{BatchSize: 3}, mixedLines...), 13, 0, 1, 0, 2)
	before := graph(t, s)
	checkAllCounts(t, load(t, s, loader.Options{BatchSize: 3}, mixedLines...), 0, 13, 1, 0, 2)
	if graph(t, s) != before {
		t.Error("the graph changed")
	}
}

func TestOrderDoesNotMatter(t *testing.T) {
	want := memory.New()
	load(t, want, loader.Options{}, mixedLines...)
	for seed := range uint64(20) {
		lines := slices.Clone(mixedLines)
		random := rand.New(rand.NewPCG(seed, 0))
		random.Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
		s := memory.New()
		checkAllCounts(t, load(t, s, loader.Options{BatchSize: 1 + int(seed)%4, ChunkSize: 1 + int(seed)%7}, lines...),
			13, 0, 1, 0, 2)
		if graph(t, s) != graph(t, want) {
			t.Errorf("seed %d: the graph differs", seed)
		}
	}
}

// A file that is one JSON object makes the same graph as its records in lines.
func TestBundleEqualsLines(t *testing.T) {
	lists := map[string]string{
		"actor": "actors", "location": "locations", "document": "documents", "release": "releases", "event": "events",
		"affiliation": "affiliations", "claim": "claims", "identity": "identities",
	}
	bundle := map[string]any{"version": 1}
	for _, line := range mixedLines {
		var record map[string]any
		if err := json.Unmarshal([]byte(line), &record); err != nil {
			t.Fatal(err)
		}
		list := lists[record["type"].(string)]
		delete(record, "type")
		records, _ := bundle[list].([]any)
		bundle[list] = append(records, record)
	}
	whole, err := json.MarshalIndent(bundle, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	want, got := memory.New(), memory.New()
	load(t, want, loader.Options{}, mixedLines...)
	checkAllCounts(t, load(t, got, loader.Options{}, string(whole)), 13, 0, 1, 0, 2)
	if graph(t, want) != graph(t, got) {
		t.Error("the graph differs")
	}
}

// interruptedStore is unavailable after a number of batches.
type interruptedStore struct {
	*memory.Store
	left    int
	batches int
}

func (f *interruptedStore) Apply(ctx context.Context, b kg.Batch) (kg.ApplyResult, error) {
	if f.left--; f.left < 0 {
		return kg.ApplyResult{}, kg.Errorf(kg.Unavailable, "the store is unavailable")
	}
	f.batches++
	return f.Store.Apply(ctx, b)
}

// Wherever a load is interrupted, the next one resumes after a chunk, ends in the same graph, and counts everything.
func TestResume(t *testing.T) {
	want := memory.New()
	whole := load(t, want, loader.Options{BatchSize: 2, ChunkSize: 3, RetryTimeout: 1}, mixedLines...)
	resumed := false
	for after := 1; ; after++ {
		s := &interruptedStore{Store: memory.New(), left: after}
		_, err := loader.Load(t.Context(), s, []loader.Input{file("f", mixedLines...)}, loader.Options{
			BatchSize: 2, ChunkSize: 3, RetryTimeout: 1,
		})
		if err == nil {
			if after < 4 || !resumed {
				t.Errorf("only %d batches, resumed %t: the test has little effect", after, resumed)
			}
			break
		}
		if kg.CodeOf(err) != kg.Unavailable {
			t.Fatal(err)
		}
		s.left = 1 << 20
		again := load(t, s, loader.Options{BatchSize: 2, ChunkSize: 3, RetryTimeout: 1}, mixedLines...)
		resumed = resumed || again.Resumed
		if graph(t, s.Store) != graph(t, want) {
			t.Errorf(
				"after %d batches: resumed %t, the same graph: %t", after, again.Resumed, graph(t, s.Store) == graph(t, want),
			)
		}
		if again.Read != whole.Read || again.Rejected != whole.Rejected {
			t.Errorf("after %d batches: %+v; want %+v", after, again, whole)
		}
		if third := load(t, s, loader.Options{BatchSize: 2, ChunkSize: 3, RetryTimeout: 1}, mixedLines...); third.Resumed {
			t.Errorf("after %d batches: the checkpoint stayed", after)
		}
	}
}

// A node that was missing when a load was interrupted may exist when it resumes. Deferred rows are then applied.
func TestResumeWithNewNodes(t *testing.T) {
	want := memory.New()
	eve := `{"type":"actor","id":"actor:eve","kind":"PERSON","names":["Eve"]}`
	load(t, want, loader.Options{}, append([]string{eve}, mixedLines...)...)
	for after := 1; after < 6; after++ {
		s := &interruptedStore{Store: memory.New(), left: after}
		opt, inputs := loader.Options{BatchSize: 2, ChunkSize: 3, RetryTimeout: 1}, []loader.Input{file("f", mixedLines...)}
		if _, err := loader.Load(t.Context(), s, inputs, opt); err == nil {
			t.Fatal("the load was not interrupted")
		}
		s.left = 1 << 20
		load(t, s, loader.Options{}, eve)
		if r := load(t, s, loader.Options{BatchSize: 2, ChunkSize: 3, RetryTimeout: 1}, mixedLines...); r.Rejected != 0 ||
			graph(t, s.Store) != graph(t, want) {
			t.Errorf("after %d batches: %+v", after, r)
		}
	}
}

// A load that is interrupted in BeforeDone, when everything is loaded, resumes there.
func TestResumeAtTheEnd(t *testing.T) {
	s := memory.New()
	opt := loader.Options{
		ChunkSize: 3, BeforeDone: func(context.Context) error { return kg.Errorf(kg.Unavailable, "killed") },
	}
	first, err := loader.Load(t.Context(), s, []loader.Input{file("f", mixedLines...)}, opt)
	if kg.CodeOf(err) != kg.Unavailable {
		t.Fatal(err)
	}
	written := graph(t, s)
	ended := false
	opt.BeforeDone = func(context.Context) error { ended = true; return nil }
	again := load(t, s, opt, mixedLines...)
	if !again.Resumed || !ended || again.Read != first.Read || again.Rejected != first.Rejected {
		t.Errorf("%+v after %+v", again, first)
	}
	if graph(t, s) != written {
		t.Error("the graph changed")
	}
	if third := load(t, s, opt, mixedLines...); third.Resumed || third.Applied != 0 {
		t.Errorf("the load was complete: %+v", third)
	}
}

// A record that only the store can reject is found in its batch and rejected with the store's reason.
func TestStoreRejects(t *testing.T) {
	s := memory.New()
	load(t, s, loader.Options{}, `{"type":"location","id":"location:a","kind":"CITY","names":["A"]}`,
		`{"type":"location","id":"location:b","kind":"CITY","names":["B"],"within":["location:a"]}`,
		paper, `{"type":"event","id":"event:x","document":"document:paper","claims":[{"id":"claim:x"}]}`)
	lines := []string{ada, bo,
		`{"type":"location","id":"location:a","kind":"CITY","names":["A"],"within":["location:b"]}`,
		`{"type":"claim","id":"claim:x","subject":"event:x","document":"document:paper","note":"something else"}`,
		`{"type":"location","id":"location:c","kind":"CITY","names":["C"],"within":["location:d"]}`,
		`{"type":"location","id":"location:d","kind":"CITY","names":["D"],"within":["location:c"]}`,
	}
	for _, size := range []int{1, 2, 500} {
		r := load(t, s, loader.Options{BatchSize: size}, lines...)
		if r.Rejected != 4 {
			t.Fatalf("%+v", r)
		}
		var found []int
		for _, reject := range r.FirstRejects {
			found = append(found, reject.Line)
			if reject.Line == 4 && reject.Other == "" {
				t.Errorf("the stored claim is not shown: %s", reject)
			}
		}
		if slices.Sort(found); !slices.Equal(found, []int{3, 4, 5, 6}) {
			t.Errorf("rejected lines %v", found)
		}
	}
}

func TestProgressAndSample(t *testing.T) {
	var last loader.Progress
	calls := 0
	r, err := loader.Load(t.Context(), memory.New(), loader.FS(sample.Files(), sample.Names()), loader.Options{
		BatchSize: 20,
		Progress:  func(p loader.Progress) { calls, last = calls+1, p },
	})
	if err != nil || r.Rejected > 0 {
		t.Fatal(err, r.FirstRejects)
	}
	if calls == 0 || last.Done == 0 {
		t.Errorf("%d calls, the last %+v", calls, last)
	}
}
