package graph_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"casus/graph/examples"
	"casus/internal/store/memory"
	"casus/loader"
	"casus/loader/sample"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/formatter"
	"github.com/vektah/gqlparser/v2/parser"
)

// withKnownAt adds the argument knownAt to the query's root fields that lack it.
func withKnownAt(t *testing.T, query, moment string) string {
	t.Helper()
	doc, err := parser.ParseQuery(&ast.Source{Input: query})
	if err != nil {
		t.Fatal(err)
	}
	for _, op := range doc.Operations {
		for _, s := range op.SelectionSet {
			if f := s.(*ast.Field); f.Arguments.ForName("knownAt") == nil && f.Name != "changes" {
				f.Arguments = append(f.Arguments, &ast.Argument{
					Name: "knownAt", Value: &ast.Value{Raw: moment, Kind: ast.StringValue},
				})
			}
		}
	}
	var text bytes.Buffer
	formatter.NewFormatter(&text, formatter.WithIndent("  ")).FormatQueryDocument(doc)
	return text.String()
}

// TestGoldenKnownAt runs the queries of TestGolden at moments at which little, half and nearly everything was known.
func TestGoldenKnownAt(t *testing.T) {
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
			got := query
			for _, moment := range []string{
				"2025-12-20T23:59:59Z", "2025-12-21T12:00:00Z", "2025-12-22T00:00:00Z", "2025-12-23T12:00:00Z",
			} {
				got += "\n--- answer, as known at " + moment + " ---\n" + pretty(t, h, withKnownAt(t, query, moment), nil)
			}
			golden(t, "testdata/known/"+filepath.Base(file), got)
		})
	}
}

// TestGoldenSample runs every example on the bundled sample, for everything known and at three moments.
func TestGoldenSample(t *testing.T) {
	s := memory.New()
	if _, err := loader.Load(t.Context(), s, loader.FS(sample.Files(), sample.Names()), loader.Options{}); err != nil {
		t.Fatal(err)
	}
	h := handler(t, s)
	for _, e := range examples.All() {
		t.Run(e.Name, func(t *testing.T) {
			variables := map[string]any{}
			if e.Variables != "" {
				if err := json.Unmarshal([]byte(e.Variables), &variables); err != nil {
					t.Fatal(err)
				}
			}
			got := "--- answer ---\n" + pretty(t, h, e.Query, variables)
			for _, moment := range []string{"2025-12-20T18:00:00Z", "2025-12-21T12:00:00Z", "2025-12-22T00:00:00Z"} {
				got += "\n--- answer, as known at " + moment + " ---\n" + pretty(t, h, withKnownAt(t, e.Query, moment), variables)
			}
			golden(t, "testdata/sample/"+e.Name+".golden", got)
		})
	}
}
