package forget_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"casus/internal/edtf"
	"casus/internal/forget"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/ledger"
	"casus/internal/store/memory"
	"casus/internal/store/sqlite"
	"casus/loader"
)

const (
	daily = `{"type":"document","id":"document:daily","titles":["The Daily"],"publishedAt":"2025-03-02"}
{"type":"event","id":"event:strike","titles":["A strike"],"document":"document:daily","claims":[{"id":"claim:a"},` +
		`{"id":"claim:f","aspect":"FIGURES","figures":[{"kind":"KILLED","best":7}]}]}`
	post = `{"type":"document","id":"document:post","titles":["The Post"],"publishedAt":"2025-03-03"}
{"type":"event","id":"event:strike","claims":[{"id":"claim:p","document":"document:post","stance":"DENIES"}]}
{"type":"event","id":"event:fire","titles":["A fire"],"claims":[{"id":"claim:q","document":"document:post"},` +
		`{"id":"claim:r","document":"document:post","aspect":"FIGURES","supersedes":["claim:q"]}]}
{"type":"event","id":"event:strike","titles":["A strike"],"document":"document:daily","claims":[{"id":"claim:a"}]}`
)

// stores are the stores of the tests.
func stores(t *testing.T) map[string]store.Store {
	t.Helper()
	db, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "casus.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return map[string]store.Store{"memory": memory.New(), "sqlite": db}
}

// load loads lines and returns the id of the load.
func load(t *testing.T, s store.Store, now edtf.Instant, name, lines string) (ledger.Load, loader.Report) {
	t.Helper()
	in := loader.Input{Name: name, Open: func() (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader(lines)), nil
	}}
	r, err := loader.Load(t.Context(), s, []loader.Input{in}, loader.Options{Now: now})
	if err != nil || r.Rejected > 0 {
		t.Fatal(err, r.FirstRejects)
	}
	all, err := ledger.All(t.Context(), s)
	if err != nil || len(all) == 0 {
		t.Fatal(err, all)
	}
	return all[len(all)-1], r
}

// answers returns the claims, and everything derived from them, as text.
func answers(t *testing.T, s store.Store) string {
	t.Helper()
	var b strings.Builder
	for _, kind := range []kg.NodeKind{kg.KindClaim, kg.KindEvent} {
		page, err := s.Scan(t.Context(), kind, "", 100)
		if err != nil {
			t.Fatal(err)
		}
		for i := range page.Claims {
			page.Claims[i].RecordedAt = 0
		}
		for i := range page.Subjects {
			for j := range page.Subjects[i].Claims {
				page.Subjects[i].Claims[j].RecordedAt = 0
			}
		}
		text, err := json.MarshalIndent([]any{page.Claims, page.Subjects}, "", " ")
		if err != nil {
			t.Fatal(err)
		}
		b.Write(text)
	}
	found, err := s.Search(t.Context(), store.SearchQuery{Text: "fire", Window: store.Window{Limit: 5}})
	if err != nil {
		t.Fatal(err)
	}
	_, _ = fmt.Fprintln(&b, len(found.Items))
	return b.String()
}

var by = forget.Order{By: "Ada", At: 1_700_000_000_000, Why: "a mistake"}

func TestUndo(t *testing.T) {
	for name, s := range stores(t) {
		t.Run(name, func(t *testing.T) {
			load(t, s, 1, "daily", daily)
			before := answers(t, s)
			l, _ := load(t, s, 1000, "post", post)
			after := answers(t, s)
			if before == after {
				t.Fatal("the second load changed nothing")
			}

			dry := by
			dry.DryRun = true
			found := do(t)(forget.Load(t.Context(), s, l, dry))
			if found.Claims != 3 || found.Kept != 1 || len(found.Subjects) != 2 || answers(t, s) != after {
				t.Errorf("dry run: %+v", found)
			}
			if found := do(t)(forget.Load(t.Context(), s, l, by)); found.Claims != 3 || found.Kept != 1 {
				t.Errorf("%+v", found)
			}
			if got := answers(t, s); got != before {
				t.Errorf("undone:\n%s\nwant\n%s", got, before)
			}

			// Loaded again, it stays forgotten.
			again, r := load(t, s, 2000, "post", post)
			if answers(t, s) != before || r.Forgotten != 3 || again.Repeats != l.ID {
				t.Errorf("%d forgotten, %+v", r.Forgotten, again)
			}
			if _, err := forget.Load(t.Context(), s, again, by); kg.CodeOf(err) != kg.Conflict {
				t.Errorf("a load that repeats another is undone: %v", err)
			}

			undone := find(t, s, l.ID)
			if undone.Undone == nil || undone.Undone.By != "Ada" || undone.Undone.Claims != 3 {
				t.Errorf("%+v", undone)
			}
			if found := do(t)(forget.RestoreLoad(t.Context(), s, undone, by)); found.Claims != 3 {
				t.Errorf("%+v", found)
			}
			if got := answers(t, s); got != after {
				t.Errorf("taken back:\n%s\nwant\n%s", got, after)
			}
			if restored := find(t, s, l.ID); restored.Undone != nil {
				t.Errorf("%+v", restored)
			}
			if _, err := forget.RestoreLoad(t.Context(), s, find(t, s, l.ID), by); kg.CodeOf(err) != kg.Conflict {
				t.Errorf("restored twice: %v", err)
			}
		})
	}
}

