package loader_test

import (
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	"casus/internal/kg"
	"casus/internal/store/memory"
	"casus/loader"
)

// TestBounds loads records that are beyond a bound. Each is a reject that names the field, the size and the bound, and
// shows only the beginning of the value; the record after it is loaded.
func TestBounds(t *testing.T) {
	many := func(n int) string { return strings.TrimSuffix(strings.Repeat(`"a",`, n), ",") }
	for _, c := range []struct{ name, record, want string }{
		{"a name", `{"type":"actor","kind":"PERSON","names":["` + strings.Repeat("ж", 1001) + `"]}`,
			"names.value has 2,002 bytes, of at most 2,000"},
		{"a title", `{"type":"document","titles":["` + strings.Repeat("ж", 4001) + `"],"publishedAt":"2025"}`,
			"titles.value has 8,002 bytes, of at most 8,000"},
		{"a title in ASCII", `{"type":"document","titles":["` + strings.Repeat("t", 8001) + `"],"publishedAt":"2025"}`,
			"has 8001 characters, of at most 8000"},
		{"a title of an event", `{"type":"event","titles":["` + strings.Repeat("ж", 4001) + `"],"assertedAt":"2025"}`,
			"titles.value has 8,002 bytes, of at most 8,000"},
		{"a note", `{"type":"claim","subject":"event:e","note":"` + strings.Repeat("ж", 32769) + `","assertedAt":"2025"}`,
			"note has 65,538 bytes, of at most 65,536"},
		{"a list", `{"type":"actor","kind":"PERSON","names":["A"],"sectors":[` + many(100_001) + `]}`,
			"has 100001 elements, of at most 100000"},
		{"a record", `{"type":"document","titles":["T"],"publishedAt":"2025","text":"` + strings.Repeat("t", 64<<20) + `"}`,
			"the record has 67,108,929 bytes, of at most 67,108,864"},
		{"an address", `{"type":"document","titles":["T"],"publishedAt":"2025","url":"javascript:alert(1)"}`,
			"not an address with http or https"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := load(t, memory.New(), loader.Options{}, ada, c.record, bo)
			checkCounts(t, r, 2, 0, 1)
			got := r.FirstRejects[0]
			if got.Line != 2 || !strings.Contains(got.Reason, c.want) {
				t.Errorf("line %d: %.200s, want %s", got.Line, got.Reason, c.want)
			}
			if len(got.Found) > 10_000 || len(got.Raw) > 20_000 {
				t.Errorf("%d bytes of the value and %d of the record are listed", len(got.Found), len(got.Raw))
			}
		})
	}
}

// TestLongObject refuses a file that is one large JSON object, and reads a large file of lines whose first line is faulty.
func TestLongObject(t *testing.T) {
	pad := strings.Repeat(" ", kg.MaxRecordBytes)
	r := load(t, memory.New(), loader.Options{}, "{", `"actors": []`, pad, "}")
	checkCounts(t, r, 0, 0, 1)
	if !strings.Contains(r.FirstRejects[0].Reason, "JSON Lines") {
		t.Error(r.FirstRejects[0])
	}
	r = load(t, memory.New(), loader.Options{}, "faulty", ada, strings.Repeat(pad[:1<<20]+"\n", 65), bo)
	checkCounts(t, r, 2, 0, 1)
}

// TestLongFirstLine refuses only the first record of a file if that is too long.
func TestLongFirstLine(t *testing.T) {
	long := `{"type":"document","titles":["T"],"text":"` + strings.Repeat("t", kg.MaxRecordBytes) + `"}`
	r := load(t, memory.New(), loader.Options{}, "", long, ada, bo)
	checkCounts(t, r, 2, 0, 1)
	if r.FirstRejects[0].Line != 2 {
		t.Error(r.FirstRejects[0].Line)
	}
}

// TestByteOrderMarks: a mark is no part of a text, wherever it comes from.
func TestByteOrderMarks(t *testing.T) {
	const mark = "\uFEFF"
	s := memory.New()
	r := load(t, s, loader.Options{},
		mark+`{"type":"document","id":"document:a","titles":["`+mark+`A"],"publishedAt":"2025","text":"`+mark+`Seven people"}`,
		mark+`{"type":"event","id":"event:a","titles":["x"],"document":"document:a","claims":[`+
			`{"spans":[{"start":0,"end":5,"exact":"Seven"},{"start":6,"end":12},{"exact":"`+mark+`Seven"}]}]}`,
		`{"type":"document","id":"document:b","titles":["B"],"publishedAt":"2025"}`,
		`{"type":"event","id":"event:b","titles":["x"],"document":"document:b","claims":[{"spans":[{"start":0,"end":5}]}]}`,
		`{"type":"document","id":"document:c","titles":["C"],"publishedAt":"2025","text":"`+mark+`c","sha256":"`+
			kg.TextHash(mark+"c")+`"}`,
	)
	checkCounts(t, r, 5, 0, 0)
	if r.Spans[kg.SpanVerified] != 3 {
		t.Errorf("spans: %v", r.Spans)
	}
	if d := node[kg.Document](t, s, "document:a"); d.Titles[0].Value != "A" || d.SHA256 != kg.TextHash("Seven people") {
		t.Errorf("%+v", d)
	}
	texts := []loader.Text{{Document: "document:b", File: "b.txt", Text: mark + "Eight people"}}
	attached, err := loader.AttachTexts(t.Context(), s, texts, loader.Options{KeepText: true})
	if err != nil || attached.Spans[kg.SpanVerified] != 1 || attached.Rejected > 0 {
		t.Errorf("%+v, %v", attached, err)
	}
	if d := node[kg.Document](t, s, "document:b"); d.Text != "Eight people" {
		t.Errorf("stored text %q", d.Text)
	}
	if c := claimsAbout(t, s, "event:b")[0]; c.Spans[0].Exact != "Eight" {
		t.Errorf("%+v", c.Spans)
	}
}

