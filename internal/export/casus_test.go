package export_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"casus/internal/check"
	"casus/internal/digest"
	"casus/internal/edtf"
	"casus/internal/export"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/memory"
	"casus/internal/store/open"
	"casus/internal/store/storetest"
	"casus/internal/text"
	"casus/loader"
)

// normalize sets the script and kind of names as the loader does.
func normalize(names []kg.Name) {
	for i, n := range names {
		names[i].Script = text.Script(n.Value)
		if n.Kind == "" {
			names[i].Kind = kg.NamePrimary
		}
	}
}

// generate applies a random graph as a loader would make it, with texts, spans of every state and an event with many
// claims.
func generate(t *testing.T, seed uint64, into store.Store) {
	t.Helper()
	claimed := map[kg.ID]bool{}
	batches, decisions := storetest.GeneratedBatches(seed, false)
	batches = append(batches, decisions)
	for _, b := range batches {
		for _, c := range b.Claims {
			claimed[c.Subject] = true
		}
	}
	var supported []kg.Affiliation
	for _, b := range batches {
		for i := range b.Actors {
			normalize(b.Actors[i].Names)
		}
		for i := range b.Locations {
			normalize(b.Locations[i].Names)
		}
		for i := range b.Documents {
			normalize(b.Documents[i].Titles)
		}
		for i, c := range b.Claims {
			normalize(c.Says.Titles)
			normalize(c.Says.Summaries)
			if c.Quote != nil {
				normalize(b.Claims[i].Quote.Translations)
			}
		}
		for _, a := range b.Affiliations {
			if claimed[a.ID] { // the format has no affiliations without claims
				supported = append(supported, a)
			}
		}
		b.Affiliations, supported = supported, nil
		apply(t, into, b)
	}
	apply(t, into, texts(t))
}

func apply(t *testing.T, s store.Store, b kg.Batch) {
	t.Helper()
	if _, err := s.Apply(t.Context(), b); err != nil {
		t.Fatal(err)
	}
}

// texts returns a document with its text, one with only its text's hash, and claims with spans of every state.
func texts(t *testing.T) kg.Batch {
	t.Helper()
	at, err := edtf.ParseTime("2025-03-01")
	if err != nil {
		t.Fatal(err)
	}
	const words = "Зеленський: the harbour, الميناء, was struck. The harbour burned."
	sum := sha256.Sum256([]byte(words))
	document := func(id kg.ID, text string) kg.Document {
		return kg.Document{
			ID: id, Titles: []kg.Name{{Value: "t", Script: "Latn", Kind: kg.NamePrimary}}, PublishedAt: &at,
			SHA256: hex.EncodeToString(sum[:]), Text: text,
		}
	}
	claim := func(id kg.ID, in kg.ID, spans ...kg.Span) kg.Claim {
		return kg.Claim{
			ID: id, Subject: "event:texts", Stance: kg.StanceAsserts, Aspect: kg.AspectOccurrence,
			Document: in, AssertedAt: at, Spans: spans,
		}
	}
	b := kg.Batch{
		Documents: []kg.Document{document("document:stored", words), document("document:hashed", "")},
		Claims: []kg.Claim{
			claim("claim:texts-1", "document:stored",
				kg.Span{Start: 0, End: 10, Exact: "Зеленський", State: kg.SpanVerified},
				kg.Span{Start: 12, End: 23, Exact: "the harbour", State: kg.SpanReanchored},
				kg.Span{Exact: "was struck", State: kg.SpanUnverifiable}),
			claim("claim:texts-2", "document:hashed",
				kg.Span{Start: 25, End: 32, Exact: "الميناء", Prefix: ", ", State: kg.SpanVerified},
				kg.Span{Start: 3, End: 4, State: kg.SpanUnverifiable}),
		},
	}
	for i := range 450 { // more than one record holds
		b.Claims = append(b.Claims, claim(kg.ID(fmt.Sprintf("claim:many-%03d", i)), "document:stored"))
	}
	return b
}

func write(t *testing.T, s export.Source, format string, r export.Request) []byte {
	t.Helper()
	f, err := export.Find(format)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if _, err := f.Write(t.Context(), s, r, &out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func restore(t *testing.T, into store.Store, file []byte) {
	t.Helper()
	in := loader.Input{
		Name: "export.jsonl", Size: int64(len(file)),
		Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(file)), nil },
	}
	report, err := loader.Load(t.Context(), into, []loader.Input{in}, loader.Options{Restore: true})
	if err != nil {
		t.Fatal(err)
	}
	if report.Rejected > 0 || report.Applied == 0 {
		t.Fatalf("%d applied, %d rejected: %v", report.Applied, report.Rejected, report.FirstRejects)
	}
}

func digestOf(t *testing.T, s store.Store) string {
	t.Helper()
	d, err := digest.Compute(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// An export loads as the same graph, in another engine too.
func TestRestoredExportIsEqual(t *testing.T) {
	for seed := range uint64(8) {
		from := memory.New()
		generate(t, seed, from)
		var to store.Store = memory.New()
		if seed%4 == 3 {
			file, err := open.Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "casus.db"), open.Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = file.Close() }()
			to = file
		}
		restore(t, to, write(t, from, "casus", export.Request{}))
		if got, want := digestOf(t, to), digestOf(t, from); got != want {
			t.Errorf("seed %d: %s, was %s", seed, got, want)
		}
	}
}

