package graph_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files in testdata")

const separator = "\n--- answer ---\n"

// TestGolden runs the query of each testdata/*.golden and compares the response that follows it in the file.
func TestGolden(t *testing.T) {
	h := handler(t, world(t))
	files, err := filepath.Glob("testdata/*.golden")
	if err != nil || len(files) == 0 {
		t.Fatal("no golden files", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".golden"), func(t *testing.T) {
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			query, _, _ := strings.Cut(string(b), separator)
			golden(t, file, query+separator+pretty(t, h, query, nil))
		})
	}
}

// pretty returns an indented response.
func pretty(t *testing.T, h http.Handler, query string, variables map[string]any) string {
	t.Helper()
	_, body := ask(t, h, query, variables)
	var indented bytes.Buffer
	if err := json.Indent(&indented, body, "", "  "); err != nil {
		t.Fatal(err)
	}
	return indented.String() + "\n"
}

// golden compares got with a file, or writes the file if -update is set.
func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), got); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
}
