package examples_test

import (
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"

	"casus/graph"
	"casus/graph/examples"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/validator"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

func TestExamplesAreValid(t *testing.T) {
	all := examples.All()
	if len(all) != 15 {
		t.Errorf("%d examples, want the fifteen of docs/examples.md", len(all))
	}
	seen := map[string]bool{}
	slug := regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`)
	for _, e := range all {
		t.Run(e.Name, func(t *testing.T) {
			if seen[e.Name] || !slug.MatchString(e.Name) {
				t.Errorf("name %q is used twice or is not a slug", e.Name)
			}
			if e.Title == "" || e.Description == "" || strings.HasPrefix(e.Title, "query") {
				t.Errorf("invalid title or description: %+v", e)
			}
			seen[e.Name] = true
			doc, errs := gqlparser.LoadQueryWithRules(graph.Schema(), e.Query, rules.NewDefaultRules())
			if len(errs) > 0 {
				t.Fatal(errs)
			}
			if len(doc.Operations) != 1 {
				t.Fatalf("%d operations", len(doc.Operations))
			}
			values := map[string]any{}
			if e.Variables != "" {
				if err := json.Unmarshal([]byte(e.Variables), &values); err != nil {
					t.Fatal(err)
				}
			}
			if _, err := validator.VariableValues(graph.Schema(), doc.Operations[0], values); err != nil {
				t.Error(err)
			}
		})
	}
}

// TestDocsShowExamples checks that docs/examples.md has the queries of the playground, and the README some of them.
func TestDocsShowExamples(t *testing.T) {
	page, readme := read(t, "../../docs/examples.md"), read(t, "../../README.md")
	inReadme := 0
	for _, e := range examples.All() {
		block := "```graphql\n" + e.Query + "```"
		if !strings.Contains(page, block) {
			t.Errorf("docs/examples.md does not contain %s verbatim", e.Name)
		}
		if strings.Contains(readme, block) {
			inReadme++
		}
	}
	if n := strings.Count(readme, "```graphql"); n != inReadme {
		t.Errorf("the README has %d queries, and %d of them are examples", n, inReadme)
	}
}

func read(t *testing.T, file string) string {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