// Claims that two loads brought are forgotten once both are undone, in either order.
func TestUndoOfTwoLoads(t *testing.T) {
	for _, order := range [][]int{{0, 1}, {1, 0}} {
		s := memory.New()
		first, _ := load(t, s, 1, "daily", daily)
		second, _ := load(t, s, 1000, "post", post)
		loads := []ledger.Load{first, second}
		for _, i := range order {
			do(t)(forget.Load(t.Context(), s, find(t, s, loads[i].ID), by))
		}
		if left := claimIDs(t, s); len(left) > 0 {
			t.Errorf("%v: %v", order, left)
		}
		// The first is taken back, with the claims that the undoing of the second would have kept.
		do(t)(forget.RestoreLoad(t.Context(), s, find(t, s, first.ID), by))
		if left := claimIDs(t, s); !slices.Equal(left, []string{"claim:a", "claim:f"}) {
			t.Errorf("%v: %v", order, left)
		}
		do(t)(forget.RestoreLoad(t.Context(), s, find(t, s, second.ID), by))
		if left := claimIDs(t, s); len(left) != 5 {
			t.Errorf("%v: %v", order, left)
		}
	}
}

// An undo that fails after any batch continues when it is started again, and so does taking it back.
func TestInterruptedUndo(t *testing.T) {
	for n := range 6 {
		s := memory.New()
		load(t, s, 1, "daily", daily)
		before := answers(t, s)
		l, _ := load(t, s, 1000, "post", post)
		after := answers(t, s)
		_, err := forget.Load(t.Context(), &failingStore{s, n}, l, by)
		later := by
		later.At += 1000
		do(t)(forget.Load(t.Context(), s, find(t, s, l.ID), later))
		if answers(t, s) != before {
			t.Errorf("after %d batches the undo is another", n)
		}
		_, _ = forget.RestoreLoad(t.Context(), &failingStore{s, n}, find(t, s, l.ID), by)
		if now := find(t, s, l.ID); now.Undone != nil {
			do(t)(forget.RestoreLoad(t.Context(), s, now, by))
		}
		if answers(t, s) != after {
			t.Errorf("after %d batches it is not taken back", n)
		}
		if err == nil {
			return
		}
	}
	t.Error("the undo failed each time")
}

func TestForget(t *testing.T) {
	for name, s := range stores(t) {
		t.Run(name, func(t *testing.T) {
			load(t, s, 1, "daily", daily)
			load(t, s, 1000, "post", post)
			after := answers(t, s)
			for _, c := range []struct {
				target string
				claims []string // that are left
			}{
				{"document:post", []string{"claim:a", "claim:f"}},
				{"event:fire", []string{"claim:a", "claim:f", "claim:p"}},
				{"claim:p", []string{"claim:a", "claim:f", "claim:q", "claim:r"}},
			} {
				o := by
				o.Target = c.target
				do(t)(forget.Target(t.Context(), s, o))
				if got := claimIDs(t, s); !slices.Equal(got, c.claims) {
					t.Errorf("without %s: %v", c.target, got)
				}
				do(t)(forget.RestoreTarget(t.Context(), s, o))
				if answers(t, s) != after {
					t.Errorf("%s is not restored", c.target)
				}
				if _, err := forget.RestoreTarget(t.Context(), s, o); kg.CodeOf(err) != kg.NotFound {
					t.Errorf("restored twice: %v", err)
				}
			}
			o := by
			o.Target = "document:other"
			if _, err := forget.Target(t.Context(), s, o); kg.CodeOf(err) != kg.NotFound {
				t.Errorf("an unknown document: %v", err)
			}
		})
	}
}

