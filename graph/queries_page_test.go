package graph_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"casus/internal/store/memory"
	"casus/loader"
	"casus/loader/sample"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
)

// question is a question of docs/queries.md with its query.
type question struct {
	title, query string
	variables    map[string]any
	// name is the name of the query's operation.
	name string
}

var (
	questionTitle     = regexp.MustCompile(`^(\d+)\. (.+\?)$`)
	questionVariables = regexp.MustCompile("(?m)^Variables: `(.*)`$")
)

// questions returns the questions of docs/queries.md and checks their form.
func questions(t *testing.T) []question {
	t.Helper()
	page, err := os.ReadFile("../docs/queries.md")
	if err != nil {
		t.Fatal(err)
	}
	var all []question
	for i, section := range strings.Split(string(page), "\n### ")[1:] {
		heading, rest, _ := strings.Cut(section, "\n")
		title := questionTitle.FindStringSubmatch(heading)
		blocks := strings.Split(rest, "```graphql\n")
		if title == nil || title[1] != strconv.Itoa(i+1) || len(blocks) != 2 || !strings.Contains(rest, "\nAnswer: ") {
			t.Fatalf("question %d has no number, question mark, query or answer: %q", i+1, heading)
		}
		q := question{title: title[2]}
		q.query, _, _ = strings.Cut(blocks[1], "```")
		doc, err := parser.ParseQuery(&ast.Source{Input: q.query})
		if err != nil || len(doc.Operations) != 1 || doc.Operations[0].Name == "" {
			t.Fatalf("%s: %v: not one operation with a name", heading, err)
		}
		q.name = doc.Operations[0].Name
		if v := questionVariables.FindStringSubmatch(rest); v != nil {
			if err := json.Unmarshal([]byte(v[1]), &q.variables); err != nil {
				t.Fatalf("%s: %v", heading, err)
			}
		}
		all = append(all, q)
	}
	return all
}

// TestQuestions runs each query of docs/queries.md on the fictional sample. Each must find something.
func TestQuestions(t *testing.T) {
	s, example := memory.New(), sample.Fictional()
	if _, err := loader.Load(t.Context(), s, loader.FS(example.Files(), example.Names()), loader.Options{}); err != nil {
		t.Fatal(err)
	}
	h := handler(t, s)
	all := questions(t)
	if len(all) != 26 {
		t.Errorf("%d questions, want the twenty-six of the title", len(all))
	}
	wanted := map[string]bool{}
	for _, q := range all {
		file := "testdata/queries/" + q.name + ".golden"
		if wanted[file] {
			t.Errorf("two queries are named %s", q.name)
		}
		wanted[file] = true
		t.Run(q.name, func(t *testing.T) {
			var data map[string]any
			answer(t, h, q.query, q.variables, &data)
			for field, v := range data {
				if isEmpty(v) {
					t.Errorf("%s: %s finds nothing", q.title, field)
				}
			}
			golden(t, file, "--- "+q.title+" ---\n"+pretty(t, h, q.query, q.variables))
		})
	}
	found, err := filepath.Glob("testdata/queries/*.golden")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range found {
		if !wanted[file] {
			t.Errorf("%s has no question", file)
		}
	}
}

// isEmpty reports whether a root field has no value: null, a list without elements, or a connection without nodes.
func isEmpty(v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case []any:
		return len(v) == 0
	case map[string]any:
		if nodes, ok := v["nodes"]; ok {
			return isEmpty(nodes)
		}
		return len(v) == 0
	}
	return false
}
