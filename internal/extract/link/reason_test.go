package link

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
)

// TestReasons checks that docs/extract.md lists each code, and that the review page has words for each in English; its
// own tests compare the languages.
func TestReasons(t *testing.T) {
	docs, err := os.ReadFile("../../../docs/extract.md")
	if err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile("../../server/explorer/src/i18n/languages/review/en.json")
	if err != nil {
		t.Fatal(err)
	}
	var catalog map[string]any
	if err := json.Unmarshal(content, &catalog); err != nil {
		t.Fatal(err)
	}
	for code, words := range reasonWords {
		if !strings.Contains(string(docs), "`"+string(code)+"`") {
			t.Errorf("docs/extract.md does not have %s", code)
		}
		own, ok := catalog["reason."+string(code)].(string)
		if !ok || strings.Contains(own, "{detail}") != strings.Contains(words, "%s") {
			t.Errorf("%s: the review page has %q", code, own)
		}
		want := Reason{code, "50%s", strings.ReplaceAll(words, "%s", "50%s")}
		if r := NewReason(code, "50%s"); r != want {
			t.Errorf("%+v, want %+v", r, want)
		}
	}
	for key := range catalog {
		if code, ok := strings.CutPrefix(key, "reason."); ok && reasonWords[Code(code)] == "" {
			t.Errorf("%s has no code", key)
		}
	}
}