// What is erased is gone, and stays out when it is loaded again.
func TestPurge(t *testing.T) {
	for name, s := range stores(t) {
		t.Run(name, func(t *testing.T) {
			load(t, s, 1, "daily", daily)
			before := answers(t, s)
			l, _ := load(t, s, 1000, "post", post)
			after := answers(t, s)
			do(t)(forget.Load(t.Context(), s, l, by))
			purge := by
			purge.Purge = true
			found := do(t)(forget.Load(t.Context(), s, find(t, s, l.ID), purge))
			if found.Erased != 3 || answers(t, s) != before {
				t.Errorf("%+v", found)
			}
			all, err := s.Curations(t.Context(), []kg.ID{"claim:p", "claim:q"})
			if err != nil {
				t.Fatal(err)
			}
			for _, v := range all {
				if o := v.Original; o == nil || o.Digest() != o.Erased().Digest() || len(v.Corrections) != 1 ||
					!v.Corrections[0].Erases {
					t.Errorf("%+v", v)
				}
			}
			erased := find(t, s, l.ID)
			if erased.Purged == nil || erased.Purged.Claims != 3 {
				t.Errorf("%+v", erased)
			}
			if _, r := load(t, s, 3000, "post", post); r.Forgotten != 3 || answers(t, s) != before {
				t.Errorf("it is back, %d forgotten", r.Forgotten)
			}
			if found = do(t)(forget.RestoreLoad(t.Context(), s, erased, by)); found.Erased != 3 || answers(t, s) != before {
				t.Errorf("taken back: %+v", found)
			}
			if _, r := load(t, s, 4000, "post", post); r.Forgotten != 0 || answers(t, s) != after {
				t.Errorf("taken back and loaded, %d are forgotten:\n%s\nwant\n%s", r.Forgotten, answers(t, s), after)
			}
			purge.Target = "document:daily"
			do(t)(forget.Target(t.Context(), s, purge))
			purges, err := ledger.Purges(t.Context(), s)
			if err != nil || len(purges) != 1 || purges[0].Target != "document:daily" || purges[0].Claims != 2 {
				t.Errorf("%+v %v", purges, err)
			}
		})
	}
}

// The words of an erased document are in no file of the store: not those of its text, its claims or their corrections,
// also after it is loaded again.
func TestErasedBytes(t *testing.T) {
	path := filepath.Join(t.TempDir(), "casus.db")
	s, err := sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := os.ReadFile("testdata/secret.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	words := []string{"ostrichtext", "quaggaquote", "okapititle", "narwhalsummary", "axolotlnote", "tapircorrected"}
	loads := func(now edtf.Instant) loader.Report {
		in := loader.Input{Name: "secret", Open: func() (io.ReadCloser, error) {
			return io.NopCloser(strings.NewReader(string(secret) + daily)), nil
		}}
		r, err := loader.Load(t.Context(), s, []loader.Input{in}, loader.Options{Now: now, KeepText: true})
		if err != nil || r.Rejected > 0 {
			t.Fatal(err, r.FirstRejects)
		}
		return r
	}
	loads(1)
	contents, err := s.Nodes(t.Context(), kg.View{}, []kg.ID{"claim:y"})
	if err != nil {
		t.Fatal(err)
	}
	y, _ := contents[0].(kg.Claim)
	content := y.Content()
	content.Note = "tapircorrected"
	if _, err := s.Apply(t.Context(), kg.Batch{Corrections: []kg.Correction{
		{ID: "correction:y", Claim: "claim:y", Content: &content, By: "Ada", At: 1},
	}}); err != nil {
		t.Fatal(err)
	}
	found := func() (in []string) {
		for _, suffix := range []string{"", "-wal"} {
			data, err := os.ReadFile(path + suffix)
			if err != nil {
				t.Fatal(err)
			}
			text := strings.ToLower(string(data))
			for _, w := range words {
				if strings.Contains(text, w) && !slices.Contains(in, w) {
					in = append(in, w)
				}
			}
		}
		return in
	}
	if got := found(); len(got) != len(words) {
		t.Fatalf("before, the files have only %v", got)
	}
	order := by
	order.Target, order.Purge = "document:secret", true
	do(t)(forget.Target(t.Context(), s, order))
	if got := found(); len(got) > 0 {
		t.Errorf("erased, the files have %v", got)
	}
	if r := loads(5000); r.Forgotten != 2 {
		t.Errorf("loaded again, %d claims are forgotten", r.Forgotten)
	}
	if got := found(); len(got) > 0 {
		t.Errorf("loaded again, the files have %v", got)
	}
	order.Purge = false
	do(t)(forget.RestoreTarget(t.Context(), s, order))
	loads(6000)
	if got := found(); len(got) != len(words)-1 {
		t.Errorf("taken back and loaded again, the files have only %v", got)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

func do(t *testing.T) func(forget.Result, error) forget.Result {
	t.Helper()
	return func(r forget.Result, err error) forget.Result {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
}

func find(t *testing.T, s store.Store, id string) ledger.Load {
	t.Helper()
	l, found, err := ledger.Find(t.Context(), s, id)
	if err != nil || !found {
		t.Fatal(id, found, err)
	}
	return l
}

func claimIDs(t *testing.T, s store.Store) (ids []string) {
	t.Helper()
	page, err := s.Scan(t.Context(), kg.KindClaim, "", 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range page.Claims {
		ids = append(ids, string(c.ID))
	}
	return ids
}

// failingStore fails after a number of batches.
type failingStore struct {
	store.Store
	left int
}

func (d *failingStore) Apply(ctx context.Context, b kg.Batch) (kg.ApplyResult, error) {
	if d.left--; d.left < 0 {
		return kg.ApplyResult{}, kg.Errorf(kg.Internal, "killed")
	}
	return d.Store.Apply(ctx, b)
}