// work is input that grows, and how many records of it are applied.
type work struct {
	lines func(n int) []string
	n     int
}

// TestScale loads inputs that grow: four times as much takes at most six times as long, and no more memory than a bound.
func TestScale(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED: it takes seconds")
	}
	for name, w := range map[string]work{
		"names of one record": {func(n int) []string {
			names := make([]string, n)
			for i := range names {
				names[i] = fmt.Sprintf(`"Name %d"`, i)
			}
			return []string{`{"type":"actor","id":"actor:a","kind":"PERSON","names":[` + strings.Join(names, ",") + `]}`}
		}, 100_000},
		"names of one actor": {func(n int) []string {
			lines := make([]string, n)
			for i := range lines {
				lines[i] = fmt.Sprintf(`{"type":"actor","id":"actor:a","kind":"PERSON","names":["Name %d"]}`, i)
			}
			return lines
		}, 20_000},
		"a chain in order":          {func(n int) []string { return chain(n, func(i int) int { return i }) }, 20_000},
		"a chain in reverse":        {func(n int) []string { return chain(n, func(i int) int { return n - 1 - i }) }, 20_000},
		"a chain out of order":      {func(n int) []string { return chain(n, func(i int) int { return i * 7919 % n }) }, 20_000},
		"spans of one text":         {func(n int) []string { return spans(n, true) }, 2_000},
		"words of one text":         {func(n int) []string { return spans(n, false) }, 2_000},
		"spans of one claim's text": {func(n int) []string { return oneClaim(spans(n, true)) }, 2_000},
	} {
		t.Run(name, func(t *testing.T) {
			measure := func(n int) time.Duration {
				lines := w.lines(n)
				runtime.GC()
				s, started := memory.New(), time.Now()
				r, err := loader.Load(t.Context(), s, []loader.Input{{Name: "f", Open: func() (io.ReadCloser, error) {
					return io.NopCloser(strings.NewReader(strings.Join(lines, "\n"))), nil
				}}}, loader.Options{})
				if err != nil || r.Rejected > 0 {
					t.Fatalf("%v, %v", err, r.FirstRejects)
				}
				return time.Since(started)
			}
			quarter, whole := measure(w.n/4), measure(w.n)
			t.Logf("%v for a quarter, %v for all", quarter, whole)
			if whole > 6*quarter+2*time.Second {
				t.Errorf("%v for a quarter, %v for all", quarter, whole)
			}
		})
	}
}

// chain returns n places, of which each but the first lies in the one before, in the order of at.
func chain(n int, at func(int) int) []string {
	lines := make([]string, n)
	for i := range n {
		place := at(i)
		within := ""
		if place > 0 {
			within = fmt.Sprintf(`,"within":["location:%d"]`, place-1)
		}
		lines[i] = fmt.Sprintf(`{"type":"location","id":"location:%d","kind":"REGION","names":["P"]%s}`, place, within)
	}
	return lines
}

// spans returns a document of 10,000 bytes a span, and an event for each span, with offsets or with words alone.
func spans(n int, offsets bool) []string {
	var text strings.Builder
	var places []int
	for i := range n {
		places = append(places, text.Len())
		fmt.Fprintf(&text, "word %d is here ", i)
		text.WriteString(strings.Repeat("and so on ", 998))
	}
	lines := []string{
		`{"type":"document","id":"document:d","titles":["D"],"publishedAt":"2025","text":"` + text.String() + `"}`,
	}
	for i, at := range places {
		span := fmt.Sprintf(`{"exact":"word %d is"}`, i)
		if offsets {
			span = fmt.Sprintf(`{"start":%d,"end":%d,"exact":"word"}`, at, at+4)
		}
		lines = append(lines, fmt.Sprintf(
			`{"type":"event","id":"event:%d","titles":["E"],"document":"document:d","claims":[{"spans":[%s]}]}`, i, span))
	}
	return lines
}

// oneClaim joins the spans of several events into one claim.
func oneClaim(lines []string) []string {
	var all []string
	for _, line := range lines[1:] {
		_, span, _ := strings.Cut(line, `"spans":[`)
		span, _, _ = strings.Cut(span, "]")
		all = append(all, span)
	}
	return []string{lines[0], `{"type":"event","titles":["E"],"document":"document:d","claims":[{"spans":[` +
		strings.Join(all, ",") + `]}]}`}
}
