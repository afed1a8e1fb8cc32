package graph_test

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"time"

	"casus/graph"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/testkit/processor"
)

// allocated returns the bytes that f allocates.
func allocated(f func()) int {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return int(after.TotalAlloc - before.TotalAlloc)
}

// eventPage returns a store with one page of n events, whose titles have a length.
func eventPage(n, title int) pageStore {
	var s pageStore
	for i := range n {
		e := kg.Event{ID: kg.ID(fmt.Sprint("event:", i))}
		e.Titles = []kg.Name{{Value: strings.Repeat("x", title), Language: "en"}}
		s.page.Items = append(s.page.Items, e)
		s.page.Positions = append(s.page.Positions, store.Position{ID: e.ID})
	}
	return s
}

// aliases returns a field n times.
func aliases(n int, field string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, " a%d: %s", i, field)
	}
	return b.String()
}

// TestResponseBytes sends queries whose responses would have 50 to 100 MB. They end without taking that much memory.
func TestResponseBytes(t *testing.T) {
	const limit = 1 << 20
	h := graph.NewHandler(eventPage(500, 100_000), graph.Config{
		Logger: quiet(), ResponseBytes: limit, ResponseCacheBytes: -1, Complexity: -1, Tokens: -1,
	})
	for what, query := range map[string]string{
		"long values":       `{ timeline(first: 500) { nodes { title } } }`,
		"in one element":    `{ timeline(first: 1) { nodes {` + aliases(1000, "title") + ` } } }`,
		"many root fields":  `{` + aliases(20, "timeline(first: 500) { nodes { title } }") + ` }`,
		"without a list":    `{ timeline { totalCount } ` + aliases(4, "timeline { edges { cursor node { title } } }") + ` }`,
		"lists within":      `{ timeline(first: 500) { nodes { titles { value } } } }`,
		"many, small":       `{ timeline(first: 500) { nodes {` + aliases(1000, "id") + ` } } }`,
		"values, then list": `{ timeline { nodes {` + aliases(30, "title") + ` titles { value } } } }`,
	} {
		var errs []fault
		used := allocated(func() { _, errs = faults(t, h, query, nil) })
		if !isOnly(errs, "LIMIT_EXCEEDED", "more than 1048576 bytes") {
			t.Errorf("%s: %v", what, errs)
		}
		if used > 40*limit {
			t.Errorf("%s: %d bytes were allocated", what, used)
		}
	}
	small := eventPage(5, 100_000)
	h = graph.NewHandler(small, graph.Config{Logger: quiet(), ResponseBytes: limit, ResponseCacheBytes: -1})
	if _, errs := faults(t, h, `{ timeline { nodes { title } } x: timeline { nodes { title } } }`, nil); len(errs) > 0 {
		t.Errorf("a response just below the limit: %v", errs)
	}
	exact := `{"data":{"timeline":{"totalCount":null}}}`
	for size, fits := range map[int]bool{len(exact) - len(`{"data":}`): true, len(exact) - len(`{"data":}`) - 1: false} {
		h = graph.NewHandler(small, graph.Config{Logger: quiet(), ResponseBytes: size, ResponseCacheBytes: -1})
		if _, body := ask(t, h, `{ timeline { totalCount } }`, nil); (string(body) == exact) != fits {
			t.Errorf("%d bytes: %s", size, body)
		}
	}
}

// TestErrorBytes makes an error for each of 40,000 fields: they are bounded, too.
func TestErrorBytes(t *testing.T) {
	h := graph.NewHandler(eventPage(500, 1), graph.Config{Logger: quiet(), ResponseCacheBytes: -1, Complexity: -1})
	query := `{ timeline(first: 500) { nodes {` + aliases(80, "parts(first: 0) { totalCount }") + ` } } }`
	start := time.Now()
	if _, body := ask(t, h, query, nil); len(body) > 1<<20 || !json.Valid(body) {
		t.Errorf("the response has %d bytes", len(body))
	}
	t.Log(time.Since(start))
	_, errs := faults(t, graph.NewHandler(eventPage(500, 1), graph.Config{
		Logger: quiet(), ResponseCacheBytes: -1, Complexity: -1, ResponseBytes: 10_000,
	}), query, nil)
	if !isOnly(errs, "LIMIT_EXCEEDED", "10000 bytes") {
		t.Errorf("%v", errs)
	}
}

