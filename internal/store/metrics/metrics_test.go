package metrics_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/metrics"
)

// scrape returns the exposed metrics.
func scrape(t *testing.T, s *metrics.Set) string {
	t.Helper()
	w := httptest.NewRecorder()
	s.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	if w.Code != http.StatusOK {
		t.Fatalf("/metrics answers %d", w.Code)
	}
	return w.Body.String()
}

func wantLines(t *testing.T, s *metrics.Set, lines ...string) {
	t.Helper()
	all := "\n" + scrape(t, s)
	for _, line := range lines {
		if !strings.Contains(all, "\n"+line+"\n") {
			t.Errorf("no line %q in\n%s", line, grep(all, "casus_"))
		}
	}
}

func grep(all, part string) string {
	var lines []string
	for line := range strings.Lines(all) {
		if strings.HasPrefix(line, part) && !strings.Contains(line, "_bucket") {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "")
}

func TestRequestsAreCountedByRouteMethodAndStatus(t *testing.T) {
	s := metrics.New()
	var statuses []int
	h := s.Route("/graphql", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Query().Get("do") {
		case "refuse":
			w.WriteHeader(http.StatusBadRequest)
		case "write":
			_, _ = io.WriteString(w, "well")
		case "panic":
			panic(http.ErrAbortHandler)
		}
	}), func(_ *http.Request, status int, _ time.Duration) { statuses = append(statuses, status) })
	for _, r := range []*http.Request{
		httptest.NewRequest(http.MethodGet, "/graphql?do=write", nil),
		httptest.NewRequest(http.MethodPost, "/graphql?do=refuse", nil),
		httptest.NewRequest(http.MethodPost, "/graphql?do=refuse", nil),
		httptest.NewRequest("BREW", "/graphql", nil),
		httptest.NewRequest(http.MethodGet, "/graphql?do=panic", nil),
	} {
		func() {
			defer func() { _ = recover() }()
			h.ServeHTTP(httptest.NewRecorder(), r)
		}()
	}
	wantLines(t, s,
		`casus_http_requests_total{method="GET",route="/graphql",status="200"} 2`,
		`casus_http_requests_total{method="POST",route="/graphql",status="400"} 2`,
		`casus_http_requests_total{method="OTHER",route="/graphql",status="200"} 1`,
		`casus_http_request_duration_seconds_count{route="/graphql"} 5`,
		`casus_http_requests_in_flight 0`)
	if len(statuses) != 5 || statuses[1] != http.StatusBadRequest {
		t.Errorf("done was called with the statuses %v", statuses)
	}
}

func TestWaitingRequestsAreMeasured(t *testing.T) {
	s := metrics.New()
	a := s.Admission("/graphql")
	a.Queued(1)
	a.Queued(1)
	a.Queued(-1)
	a.Waited(2 * time.Second)
	a.Refused()
	wantLines(t, s,
		`casus_waiting_requests{route="/graphql"} 1`,
		`casus_wait_seconds_sum{route="/graphql"} 2`,
		`casus_refused_requests_total{route="/graphql"} 1`)
}

func TestOperationsAreCountedByOutcomeAndCode(t *testing.T) {
	s := metrics.New()
	s.Operation(true, nil)
	s.Operation(true, []kg.ErrorCode{kg.Timeout})
	s.Operation(false, []kg.ErrorCode{kg.BadInput, kg.BadInput})
	wantLines(t, s,
		`casus_graphql_operations_total{outcome="ok"} 1`,
		`casus_graphql_operations_total{outcome="partial"} 1`,
		`casus_graphql_operations_total{outcome="failed"} 1`,
		`casus_graphql_errors_total{code="BAD_INPUT"} 2`,
		`casus_graphql_errors_total{code="TIMEOUT"} 1`)
}

// brokenStore is a store whose calls fail or panic.
type brokenStore struct{ store.Store }

func (brokenStore) Stats(context.Context) (store.Stats, error) {
	return store.Stats{Engine: "broken"}, nil
}

func (brokenStore) Ready(context.Context) error { return kg.Errorf(kg.Unavailable, "unreachable") }

func (brokenStore) Events(context.Context, store.EventQuery) ([]store.Page[kg.Event], error) {
	return nil, errors.New("broken")
}

func TestCallsOfTheStoreAreCountedByMethodAndCode(t *testing.T) {
	s := metrics.New()
	st := s.Store(brokenStore{})
	if stats, err := st.Stats(t.Context()); err != nil || stats.Engine != "broken" {
		t.Errorf("Stats: %v, %v", stats, err)
	}
	if err := st.Ready(t.Context()); kg.CodeOf(err) != kg.Unavailable {
		t.Errorf("Ready: %v", err)
	}
	for range 2 {
		if _, err := st.Events(t.Context(), store.EventQuery{}); err == nil {
			t.Error("Events hides its error")
		}
	}
	wantLines(t, s,
		`casus_store_calls_total{code="ok",method="Stats"} 1`,
		`casus_store_calls_total{code="UNAVAILABLE",method="Ready"} 1`,
		`casus_store_calls_total{code="INTERNAL",method="Events"} 2`,
		`casus_store_call_duration_seconds_count{method="Events"} 2`)
}

// TestEveryCallIsMeasured calls every method of a store that panics: each call is counted.
func TestEveryCallIsMeasured(t *testing.T) {
	unmeasured := []string{"Close", "Properties"}
	contract := reflect.TypeFor[store.Store]()
	for i := range contract.NumMethod() {
		name := contract.Method(i).Name
		if slices.Contains(unmeasured, name) {
			continue
		}
		s := metrics.New()
		method := reflect.ValueOf(s.Store(brokenStore{})).MethodByName(name)
		args := []reflect.Value{reflect.ValueOf(t.Context())}
		for n := 1; n < method.Type().NumIn(); n++ {
			args = append(args, reflect.Zero(method.Type().In(n)))
		}
		func() {
			defer func() { _ = recover() }()
			method.Call(args)
		}()
		all := scrape(t, s)
		if !strings.Contains(all, `casus_store_calls_total{code=`) || !strings.Contains(all, `method="`+name+`"`) {
			t.Errorf("%s is not measured", name)
		}
	}
}

func TestRuntimeMetrics(t *testing.T) {
	if all := scrape(t, metrics.New()); !strings.Contains(all, "go_goroutines ") {
		t.Error("no go_goroutines")
	}
}
