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
	for code, words := range Codes {
		if !strings.Contains(string(docs), "`"+string(code)+"`") {
			t.Errorf("docs/extract.md does not have %s", code)
		}
		own, ok := catalog["reason."+string(code)].(string)
		if !ok || strings.Contains(own, "{detail}") != strings.Contains(words, "%s") {
			t.Errorf("%s: the review page has %q", code, own)
		}
		if r := NewReason(code, "X%s"); r.Code != code || r.Detail != "X%s" || r.Why != strings.ReplaceAll(words, "%s", "X%s") {
			t.Errorf("%s: %+v", code, r)
		}
	}
	for key := range catalog {
		if code, ok := strings.CutPrefix(key, "reason."); ok && Codes[Code(code)] == "" {
			t.Errorf("%s has no code", key)
		}
	}
}
