// Package catalog compares the words for codes in the program with those of the review page and with the docs.
package catalog

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"casus/internal/extract/wording"
)

// Check checks that a page of the docs lists each code, and that the review page has an English text for each, with the
// same names in braces, and for no other. The key of a text is prefix, code and end. The page's own tests compare its
// languages.
func Check[C ~string](t *testing.T, page, prefix, end string, words map[C]string) {
	t.Helper()
	docs := string(read(t, page))
	var texts map[string]any
	content := read(t, "internal/server/explorer/src/i18n/languages/review/en.json")
	if err := json.Unmarshal(content, &texts); err != nil {
		t.Fatal(err)
	}
	for _, code := range slices.Sorted(maps.Keys(words)) {
		if !strings.Contains(docs, "`"+string(code)+"`") {
			t.Errorf("%s does not have %s", page, code)
		}
		key := prefix + string(code) + end
		own := texts[key]
		if forms, ok := own.(map[string]any); ok {
			own = forms["other"] // of a text that counts
		}
		shown, ok := own.(string)
		if want := wording.Names(words[code]); !ok || !slices.Equal(wording.Names(shown), want) {
			t.Errorf("the review page has %q as %s, want %v in it", shown, key, want)
		}
	}
	for key := range texts {
		code, found := strings.CutPrefix(key, prefix)
		if code, ends := strings.CutSuffix(code, end); found && ends && !strings.Contains(code, ".") &&
			words[C(code)] == "" {
			t.Errorf("%s of the review page has no code", key)
		}
	}
}

// read returns a file of the module.
func read(t *testing.T, name string) []byte {
	t.Helper()
	_, own, _, _ := runtime.Caller(0)
	content, err := os.ReadFile(filepath.Join(filepath.Dir(own), "../../..", name))
	if err != nil {
		t.Fatal(err)
	}
	return content
}
