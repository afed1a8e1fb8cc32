package store_test

import (
	"encoding/base64"
	"errors"
	"math"
	"strings"
	"testing"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

func scope(t testing.TB, list string, parts ...any) store.CursorScope {
	t.Helper()
	s, err := store.NewCursorScope(list, parts...)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestCursorRoundTrip(t *testing.T) {
	s := scope(t, "timeline")
	for _, p := range []store.Position{
		{},
		{Int: 1735732800000, ID: "event:strike"},
		{Int: int64(edtf.EndOfTime), ID: "event:strike"},
		{Int: int64(edtf.BeginningOfTime), ID: "event:strike"},
		{Int: math.MaxInt64, ID: "event:strike"},
		{Int: math.MinInt64, ID: "event:strike"},
		{Text: "київ \"<&>\" \u2028", ID: "location:київ"},
	} {
		got, err := s.Decode(ref(s.Encode(p)))
		if err != nil || *got != p {
			t.Errorf("%+v decodes to %+v, %v", p, got, err)
		}
	}
	if p, err := s.Decode(nil); p != nil || err != nil {
		t.Errorf("Decode(nil): %v, %v, want nil", p, err)
	}
}

// TestForeignCursors checks that a cursor is bound to the list's name, filter, order and view.
func TestForeignCursors(t *testing.T) {
	filter := func(text string) *store.EventFilter { return &store.EventFilter{Text: &text} }
	scopes := map[string]store.CursorScope{
		"plain":        scope(t, "timeline", filter("a"), store.EventOrder{Field: store.EventsByTime}, kg.View{}),
		"another list": scope(t, "events", filter("a"), store.EventOrder{Field: store.EventsByTime}, kg.View{}),
		"filter":       scope(t, "timeline", filter("b"), store.EventOrder{Field: store.EventsByTime}, kg.View{}),
		"order":        scope(t, "timeline", filter("a"), store.EventOrder{Field: store.EventsByKilled}, kg.View{}),
		"moment": scope(
			t, "timeline", filter("a"), store.EventOrder{Field: store.EventsByTime}, kg.View{KnownAt: ref(noon(1))},
		),
		"other moment": scope(
			t, "timeline", filter("a"), store.EventOrder{Field: store.EventsByTime}, kg.View{KnownAt: ref(noon(2))},
		),
		"identity": scope(
			t, "timeline", filter("a"), store.EventOrder{Field: store.EventsByTime}, kg.View{Identity: kg.IdentityExact},
		),
		"time": scope(
			t, "timeline", &store.EventFilter{Time: &store.TimeRange{From: timeOf("2025")}},
			store.EventOrder{Field: store.EventsByTime}, kg.View{},
		),
		"other time": scope(
			t, "timeline", &store.EventFilter{Time: &store.TimeRange{To: timeOf("2025")}},
			store.EventOrder{Field: store.EventsByTime}, kg.View{},
		),
	}
	for from, a := range scopes {
		made := a.Encode(store.Position{Int: 1, ID: "event:strike"})
		for to, b := range scopes {
			_, err := b.Decode(&made)
			if want := map[bool]kg.ErrorCode{false: kg.BadInput}[from == to]; kg.CodeOf(err) != want {
				t.Errorf("cursor of %q in %q: %v, want code %q", from, to, err, want)
			}
		}
	}
	same := scope(t, "timeline", filter("a"), store.EventOrder{Field: store.EventsByTime}, kg.View{})
	if _, err := same.Decode(ref(scopes["plain"].Encode(store.Position{}))); err != nil {
		t.Errorf("an equal query rejects the cursor: %v", err)
	}
	if _, err := store.NewCursorScope("timeline", math.NaN()); kg.CodeOf(err) != kg.Internal {
		t.Errorf("a scope that cannot be hashed: %v, want INTERNAL", err)
	}
}

func TestGarbageCursors(t *testing.T) {
	s := scope(t, "timeline")
	encode := func(json string) string { return base64.RawURLEncoding.EncodeToString([]byte(json)) }
	whole := s.Encode(store.Position{Int: 7, ID: "event:strike"})
	for _, garbage := range []string{
		"", " ", "0", "null", "event:strike", strings.Repeat("A", 100_000), "%%%", "\xff",
		whole[1:], whole[:len(whole)-4], whole + "=", whole + "AAAA",
		encode(""), encode("null"), encode("[]"), encode("{}"), encode(`{"v":2}`),
		encode(`{"v":1,"s":"","i":"event:x"}`), encode(`{"v":"1"}`),
	} {
		p, err := s.Decode(&garbage)
		var coded *kg.Error
		if kg.CodeOf(err) != kg.BadInput || !errors.As(err, &coded) || len(coded.Message) > 300 {
			t.Errorf("%.50q: %+v, %.300v, want a short BAD_INPUT", garbage, p, err)
		}
	}
}

func TestCursorsOfAnotherVersion(t *testing.T) {
	s := scope(t, "timeline")
	b, err := base64.RawURLEncoding.DecodeString(s.Encode(store.Position{Int: 7, ID: "event:strike"}))
	if err != nil || !strings.Contains(string(b), `"v":1`) {
		t.Fatalf("%s, %v", b, err)
	}
	old := base64.RawURLEncoding.EncodeToString([]byte(strings.Replace(string(b), `"v":1`, `"v":0`, 1)))
	if _, err := s.Decode(&old); kg.CodeOf(err) != kg.BadInput || !strings.Contains(err.Error(), "version 0") {
		t.Errorf("%v, want BAD_INPUT for version 0", err)
	}
}

func FuzzCursor(f *testing.F) {
	s, err := store.NewCursorScope("timeline")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(s.Encode(store.Position{Int: 1, ID: "event:strike"}))
	f.Add(s.Encode(store.Position{Text: "київ", ID: "location:київ"}))
	f.Add("e30")
	f.Add("")
	f.Fuzz(func(t *testing.T, encoded string) {
		p, err := s.Decode(&encoded)
		if err != nil {
			if kg.CodeOf(err) != kg.BadInput {
				t.Fatalf("%v is not BAD_INPUT", err)
			}
			return
		}
		again, err := s.Decode(ref(s.Encode(*p)))
		if err != nil || *again != *p {
			t.Fatalf("%+v decodes to %+v, %v", p, again, err)
		}
	})
}
