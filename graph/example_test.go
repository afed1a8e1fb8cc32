package graph_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"

	"casus/graph"
	"casus/internal/store/memory"
	"casus/loader"
	"casus/loader/sample"
)

// The API of a graph in memory, and a query over HTTP.
func ExampleNewHandler() {
	s := memory.New()
	inputs := loader.FS(sample.Files(), sample.Names())
	if _, err := loader.Load(context.Background(), s, inputs, loader.Options{}); err != nil {
		fmt.Println(err)
		return
	}
	handler := graph.NewHandler(s, graph.Config{})

	body := `{"query": "{ event(id: \"event:odesa-strike\") { category status sources { voices } } }"}`
	request := httptest.NewRequest(http.MethodPost, "/graphql", strings.NewReader(body))
	request.Header.Set("Content-Type", "application/json")
	answer := httptest.NewRecorder()
	handler.ServeHTTP(answer, request)
	fmt.Println(answer.Body)
	// Output:
	// {"data":{"event":{"category":"ASSAULT","status":"UNVERIFIED","sources":{"voices":2}}}}
}