// A selection has all records it refers to, and the selected events are as in the whole graph.
func TestSelectionIsComplete(t *testing.T) {
	yes := true
	late := edtf.Instant(1741780800000) // 2025-03-12T12:00Z
	word := "harbour"
	for seed := range uint64(6) {
		from := memory.New()
		generate(t, seed, from)
		for name, r := range map[string]export.Request{
			"a moment":             {View: kg.View{KnownAt: &late}},
			"a status":             {Filter: &store.EventFilter{Statuses: []kg.ClaimStatus{kg.StatusDisputed, kg.StatusDenied}}},
			"words at a moment":    {View: kg.View{KnownAt: &late}, Filter: &store.EventFilter{Text: &word}},
			"events with parts":    {Filter: &store.EventFilter{HasParts: &yes}},
			"everything, selected": {Filter: &store.EventFilter{}},
		} {
			t.Run(fmt.Sprintf("%d %s", seed, name), func(t *testing.T) { checkSelection(t, from, r) })
		}
	}
}

func checkSelection(t *testing.T, from store.Store, r export.Request) {
	selected := eventsOf(t, from, r.View, r.Filter)
	if len(selected) == 0 {
		t.Skip("the seed has no such event")
	}
	to := memory.New()
	restore(t, to, write(t, from, "casus", r))
	report, err := check.Run(t.Context(), to, check.Options{})
	if err != nil || report.Broken > 0 {
		t.Errorf("%v, %v", report.Breaks, err)
	}
	restored := map[kg.ID]kg.Event{}
	for _, e := range eventsOf(t, to, r.View, nil) {
		restored[e.ID] = e
	}
	for _, want := range selected {
		got := restored[want.ID]
		want.KnownTo, got.KnownTo = 0, 0 // later changes are not in the export
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s (-was +restored):\n%s", want.ID, d)
		}
	}
}

func eventsOf(t *testing.T, s store.Store, v kg.View, f *store.EventFilter) []kg.Event {
	t.Helper()
	v.Identity = kg.IdentityExact
	pages, err := s.Events(t.Context(), store.EventQuery{
		View: v, Filter: f, Order: (*store.EventOrder)(nil).Normalize(), Window: store.Window{Limit: 500},
	})
	if err != nil {
		t.Fatal(err)
	}
	return pages[0].Items
}

// An export fails if the store or the reader fails at any point.
func TestExportFails(t *testing.T) {
	from := memory.New()
	generate(t, 1, from)
	for _, f := range export.Formats() {
		r := export.Request{Filter: &store.EventFilter{}}
		if f.Tabular {
			r.Table = export.TableClaims
		}
		if f.Network {
			r.Graph = export.GraphActors
		}
		intact := &failingStore{Store: from, after: 1 << 30}
		if _, err := f.Write(t.Context(), intact, r, io.Discard); err != nil || intact.calls == 0 {
			t.Errorf("%s: %v after %d calls", f.Name, err, intact.calls)
		}
		for _, after := range []int{0, intact.calls / 2, intact.calls - 1} {
			s := &failingStore{Store: from, after: after}
			if _, err := f.Write(t.Context(), s, r, io.Discard); kg.CodeOf(err) != kg.Unavailable {
				t.Errorf("%s: %v when the store failed after %d calls of %d", f.Name, err, after, intact.calls)
			}
		}
		if err := f.Check(export.Request{Table: "x", Graph: "y"}); kg.CodeOf(err) != kg.BadInput {
			t.Errorf("%s accepts any option: %v", f.Name, err)
		}
		if _, err := f.Write(t.Context(), from, r, failingWriter{}); err == nil {
			t.Errorf("%s: no error for a closed reader", f.Name)
		}
	}
}

type failingWriter struct{}

func (failingWriter) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

// failingStore fails every query after a number of them.
type failingStore struct {
	store.Store
	calls, after int
}

func (f *failingStore) fail() error {
	if f.calls++; f.calls > f.after {
		return kg.Errorf(kg.Unavailable, "unavailable")
	}
	return nil
}

func (f *failingStore) Events(ctx context.Context, q store.EventQuery) ([]store.Page[kg.Event], error) {
	if err := f.fail(); err != nil {
		return nil, err
	}
	return f.Store.Events(ctx, q)
}

func (f *failingStore) Nodes(ctx context.Context, v kg.View, ids []kg.ID) ([]kg.Node, error) {
	if err := f.fail(); err != nil {
		return nil, err
	}
	return f.Store.Nodes(ctx, v, ids)
}

func (f *failingStore) Claims(ctx context.Context, q store.ClaimQuery) ([]store.Page[kg.Claim], error) {
	if err := f.fail(); err != nil {
		return nil, err
	}
	return f.Store.Claims(ctx, q)
}

func (f *failingStore) CoParticipants(
	ctx context.Context, q store.CoParticipantQuery,
) ([]store.Page[store.CoParticipant], error) {
	if err := f.fail(); err != nil {
		return nil, err
	}
	return f.Store.CoParticipants(ctx, q)
}
