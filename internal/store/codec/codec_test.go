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

// TestDecode reads records as encoding/json does, of every kind there is.
func TestDecode(t *testing.T) {
	read := 0
	for seed := range uint64(3) {
		s := memory.New()
		batches, decisions := storetest.Generated(seed, false)
		for _, b := range append(batches, decisions) {
			if _, err := s.Apply(t.Context(), b); err != nil {
				t.Fatal(err)
			}
			each(t, &read, b.Documents)
			each(t, &read, b.Actors)
			each(t, &read, b.Locations)
			each(t, &read, b.Affiliations)
			each(t, &read, b.Claims)
			each(t, &read, b.Identities)
		}
		found, err := s.Events(t.Context(), store.EventQuery{Window: store.Window{Limit: store.MaxPageSize}})
		if err != nil {
			t.Fatal(err)
		}
		var states []kg.EventState
		for _, e := range found[0].Items {
			states = append(states, e.EventState)
			edges, err := s.EventEdges(t.Context(), kg.View{}, kg.WantParticipations|kg.WantLocations|kg.WantRespondsTo|kg.WantFigures, []kg.ID{e.ID})
			if err != nil {
				t.Fatal(err)
			}
			each(t, &read, edges[0].Participations)
			each(t, &read, edges[0].Locations)
			each(t, &read, edges[0].RespondsTo)
			each(t, &read, edges[0].Figures)
		}
		each(t, &read, states)
	}
	if read < 500 {
		t.Errorf("%d records", read)
	}
}

func each[T any](t *testing.T, read *int, of []T) {
	t.Helper()
	for _, v := range of {
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

func TestDecodeRefuses(t *testing.T) {
	for _, text := range []string{"", "{", `{"id":1}`, `[]`, `{} {}`, `{"id":"actor:a","id":"actor:b"}`} {
		if a, err := codec.Decode[kg.Actor](text); kg.CodeOf(err) != kg.Internal {
			t.Errorf("%q: %v, %v", text, a, err)
		}
	}
	if a, err := codec.Decode[kg.Actor]("{\"id\":\"actor:\xff\"}"); err != nil || a.ID != "actor:�" {
		t.Errorf("bytes that are no text: %q, %v", a.ID, err)
	}
}
