package strictjson

import (
	"strings"
	"testing"
)

func TestDecode(t *testing.T) {
	for text, want := range map[string]string{
		`{"name": "a"}`:            "",
		" {\"name\": \"a\"} \n":    "",
		`{"name": "a", "more": 1}`: `unknown field "more"`,
		`{"name": "a"} {}`:         "more than one JSON value",
		`{"name": "a"} x`:          "more than one JSON value",
		`{"name": 1}`:              "cannot unmarshal number",
		`{"name": `:                "unexpected EOF",
		"":                         "EOF",
	} {
		var got struct{ Name string }
		err := Decode(strings.NewReader(text), &got)
		if want == "" && (err != nil || got.Name != "a") {
			t.Errorf("%s: %+v, %v", text, got, err)
		}
		if want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%s: %v, want %q", text, err, want)
		}
	}
}