// TestManyErrors makes more errors than a response may have, and then a response that is too large.
func TestManyErrors(t *testing.T) {
	query := `{` + aliases(1100, `actor(id: "event:x") { id }`) + ` t: timeline { nodes { title } } }`
	for size, want := range map[int]int{4 << 20: 1000, 1 << 20: 1} {
		h := graph.NewHandler(eventPage(20, 100_000), graph.Config{
			Logger: quiet(), ResponseCacheBytes: -1, Tokens: -1, ResponseBytes: size,
		})
		_, errs := faults(t, h, query, nil)
		if len(errs) != want || (errs[0].Extensions.Code == "LIMIT_EXCEEDED") != (want == 1) {
			t.Errorf("with %d bytes there are %d errors, want %d; the first is %v", size, len(errs), want, errs[0])
		}
	}
}

// TestDeadlineWhileFieldsAreResolved resolves fields that would take seconds, without a wait for the store. The
// response comes soon after the deadline, but another program may delay it: its processor time is bounded.
func TestDeadlineWhileFieldsAreResolved(t *testing.T) {
	const timeout = 100 * time.Millisecond
	h := graph.NewHandler(eventPage(500, 10), graph.Config{
		Logger: quiet(), Timeout: timeout, ResponseBytes: -1, ResponseCacheBytes: -1, Complexity: -1,
	})
	goroutines := runtime.NumGoroutine()
	for what, query := range map[string]string{
		"wide":             `{ timeline(first: 500) { nodes {` + aliases(1600, "id") + ` } } }`,
		"lists in lists":   `{ timeline(first: 500) { nodes {` + aliases(700, "titles { value language }") + ` } } }`,
		"many root fields": `{` + aliases(100, "timeline { nodes {"+aliases(4, "titles { value language }")+" } }") + ` }`,
	} {
		ask(t, h, query, nil) // parsed once, which has no deadline
		start := processor.Time(t)
		_, errs := faults(t, h, query, nil)
		took := processor.Time(t) - start
		if !isOnly(errs, "TIMEOUT", "100ms") {
			t.Errorf("%s: %v after %v", what, errs, took)
		}
		if took > time.Second {
			t.Errorf("%s: the response took %v of processor time", what, took)
		}
		t.Log(what, took)
	}
	waitForGoroutines(t, goroutines)
}

// waitForGoroutines fails unless there are soon no more goroutines than there were.
func waitForGoroutines(t *testing.T, want int) {
	t.Helper()
	for range 500 {
		if runtime.NumGoroutine() <= want {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	stacks := make([]byte, 64<<10)
	t.Errorf("%d goroutines are left of %d:\n%s", runtime.NumGoroutine(), want, stacks[:runtime.Stack(stacks, true)])
}

// TestTimeoutLeavesNoGoroutine stops operations whose loaders wait for the store, which never answers.
func TestTimeoutLeavesNoGoroutine(t *testing.T) {
	s := slowParts{eventPage(500, 10)}
	h := graph.NewHandler(s, graph.Config{
		Logger: quiet(), Timeout: 50 * time.Millisecond, ResponseCacheBytes: -1, Complexity: -1,
	})
	goroutines := runtime.NumGoroutine()
	for range 5 {
		query := `{ timeline(first: 500) { nodes {` + aliases(50, "parts { nodes { id } }") + ` } } }`
		start := time.Now()
		_, errs := faults(t, h, query, nil)
		if len(errs) == 0 || len(errs) > 1000 || errs[0].Extensions.Code != "TIMEOUT" {
			t.Errorf("%d errors, the first is %v", len(errs), errs[:min(len(errs), 1)])
		}
		if took := time.Since(start); took > 10*time.Second {
			t.Errorf("the response came after %v", took)
		}
	}
	waitForGoroutines(t, goroutines)
}

// slowParts is a store that returns a page at once, but the parts of its events never.
type slowParts struct{ pageStore }

func (s slowParts) Events(ctx context.Context, q store.EventQuery) ([]store.Page[kg.Event], error) {
	if q.Scope == nil {
		return s.pageStore.Events(ctx, q)
	}
	<-ctx.Done()
	return nil, ctx.Err()
}

// TestStalledClient requests megabytes and reads nothing: the handler ends soon after the deadline.
func TestStalledClient(t *testing.T) {
	const timeout = 300 * time.Millisecond
	inner := graph.NewHandler(eventPage(500, 25_000), graph.Config{
		Logger: quiet(), Timeout: timeout, ResponseCacheBytes: -1,
	})
	ended := make(chan time.Duration, 1)
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		inner.ServeHTTP(w, r)
		ended <- time.Since(start)
	}))
	defer srv.Close()
	conn, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", srv.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }() // the server has closed it
	body := `{"query": "{ timeline(first: 500) { nodes { title } } }"}`
	fmt.Fprintf(conn, "POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"+
		"Content-Length: %d\r\n\r\n%s", len(body), body)
	select {
	case took := <-ended:
		if took < timeout {
			t.Errorf("the handler ended after %v", took)
		}
	case <-time.After(20 * time.Second):
		t.Error("the handler still writes")
	}
	// When the client finally reads, it does not get a whole response.
	response, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		return
	}
	defer func() { _ = response.Body.Close() }() // a test
	if err := json.NewDecoder(response.Body).Decode(new(any)); err == nil {
		t.Error("the client got the whole response")
	}
}

