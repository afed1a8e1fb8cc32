package loader_test

import (
	"strings"
	"testing"

	"casus/internal/kg"
	"casus/internal/store/memory"
	"casus/loader"
)

// TestBounds loads records that exceed a bound. Each is a reject that names the field, the size and the bound, and
// shows only the beginning of the value; the record after it is loaded.
func TestBounds(t *testing.T) {
	many := func(n int) string { return strings.TrimSuffix(strings.Repeat(`"a",`, n), ",") }
	for _, c := range []struct{ name, record, want string }{
		{"a name", `{"type":"actor","kind":"PERSON","names":["` + strings.Repeat("ж", 1001) + `"]}`,
			"names.value has 2,002 bytes, of at most 2,000"},
		{"a title", `{"type":"document","titles":["` + strings.Repeat("ж", 4097) + `"],"publishedAt":"2025"}`,
			"titles.value has 8,194 bytes, of at most 8,192"},
		{"a title in ASCII", `{"type":"document","titles":["` + strings.Repeat("t", 8193) + `"],"publishedAt":"2025"}`,
			"has 8193 characters, of at most 8192"},
		{"a title of an event", `{"type":"event","titles":["` + strings.Repeat("ж", 4097) + `"],"assertedAt":"2025"}`,
			"titles.value has 8,194 bytes, of at most 8,192"},
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

// TestLongObject refuses a file that is one large JSON object, and reads a large file of lines whose first line is
// faulty.
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

// TestByteOrderMarks checks that a byte order mark is never a part of a text.
func TestByteOrderMarks(t *testing.T) {
	const mark = "\uFEFF"
	s := memory.New()
	r := load(t, s, loader.Options{},
		mark+`{"type":"document","id":"document:a","titles":["`+mark+`A"],"publishedAt":"2025","text":"`+mark+
			`Seven people"}`,
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
