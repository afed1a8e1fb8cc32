package codec_test

import (
	"encoding/json"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/codec"
	"casus/internal/store/memory"
	"casus/internal/store/storetest"
)

// TestRecords compares Decode with encoding/json for records of every kind.
func TestRecords(t *testing.T) {
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
		t.Errorf("%d records were compared, want at least 500", read)
	}
}

// compare encodes each record and decodes it both ways.
func compare[T any](t *testing.T, read *int, records []T) {
	t.Helper()
	for _, v := range records {
		text, err := codec.Encode(v)
		if err != nil {
			t.Fatal(err)
		}
		var want T
		if err := json.Unmarshal([]byte(text), &want); err != nil {
			t.Fatal(err)
		}
		got, err := codec.Decode[T](text)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("%s (-encoding/json +Decode):\n%s", text, diff)
		}
		*read++
	}
}

// TestErrors checks that an error is INTERNAL and names the record, or its type where the id cannot be read.
func TestErrors(t *testing.T) {
	for text, want := range map[string]string{
		"": "decode a kg.Actor: ", "{": "decode a kg.Actor: ", `{"id":1}`: "decode a kg.Actor: ",
		`[]`: "decode a kg.Actor: ", `{} {}`: "decode a kg.Actor: ",
		`{"id":"actor:a","id":"actor:b"}`:   "decode actor:a: ",
		`{"id":"actor:a","names":"Ann"}`:    "decode actor:a: ",
		`{"id":"actor:a","names":[{"value"`: "decode actor:a: ",
	} {
		a, err := codec.Decode[kg.Actor](text)
		if kg.CodeOf(err) != kg.Internal || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: %v, %v; want %q", text, a, err, want)
		}
	}
	if a, err := codec.Decode[kg.Actor]("{\"id\":\"actor:\xff\"}"); err != nil || a.ID != "actor:�" {
		t.Errorf("invalid UTF-8: %q, %v", a.ID, err)
	}
	nowhere := kg.Location{ID: "location:x", Point: &kg.Point{Latitude: math.NaN()}}
	text, err := codec.Encode(nowhere)
	if text != "" || kg.CodeOf(err) != kg.Internal || !strings.HasPrefix(err.Error(), "encode location:x: ") {
		t.Errorf("a point that JSON lacks: %q, %v", text, err)
	}
}

// BenchmarkCodec encodes and decodes the records of which a store has most, and actors.
func BenchmarkCodec(b *testing.B) {
	batches, _ := storetest.GeneratedBatches(1, false)
	var all kg.Batch
	for _, batch := range batches {
		all.Claims = append(all.Claims, batch.Claims...)
		all.Actors = append(all.Actors, batch.Actors...)
	}
	benchmark(b, "claim", all.Claims)
	benchmark(b, "actor", all.Actors)
}

func benchmark[T any](b *testing.B, name string, records []T) {
	texts := make([]string, len(records))
	b.Run("encode/"+name, func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			text, err := codec.Encode(records[i%len(records)])
			if err != nil {
				b.Fatal(err)
			}
			texts[i%len(records)] = text
		}
	})
	for i, r := range records {
		texts[i], _ = codec.Encode(r)
	}
	b.Run("decode/"+name, func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			if _, err := codec.Decode[T](texts[i%len(texts)]); err != nil {
				b.Fatal(err)
			}
		}
	})
}
