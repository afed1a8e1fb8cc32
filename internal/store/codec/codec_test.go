package codec_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/codec"
	"casus/internal/store/memory"
	"casus/internal/store/storetest"
)

// TestDecode compares Decode with encoding/json for records of every kind.
func TestDecode(t *testing.T) {
	read := 0
	for seed := range uint64(3) {
		s := memory.New()
		batches, decisions := storetest.GeneratedBatches(seed, false)
		for _, b := range append(batches, decisions) {
			if _, err := s.Apply(t.Context(), b); err != nil {
				t.Fatal(err)
			}
			compare(t, &read, b.Documents)
			compare(t, &read, b.Actors)
			compare(t, &read, b.Locations)
			compare(t, &read, b.Affiliations)
			compare(t, &read, b.Claims)
			compare(t, &read, b.Identities)
		}
		found, err := s.Events(t.Context(), store.EventQuery{Window: store.Window{Limit: store.MaxPageSize}})
		if err != nil {
			t.Fatal(err)
		}
		var states []kg.EventState
		for _, e := range found[0].Items {
			states = append(states, e.EventState)
			want := kg.WantParticipations | kg.WantLocations | kg.WantRespondsTo | kg.WantFigures
			edges, err := s.EventEdges(t.Context(), kg.View{}, want, []kg.ID{e.ID})
			if err != nil {
				t.Fatal(err)
			}
			compare(t, &read, edges[0].Participations)
			compare(t, &read, edges[0].Locations)
			compare(t, &read, edges[0].RespondsTo)
			compare(t, &read, edges[0].Figures)
		}
		compare(t, &read, states)
	}
	if read < 500 {
		t.Errorf("%d records were decoded, want at least 500", read)
	}
}

// compare decodes each record both ways.
func compare[T any](t *testing.T, read *int, records []T) {
	t.Helper()
	for _, v := range records {
		text, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		var want T
		if err := json.Unmarshal(text, &want); err != nil {
			t.Fatal(err)
		}
		got, err := codec.Decode[T](string(text))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("%s (-encoding/json +Decode):\n%s", text, diff)
		}
		*read++
	}
}

func TestDecodeErrors(t *testing.T) {
	for _, text := range []string{"", "{", `{"id":1}`, `[]`, `{} {}`, `{"id":"actor:a","id":"actor:b"}`} {
		if a, err := codec.Decode[kg.Actor](text); kg.CodeOf(err) != kg.Internal {
			t.Errorf("%q: %v, %v", text, a, err)
		}
	}
	if a, err := codec.Decode[kg.Actor]("{\"id\":\"actor:\xff\"}"); err != nil || a.ID != "actor:�" {
		t.Errorf("invalid UTF-8: %q, %v", a.ID, err)
	}
}
