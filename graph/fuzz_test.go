package graph_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"casus/graph"
	"casus/internal/projection/network"
)

// fuzzHandler returns a handler with the default limits, but a short time.
func fuzzHandler(f *testing.F) http.Handler {
	f.Helper()
	s := world(f)
	return graph.NewHandler(s, graph.Config{Logger: quiet(), Networks: network.New(s, 0), Timeout: 2 * time.Second})
}

// seedQueries returns queries of the golden files, and some that were hostile or are invalid.
func seedQueries(f *testing.F) (queries []string) {
	f.Helper()
	files, err := filepath.Glob("testdata/*.golden")
	if err != nil || len(files) == 0 {
		f.Fatal("no golden files", err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		query, _, _ := strings.Cut(string(text), separator)
		queries = append(queries, query)
	}
	return append(queries,
		"", "{", "{}", "{ __typename }", "query A { __typename } query B { __typename }", "mutation { a }",
		"{ timeline(first: 9999999999999999999) { nodes { id } } }", "{ ...F } fragment F on Query { ...F }",
		"query($n: Int = 3) { timeline(first: $n) { nodes { ... on Event { id } } } }",
		`{ __type(name: "Event") { fields { type { ofType { name } } } } }`, "subscription { timeline { totalCount } }",
		`{ timeline(after: "x") { nodes { id } } a: timeline(last: 0) { totalCount } }`, "{ a: __typename @skip(if: true) }",
		"{ nodes(ids: [\"\\u0000\", \"actor:\\uD800\"]) { id } }", "\"\"\"\" { __typename }",
		doubling(8, "interfaces", "name"),
	)
}

// checkResponse checks that a response is a JSON object with data, or with errors that have codes. INTERNAL is the code
// of panics.
func checkResponse(t *testing.T, w *httptest.ResponseRecorder) {
	t.Helper()
	var response struct {
		Data   json.RawMessage
		Errors []struct {
			Message    string
			Extensions struct{ Code string }
		}
	}
	if err := json.Unmarshal(w.Body.Bytes(), &response); err != nil {
		t.Fatalf("status %d: %v: %.300q", w.Code, err, w.Body)
	}
	if len(response.Errors) == 0 && (len(response.Data) == 0 || string(response.Data) == "null") {
		t.Errorf("status %d with neither data nor errors: %.300s", w.Code, w.Body)
	}
	for _, e := range response.Errors {
		if e.Extensions.Code == "" || e.Extensions.Code == "INTERNAL" || e.Message == "" {
			t.Errorf("status %d: %+v", w.Code, e)
		}
	}
	if w.Code == http.StatusInternalServerError {
		t.Errorf("status %d: %.300s", w.Code, w.Body)
	}
}

// FuzzPost posts bodies of any type.
func FuzzPost(f *testing.F) {
	for _, query := range seedQueries(f) {
		body, err := json.Marshal(map[string]any{"query": query, "variables": map[string]any{"n": 1}})
		if err != nil {
			f.Fatal(err)
		}
		f.Add("application/json", body)
	}
	for _, body := range []string{
		"", "null", "[]", "{}", `{"query": 1}`, `{"query": "{ __typename }", "variables": []}`,
		`[{"query": "{ __typename }"}]`,
		`{"query": "{ __typename }", "query": "{ a }"}`, `{"query": "{ __typename }"} {}`, "{\"query\": \"\xff\"}",
		`{"query": "{ __typename }", "operationName": "A"}`,
		`{"query": "{ __typename }", "extensions": {"persistedQuery": {"version": 1, "sha256Hash": "x"}}}`,
		`{"extensions": {"persistedQuery": {"version": 1e400, "sha256Hash": 3}}}`, `{"extensions": {"persistedQuery": "x"}}`,
		`{"query": "query($n: Int) { timeline(first: $n) { totalCount } }", "variables": {"n": 1e999999999}}`,
	} {
		f.Add("application/json; charset=utf-8", []byte(body))
	}
	f.Add("multipart/form-data; boundary=x", []byte("--x\r\nContent-Disposition: form-data; name=\"operations\"\r\n\r\n"+
		`{"query": "{ __typename }"}`+"\r\n--x--\r\n"))
	f.Add("application/graphql", []byte("{ __typename }"))
	f.Add("", []byte("{"))
	h := fuzzHandler(f)
	f.Fuzz(func(t *testing.T, contentType string, body []byte) {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/graphql", strings.NewReader(string(body)))
		r.Header.Set("Content-Type", contentType)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		checkResponse(t, w)
		if strings.Contains(contentType, "multipart") && w.Code != http.StatusUnsupportedMediaType {
			t.Errorf("a body of type %q has status %d", contentType, w.Code)
		}
	})
}

// FuzzGet sends the parameters of GET as they are.
func FuzzGet(f *testing.F) {
	for _, query := range seedQueries(f) {
		f.Add(url.Values{"query": {query}}.Encode())
	}
	for _, parameters := range []string{
		"", "query", "query=%zz", "query=%7B__typename%7D&variables=%7B%7D&operationName=",
		"query={__typename}&variables=[1]",
		"query={__typename}&variables={\"a\":1}{}", "extensions={\"persistedQuery\":{\"version\":1}}", "query=a;query=b",
		"query=mutation{a}", "query={__typename}&extensions=null&variables=null",
	} {
		f.Add(parameters)
	}
	h := fuzzHandler(f)
	f.Fuzz(func(t *testing.T, parameters string) {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/graphql", nil)
		r.URL.RawQuery = parameters
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		checkResponse(t, w)
	})
}
