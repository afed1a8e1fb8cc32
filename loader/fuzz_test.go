package loader_test

import (
	"io"
	"strings"
	"testing"

	"casus/internal/kg"
	"casus/internal/store/memory"
	"casus/loader"
)

// Whatever the bytes, a load neither panics nor loses a record, its rejects say where and why, and loading the same again
// changes nothing.
func FuzzRecords(f *testing.F) {
	for i := range mixed {
		f.Add([]byte(strings.Join(mixed[i:], "\n")))
		f.Add([]byte(mixed[i]))
	}
	for _, seed := range []string{
		"", "{", "{}", "\ufeff", "null", "[]", "{\n\n}", `{"actors":[{"kind":"PERSON","names":["A"]}]}`, "{\n\"actors\": [\n{},,\n]}",
		`{"actors":[1,null,{}],"events":[{"claims":[{}]}]}`, `{"type":"actor","kind":"PERSON","names":["` + "\xff" + `"]}`,
		paper + "\n" + quoting, paper + "\n" + meeting, strings.Repeat("[", 10000), `{"actors":` + strings.Repeat("[", 10000),
		`{"type":"affiliation","holder":"actor:a","counterpart":"actor:a","affiliationType":"OTHER","assertedAt":"2025","claims":[{},{}]}`,
		`{"type":"event","assertedAt":"2025","confidence":1e9}`, `{"type":"location","kind":"CITY","names":["A"],"point":{"latitude":1e-400,"longitude":1e2}}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		s := &doubting{Store: memory.New(), t: t}
		input := []loader.Input{{Name: "f", Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(string(body))), nil }}}
		first, err := loader.Load(t.Context(), s, input, loader.Options{BatchSize: 2})
		if err != nil {
			t.Fatal(err)
		}
		sums(t, first)
		for _, r := range first.FirstRejects {
			if r.Reason == "" || r.Line < 1 || r.String() == "" {
				t.Errorf("%+v", r)
			}
		}
		again, err := loader.Load(t.Context(), s, input, loader.Options{BatchSize: 2})
		if err != nil {
			t.Fatal(err)
		}
		sums(t, again)
		if again.Applied != 0 || again.Rejected != first.Rejected || again.Read != first.Read {
			t.Errorf("first %+v\nagain %+v\n%v", first, again, again.FirstRejects)
		}
		if stats, err := s.Stats(t.Context()); err != nil || stats.Nodes[kg.KindClaim] != first.Added[kg.KindClaim] {
			t.Errorf("%v %+v", err, stats)
		}
	})
}