// TestRepeatedKeys selects keys so often that validation, which compares each pair of them, would take seconds.
func TestRepeatedKeys(t *testing.T) {
	h := graph.NewHandler(eventPage(1, 1), graph.Config{Logger: quiet(), ResponseCacheBytes: -1})
	for query, refused := range map[string]bool{
		"{ timeline { nodes { " + strings.Repeat("id ", 4000) + "} } }":                 true,
		"{ timeline { nodes { " + strings.Repeat("x: id ", 1200) + "} } }":              true,
		"{ timeline(first: 1) { nodes { " + strings.Repeat("id ", 990) + "} } }":        false,
		"{ timeline(first: 1) { nodes { " + aliases(1200, "id") + "} } }":               false,
		`{ nodes(ids: [` + strings.Repeat(`"actor:x" `, 490) + `]) { id __typename } }`: false,
		"{ facets(fields: [" + strings.Repeat("ACTOR ", 1100) + "]) { distinct } }":     false, // not in selections
	} {
		start := processor.Time(t)
		_, errs := faults(t, h, query, nil)
		if got := isOnly(errs, "LIMIT_EXCEEDED", "one response key more than 1000 times"); got != refused {
			t.Errorf("%v for %.60s", errs, query)
		}
		if took := processor.Time(t) - start; took > time.Second {
			t.Errorf("%v of processor time for %.60s", took, query)
		}
	}
}

// TestQueryCachesAreBounded sends many long queries, parsed and by hash: the caches stay within their size, and hold
// what fits.
func TestQueryCachesAreBounded(t *testing.T) {
	const size, queries = 4 << 20, 1000
	heap := func() int {
		var m runtime.MemStats
		runtime.GC()
		runtime.GC()
		runtime.ReadMemStats(&m)
		return int(m.HeapAlloc)
	}
	send := func(h http.Handler, n int) {
		// Fields take the most memory, as text the arguments.
		query := fmt.Sprintf("{ q%d: timeline(first: 1, filter: {text: %q}) { nodes {", n, strings.Repeat("x", 4_500)) +
			aliases(150, "id") + " } } }"
		hash := fmt.Sprintf("%x", sha256.Sum256([]byte(query)))
		body, err := json.Marshal(map[string]any{"query": query, "extensions": map[string]any{
			"persistedQuery": map[string]any{"version": 1, "sha256Hash": hash}}})
		if err != nil {
			t.Fatal(err)
		}
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/graphql", bytes.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		if h.ServeHTTP(w, r); !strings.Contains(w.Body.String(), `"data"`) {
			t.Fatalf("%.300s", w.Body)
		}
	}
	for what, config := range map[string]graph.Config{
		"parsed":    {ParsedQueryBytes: size, PersistedQueryBytes: -1},
		"persisted": {ParsedQueryBytes: -1, PersistedQueryBytes: size},
	} {
		config.Logger, config.ResponseCacheBytes = quiet(), -1
		h := graph.NewHandler(eventPage(1, 1), config)
		send(h, queries)
		before := heap()
		for n := range queries {
			send(h, n)
		}
		used := heap() - before
		t.Logf("%s: %d queries take %d bytes", what, queries, used)
		if used > size+size/2 || used < size/8 {
			t.Errorf("%s: %d bytes are in use, the cache has %d", what, used, size)
		}
		runtime.KeepAlive(h)
	}
}

// TestPersistedQueries sends a query by its hash, before and after its text.
func TestPersistedQueries(t *testing.T) {
	const query = "{ __typename }"
	persisted := map[string]any{"version": 1, "sha256Hash": fmt.Sprintf("%x", sha256.Sum256([]byte(query)))}
	h := graph.NewHandler(eventPage(1, 1), graph.Config{Logger: quiet(), ResponseCacheBytes: -1})
	for i, want := range []string{"PERSISTED_QUERY_NOT_FOUND", `{"data":{"__typename":"Query"}}`,
		`{"data":{"__typename":"Query"}}`} {
		request := map[string]any{"extensions": map[string]any{"persistedQuery": persisted}}
		if i == 1 {
			request["query"] = query
		}
		body, err := json.Marshal(request)
		if err != nil {
			t.Fatal(err)
		}
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/graphql", bytes.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		if h.ServeHTTP(w, r); !strings.Contains(w.Body.String(), want) {
			t.Errorf("request %d: %s, want %s", i, w.Body, want)
		}
	}
}
