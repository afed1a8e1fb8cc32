package strictjson_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"casus/internal/strictjson"
)

func TestCheck(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string // pointer: found
	}{
		{`{"a":1,"b":{"a":1},"c":[{"a":1},{"a":2}]}`, nil},
		{`{"a":"\ud83d\ude00","b":"\\ud800","c":"\\\"x\\","d":"A"}`, nil},
		{`{"a":1,"a":2}`, []string{"/a: a"}},
		{`{"a":1,"\u0061":2}`, []string{"/a: a"}},
		{`{"a":[{"b":1,"c":2,"b":3}]}`, []string{"/a/0/b: b"}},
		{`{"a":{"x":1},"a":{"x":1,"x":2}}`, []string{"/a: a", "/a/x: x"}},
		{`{"id":"actor:\ud800"}`, []string{`/id: "actor:\ud800"`}},
		{`["\udfff","\ud800\ud800","\ud83d\ude00\ud83d"]`, []string{
			`/0: "\udfff"`, `/1: "\ud800\ud800"`, `/2: "\ud83d\ude00\ud83d"`,
		}},
		{`["a\\\ud800b"]`, []string{`/0: "a\\\ud800b"`}},
		{`["\ud800\\udc00"]`, []string{`/0: "\ud800\\udc00"`}},
		{`{"\udc00":1}`, []string{`/` + "\ufffd" + `: "\udc00"`}},
		{`"\uD800"`, []string{`: "\uD800"`}},
		{`{"a":1,"a":2,`, []string{"/a: a"}},
		{"{\"a\":\"b\xff\xfe\"}", []string{"/a: \"b\ufffd\""}},
		{"[\"\xc3\xa9\",\"\xc3\"]", []string{"/1: \"\ufffd\""}},
		{"\"\xed\xa0\x80\"", []string{": \"\ufffd\""}}, // half of a surrogate pair
		{`{"a" 1}`, nil}, {"", nil}, {"{", nil}, {`{"a":1}}`, nil},
	} {
		var got []string
		for _, f := range strictjson.Check([]byte(c.text)) {
			got = append(got, f.Pointer+": "+f.Found)
			if !strings.HasPrefix(c.text[f.Offset:], `"`) {
				t.Errorf("%s: offset %d of %+v", c.text, f.Offset, f)
			}
		}
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %q, want %q", c.text, got, c.want)
		}
	}
	many := "{" + strings.Repeat(`"a":1,`, 100) + `"b":1}`
	if got := len(strictjson.Check([]byte(many))); got != strictjson.MaxFaults {
		t.Errorf("%d faults", got)
	}
}

// FuzzCheck checks that a text without faults is decoded without a loss: encoded again, it has the same strings.
func FuzzCheck(f *testing.F) {
	for _, text := range []string{`{"a":1,"a":2}`, `["\ud800"]`, `{"a":"\ud83d\ude00"}`, `["\\ud800", {}]`} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		faults := strictjson.Check([]byte(text))
		var value any
		if json.Unmarshal([]byte(text), &value) != nil || len(faults) > 0 {
			return
		}
		encoded, err := json.Marshal(value)
		if err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(string(encoded), `\ufffd`) + strings.Count(string(encoded), "\ufffd"); n > 0 &&
			!strings.ContainsAny(text, "\ufffd") && !strings.Contains(strings.ToLower(text), "fffd") {
			t.Errorf("%q loses a character: %s", text, encoded)
		}
	})
}
