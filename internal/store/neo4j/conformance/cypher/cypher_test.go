// Package cypher_test holds the questions of docs/cypher.md, asked in Neo4j, to the answers of the API.
package cypher_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j/dbtype"

	"casus/graph"
	"casus/internal/kg"
	"casus/internal/projection/network"
	"casus/internal/store"
	"casus/internal/store/memory"
	"casus/internal/store/neo4j/conformance"
	"casus/internal/store/neo4j/rows"
	neo4jtest "casus/internal/testkit/neo4j"
	"casus/loader"
	"casus/loader/sample"
)

// question is a question of docs/cypher.md.
type question struct{ title, purpose, cypher string }

var block = regexp.MustCompile("(?s)^(.+?)\n\n```cypher\n(.*?)```")

// questions returns the questions of the page, which are all in docs/queries.md too.
func questions(t *testing.T) (all []question) {
	t.Helper()
	page, asked := read(t, "cypher.md"), read(t, "queries.md")
	_, section, _ := strings.Cut(page, "\n## Fifteen questions\n")
	section, _, _ = strings.Cut(section, "\n## ")
	for _, part := range strings.Split(section, "\n### ")[1:] {
		title, rest, _ := strings.Cut(part, "\n\n")
		m := block.FindStringSubmatch(rest)
		if m == nil || strings.Count(rest, "```") != 2 {
			t.Fatalf("%s has no purpose or not one block of Cypher", title)
		}
		if !regexp.MustCompile(`(?m)^### \d+\. ` + regexp.QuoteMeta(title) + `$`).MatchString(asked) {
			t.Errorf("docs/queries.md does not ask %q", title)
		}
		if strings.Contains(m[2], "._") {
			t.Errorf("%s reads properties of the engine", title)
		}
		all = append(all, question{title, m[1], m[2]})
	}
	return all
}

func read(t *testing.T, page string) string {
	t.Helper()
	text, err := os.ReadFile("../../../../../docs/" + page)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// load loads the fictional sample.
func load(t *testing.T, s store.Store) {
	t.Helper()
	example := sample.Fictional()
	if _, err := loader.Load(t.Context(), s, loader.FS(example.Files(), example.Names()), loader.Options{}); err != nil {
		t.Fatal(err)
	}
}

// TestQuestions runs each block of the page in Neo4j and compares its rows with the API's answer over the oracle.
func TestQuestions(t *testing.T) {
	uri := neo4jtest.NewKeeping(t, "Migration")
	load(t, conformance.Open(t, uri))
	oracle := memory.New()
	load(t, oracle)
	api := graph.NewHandler(oracle, graph.Config{Timeout: -1, Networks: network.New(oracle, 0)})
	driver, err := neo4j.NewDriverWithContext(uri, neo4j.NoAuth())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = driver.Close(context.Background()) }() // the queries report errors
	all := questions(t)
	if len(all) != 15 || len(answers) != 15 {
		t.Errorf("%d questions and %d answers, want the fifteen of the title", len(all), len(answers))
	}
	for _, q := range all {
		t.Run(q.title, func(t *testing.T) {
			answer, found := answers[q.title]
			if !found {
				t.Fatal("the API is not asked")
			}
			result, err := neo4j.ExecuteQuery(t.Context(), driver, q.cypher, nil, neo4j.EagerResultTransformer)
			if err != nil {
				t.Fatal(err)
			}
			var got [][]any
			for _, r := range result.Records {
				got = append(got, r.Values)
			}
			want := answer.rows(ask(t, api, answer.query))
			if diff := cmp.Diff(normal(t, want), normal(t, got)); diff != "" || len(got) == 0 {
				t.Errorf("%d rows (-API +Cypher):\n%s", len(got), diff)
			}
		})
	}
	checkNames(t, driver)
}

// checkNames checks that the graph has no labels and types but the listed ones.
func checkNames(t *testing.T, driver neo4j.DriverWithContext) {
	t.Helper()
	for call, known := range map[string][]string{
		"CALL db.labels() YIELD label AS name RETURN name":                       append(rows.AllLabels(), "Migration"),
		"CALL db.relationshipTypes() YIELD relationshipType AS name RETURN name": rows.Types(),
	} {
		result, err := neo4j.ExecuteQuery(t.Context(), driver, call, nil, neo4j.EagerResultTransformer)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range result.Records {
			if name := r.Values[0].(string); !slices.Contains(known, name) {
				t.Errorf("the graph has %s, which no list has", name)
			}
		}
	}
}

// ask returns the data of an answer of the API.
func ask(t *testing.T, api http.Handler, query string) map[string]any {
	t.Helper()
	body, err := json.Marshal(map[string]string{"query": query})
	if err != nil {
		t.Fatal(err)
	}
	request := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/graphql", strings.NewReader(string(body)))
	request.Header.Set("Content-Type", "application/json")
	response := httptest.NewRecorder()
	api.ServeHTTP(response, request)
	var answer struct {
		Data   map[string]any
		Errors []any
	}
	if err := json.Unmarshal(response.Body.Bytes(), &answer); err != nil || len(answer.Errors) > 0 {
		t.Fatalf("%v: %s", err, response.Body)
	}
	return answer.Data
}

// normal returns rows in a form that does not depend on where they come from.
func normal(t *testing.T, found [][]any) (all []string) {
	t.Helper()
	for _, row := range found {
		values := make([]any, len(row))
		for i, v := range row {
			values[i] = plain(v)
		}
		text, err := json.Marshal(values)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, string(text))
	}
	return all
}

// plain converts dates and datetimes to texts.
func plain(v any) any {
	switch v := v.(type) {
	case time.Time:
		return v.UTC().Format(time.RFC3339)
	case dbtype.Date:
		return v.String()
	case []kg.ID:
		return rows.Strings(v)
	}
	return v
}

// at returns the value at a path of an answer; nil where anything of it is null.
func at(v any, path ...string) any {
	for _, name := range path {
		object, ok := v.(map[string]any)
		if !ok {
			return nil
		}
		v = object[name]
	}
	return v
}

// list returns the list at a path of an answer.
func list(v any, path ...string) []any {
	all, _ := at(v, path...).([]any)
	return all
}

// texts returns the texts at a path of each element, distinct and sorted, without nulls.
func texts(elements []any, path ...string) []string {
	all := []string{}
	for _, e := range elements {
		if s, ok := at(e, path...).(string); ok && !slices.Contains(all, s) {
			all = append(all, s)
		}
	}
	slices.Sort(all)
	return all
}

// sorted sorts rows by the texts of their first columns.
func sorted(all [][]any) [][]any {
	slices.SortStableFunc(all, func(a, b []any) int { return strings.Compare(fmt.Sprint(a...), fmt.Sprint(b...)) })
	return all
}
