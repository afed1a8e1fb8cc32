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
		t.Errorf("%d examples, want the fifteen of the README", len(all))
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

// TestReadmeShowsExamples checks that the README has the same queries as the playground.
func TestReadmeShowsExamples(t *testing.T) {
	b, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	readme := string(b)
	for _, e := range examples.All() {
		if !strings.Contains(readme, "```graphql\n"+e.Query+"```") {
			t.Errorf("the README does not contain %s verbatim", e.Name)
		}
	}
}
