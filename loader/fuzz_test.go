package loader_test

import (
	"bytes"
	"io"
	"slices"
	"strings"
	"testing"

	"casus/internal/check"
	"casus/internal/digest"
	"casus/internal/export"
	"casus/internal/kg"
	"casus/internal/store"
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
		`{"type":"affiliation","holder":"actor:a","counterpart":"actor:a","affiliationType":"OTHER","assertedAt":"2025",` +
			`"claims":[{},{}]}`,
		`{"type":"event","assertedAt":"2025","confidence":1e9}`,
		`{"type":"location","kind":"CITY","names":["A"],"point":{"latitude":1e-400,"longitude":1e2}}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		s := memory.New()
		input := []loader.Input{
			{Name: "f", Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(string(body))), nil }},
		}
		first, err := loader.Load(t.Context(), s, input, loader.Options{BatchSize: 2})
		skipRefused(t, s, string(body), err)
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

// restored restores lines of an export, and checks the counts.
func restored(t *testing.T, body []byte) (store.Store, loader.Report) {
	t.Helper()
	s := memory.New()
	return s, restoredInto(t, s, body)
}

func restoredInto(t *testing.T, s store.Store, body []byte) loader.Report {
	t.Helper()
	input := []loader.Input{
		{Name: "f", Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(body)), nil }},
	}
	r, err := loader.Load(t.Context(), s, input, loader.Options{BatchSize: 2, Restore: true})
	skipRefused(t, s, string(body), err)
	if err != nil {
		t.Fatal(err)
	}
	checkTotals(t, r)
	return r
}

// skipRefused ends a test whose input was refused as a whole, as a binary file or a list of lists is. Nothing of it may
// be stored. An input that begins with an object, as every export does, must not be refused.
func skipRefused(t *testing.T, s store.Store, input string, err error) {
	t.Helper()
	if kg.CodeOf(err) != kg.BadInput || strings.HasPrefix(strings.TrimLeft(input, "\ufeff \t\r\n"), "{") {
		return
	}
	if digestOf(t, s) != digestOf(t, memory.New()) {
		t.Errorf("refused, but something is stored: %v", err)
	}
	t.SkipNow()
}

// exported returns the lines of an export.
func exported(t *testing.T, s store.Store) []byte {
	t.Helper()
	format, err := export.Find("casus")
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if _, err := format.Write(t.Context(), s, export.Request{}, &b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// For any lines, restoring them does not panic and loses no record. What was restored, exported and restored again has
// the same digest.
func FuzzRestore(f *testing.F) {
	f.Add([]byte(strings.Join(mixedLines, "\n")))
	for _, line := range mixedLines {
		f.Add([]byte(line))
	}
	for _, seed := range []string{
		"\x80\x02", // a pickle
		`{"type":"document","id":"document:d","titles":["D"],"publishedAt":"2025","text":"Ada met Bo","sha256":"00"}`,
		`{"type":"document","id":"document:d","titles":["D"],"publishedAt":"2025","text":"Ada met Bo"}
{"type":"event","id":"event:e","document":"document:d","claims":[{"id":"claim:c",` +
			`"spans":[{"start":4,"end":7,"exact":"met","state":"REANCHORED"}]}]}`,
		`{"type":"event","id":"event:e","claims":[{"spans":[{"start":0,"end":1,"state":"VERIFIED"}],"assertedAt":"2025"}]}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		s, first := restored(t, body)
		if again := restoredInto(t, s, body); again.Applied != 0 || again.Rejected != first.Rejected {
			t.Errorf("first %+v\nagain %+v", first, again)
		}
		lines := exported(t, s)
		copied, report := restored(t, lines)
		if report.Rejected > 0 {
			t.Fatalf("the export is rejected: %v\n%s", report.FirstRejects, lines)
		}
		if got, want := digestOf(t, copied), digestOf(t, s); got != want {
			t.Errorf("digest of the copy: %s, want %s\n%s\n%s", got, want, lines, exported(t, copied))
		}
	})
}

func digestOf(t *testing.T, s store.Store) string {
	t.Helper()
	d, err := digest.Compute(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// For any lines of identity decisions about some actors, a load does not panic and loses no record, the graph holds,
// and the order of the lines does not matter unless one is rejected.
func FuzzIdentityLines(f *testing.F) {
	const actors = `{"type":"actor","id":"actor:a","kind":"PERSON","names":["A"]}
{"type":"actor","id":"actor:b","kind":"PERSON","names":["B"]}
{"type":"actor","id":"actor:c","kind":"STATE","names":["C"]}
`
	for _, seed := range []string{
		"", `{"type":"identity","a":"actor:a","b":"actor:b","decidedBy":"x","decidedAt":"2025-01-01T00:00:00Z"}`,
		`{"type":"identity","a":"actor:a","b":"actor:b","same":false,"decidedBy":"x","decidedAt":"2025-01-01T00:00:00Z"}
{"type":"identity","a":"actor:b","b":"actor:c","same":true,"decidedBy":"x",` +
			`"decidedAt":"2025-01-02T00:00:00Z","score":0.5}
{"type":"identity","a":"actor:c","b":"actor:a","decidedBy":"y","decidedAt":"2024-01-02T00:00:00+02:00","reason":"r"}`,
		`{"type":"identity","id":"identity:1","a":"actor:a","b":"actor:a","decidedBy":"x","decidedAt":"2025"}`,
		`{"type":"identity","a":"actor:a","b":"event:b","score":2}`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, lines string) {
		load := func(lines string) (store.Store, loader.Report) {
			s := memory.New()
			input := []loader.Input{
				{Name: "f", Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(actors + lines)), nil }},
			}
			r, err := loader.Load(t.Context(), s, input, loader.Options{BatchSize: 2})
			if err != nil {
				t.Fatal(err)
			}
			checkTotals(t, r)
			return s, r
		}
		s, first := load(lines)
		report, err := check.Run(t.Context(), s, check.Options{})
		if err != nil || report.Broken > 0 {
			t.Fatalf("%v %+v", err, report.Breaks)
		}
		all := strings.Split(lines, "\n")
		slices.Reverse(all)
		reversed, again := load(strings.Join(all, "\n"))
		if first.Rejected+again.Rejected == 0 && digestOf(t, s) != digestOf(t, reversed) {
			t.Errorf("the order of the lines changes the graph: %s", lines)
		}
	})
}
