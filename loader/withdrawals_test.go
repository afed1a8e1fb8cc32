package loader_test

import (
	"fmt"
	"testing"

	"casus/internal/store/memory"
	"casus/loader"

	"github.com/google/go-cmp/cmp"
)

// notesOf returns the withdrawals without effect of a report, as "claim of target".
func notesOf(r loader.Report) []string {
	all := []string{}
	for _, n := range r.Withdrawals {
		all = append(all, fmt.Sprintf("%s of %s: %s", n.Claim, n.Target, n.Reason))
	}
	return all
}

// TestWithdrawalNotes loads withdrawals with and without an effect, some of them before the claims that they withdraw.
func TestWithdrawalNotes(t *testing.T) {
	lines := []string{
		ada, bo,
		`{"type":"document","id":"document:ada","titles":["A"],"publisher":"actor:ada","publishedAt":"2025-12-20"}`,
		`{"type":"document","id":"document:bo","titles":["B"],"publisher":"actor:bo","publishedAt":"2025-12-21"}`,
		`{"type":"event","id":"event:x","titles":["X"],"document":"document:ada","claims":[{"id":"claim:first"}]}`,
		// Bo takes back what Ada says, and what Bo says, which comes later in the file.
		`{"type":"claim","id":"claim:bo","subject":"event:x","document":"document:bo",` +
			`"supersedes":["claim:first","claim:late"]}`,
		`{"type":"claim","id":"claim:retracts","subject":"event:x","document":"document:ada","stance":"RETRACTS"}`,
		`{"type":"claim","id":"claim:later","subject":"event:x","document":"document:ada","assertedAt":"2026",` +
			`"supersedes":["claim:first"]}`,
		`{"type":"claim","id":"claim:late","subject":"event:x","document":"document:bo"}`,
	}
	want := []string{
		"claim:retracts of : no claim of this source was known before",
		"claim:bo of claim:first: the claim is another source's",
	}
	s := memory.New()
	opt := loader.Options{ChunkSize: 2, BatchSize: 1}
	first := load(t, s, opt, lines...)
	if d := cmp.Diff(want, notesOf(first)); d != "" || first.WithoutEffect != 2 || first.Rejected != 0 {
		t.Errorf("%d notes, %v: %s", first.WithoutEffect, first.FirstRejects, d)
	}
	if d := cmp.Diff(want, notesOf(load(t, s, opt, lines...))); d != "" {
		t.Errorf("loaded again: %s", d)
	}
	if again := load(t, s, opt, lines[:5]...); again.WithoutEffect != 0 {
		t.Errorf("a load without withdrawals has the notes %v", notesOf(again))
	}
	resumed := false
	for after := 1; ; after++ {
		s := &interruptedStore{Store: memory.New(), left: after}
		opt := loader.Options{ChunkSize: 2, BatchSize: 1, RetryTimeout: 1}
		if _, err := loader.Load(t.Context(), s, []loader.Input{file("f", lines...)}, opt); err == nil {
			break
		}
		s.left = 1 << 20
		r := load(t, s, opt, lines...)
		resumed = resumed || r.Resumed
		if d := cmp.Diff(want, notesOf(r)); d != "" {
			t.Errorf("after %d batches: %s", after, d)
		}
	}
	if !resumed {
		t.Error("no load was resumed")
	}
}

// TestReleasesHaveNoNotes checks that a release that supersedes rows of an older one notes nothing.
func TestReleasesHaveNoNotes(t *testing.T) {
	s := memory.New()
	for i, row := range []string{"1,2025-01-01,4,war", "1,2025-01-01,6,war"} {
		r, err := loadStrikes(t, s, release(t, fmt.Sprint(i), fmt.Sprintf("2025-0%d-01", 2+i)), row)
		if err != nil || i == 1 && r.Superseded == 0 || r.WithoutEffect > 0 {
			t.Errorf("release %d: %v, %d superseded, notes %v", i, err, r.Superseded, notesOf(r))
		}
	}
}
