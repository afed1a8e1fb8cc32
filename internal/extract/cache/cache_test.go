package cache

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestFolder stores an answer and reads it again. What is not an answer to the question counts as none.
func TestFolder(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "new")
	f := New(folder)
	if _, found, err := f.Get("k"); found || err != nil {
		t.Errorf("no folder: %t %v", found, err)
	}
	want := Entry{
		Version: version, Key: "k", Part: "claims", Host: "h:1", Format: "text", Seconds: 1.5, AnswerTokens: 3,
		Content: "<think>\u2028\x00</think>{}",
	}
	if err := f.Put(want); err != nil {
		t.Fatal(err)
	}
	if got, found, err := f.Get("k"); !found || err != nil || got != want {
		t.Errorf("%t %v %s", found, err, cmp.Diff(want, got))
	}
	path := filepath.Join(folder, "k.json")
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for name, damaged := range map[string]string{
		"empty": "", "cut off": string(content[:len(content)/2]), "not JSON": "x", "a list": "[]",
		"another version":  strings.Replace(string(content), `"version": 1`, `"version": 2`, 1),
		"another question": strings.Replace(string(content), `"key": "k"`, `"key": "j"`, 1),
	} {
		if err := os.WriteFile(path, []byte(damaged), 0o600); err != nil {
			t.Fatal(err)
		}
		if got, found, err := f.Get("k"); found || err != nil || got.Content != "" {
			t.Errorf("%s: %+v %t %v", name, got, found, err)
		}
	}
	if err := (Folder{}).Put(want); err != nil {
		t.Error(err)
	}
	if _, found, err := (Folder{}).Get("k"); found || err != nil {
		t.Errorf("no cache: %t %v", found, err)
	}
}
