package loader_test

import (
	"io"
	"strings"
	"testing"

	"casus/internal/kg"
	"casus/internal/store/memory"
	"casus/loader"
)

// For any bytes, a load does not panic and loses no record; its rejects have a place and a reason; and loading the same
// input again changes nothing.
func FuzzRecords(f *testing.F) {
	for i := range mixedLines {
		f.Add([]byte(strings.Join(mixedLines[i:], "\n")))
		f.Add([]byte(mixedLines[i]))
	}
	for _, seed := range []string{
		"", "{", "{}", "\ufeff", "null", "[]", "{\n\n}", `{"actors":[{"kind":"PERSON","names":["A"]}]}`,
		"{\n\"actors\": [\n{},,\n]}",
		`{"actors":[1,null,{}],"events":[{"claims":[{}]}]}`, `{"type":"actor","kind":"PERSON","names":["` + "\xff" + `"]}`,
		paper + "\n" + quotingEvent, paper + "\n" + meeting, strings.Repeat("[", 10000),
		`{"actors":` + strings.Repeat("[", 10000),
		`{"type":"affiliation","holder":"actor:a","counterpart":"actor:a","affiliationType":"OTHER","assertedAt":"2025","claims":[{},{}]}`,
		`{"type":"event","assertedAt":"2025","confidence":1e9}`,
		`{"type":"location","kind":"CITY","names":["A"],"point":{"latitude":1e-400,"longitude":1e2}}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		s := &checkingStore{Store: memory.New(), t: t}
		input := []loader.Input{
			{Name: "f", Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(string(body))), nil }},
		}
		first, err := loader.Load(t.Context(), s, input, loader.Options{BatchSize: 2})
		if err != nil {
			t.Fatal(err)
		}
		checkTotals(t, first)
		for _, r := range first.FirstRejects {
			if r.Reason == "" || r.Line < 1 || r.String() == "" {
				t.Errorf("%+v", r)
			}
		}
		second, err := loader.Load(t.Context(), s, input, loader.Options{BatchSize: 2})
		if err != nil {
			t.Fatal(err)
		}
		checkTotals(t, second)
		if second.Applied != 0 || second.Rejected != first.Rejected || second.Read != first.Read {
			t.Errorf("first %+v\nsecond %+v\n%v", first, second, second.FirstRejects)
		}
		if stats, err := s.Stats(t.Context()); err != nil || stats.Nodes[kg.KindClaim] != first.Added[kg.KindClaim] {
			t.Errorf("%v %+v", err, stats)
		}
	})
}
