package server

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"casus/internal/columns"
	"casus/internal/edtf"
	"casus/internal/etag"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/metrics"
	"casus/internal/store/open"
)

// request sends a GET, or another method before the address, with headers.
func request(t *testing.T, address string, headers ...string) (*http.Response, string) {
	t.Helper()
	method, address, found := strings.Cut(address, " ")
	if !found {
		method, address = http.MethodGet, method
	}
	r, err := http.NewRequestWithContext(t.Context(), method, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response, string(body)
}

// TestColumnsOverHTTP asks for columns with valid and invalid parameters. The errors are like those of exports.
func TestColumnsOverHTTP(t *testing.T) {
	base := serveSample(t)
	saved := url.QueryEscape(`{"statuses": ["CONFIRMED"]}`)
	for _, c := range []struct {
		query  string
		status int
		holds  string
	}{
		{"", 200, `"start":{"unit":`},
		{"fields=id,status&filter=" + saved, 200, `"status":{"words":["CONFIRMED"]`},
		{"fields=actors&actor=actor:zelensky", 200, `"actor:zelensky"`},
		{"fields=id&text=nothinghasthisword", 200, `"events":0,"columns":{` + "\n" + `"id":{"values":[]}}}`},
		{"fields=id&knownAt=1990", 200, `"events":0`},
		{"fields=place&country=UA&from=2022&to=2022", 200, `"latitude":[`},
		{"fields=catgory", 400, "BAD_INPUT: fields: unknown field \"catgory\"; did you mean category?"},
		{"fields=id&fields=start", 400, "fields is specified more than once"},
		{"fields=id,id", 400, "names id twice"},
		{"nonsense=1", 400, `unknown parameter "nonsense"`},
		{"table=events", 400, `unknown parameter "table"`},
		{"knownAt=2025/..", 400, "knownAt"},
		{"filter=[1]", 400, "JSON object"},
		{"filter=" + url.QueryEscape(`{"identity": "EXACT"}`), 400, "identity"},
		{"actor=zelensky", 400, "zelensky"},
		{"actor=actor:zelenskyy", 404, "actor:zelensky"},
	} {
		response, body := request(t, base+"/columns?"+c.query)
		if response.StatusCode != c.status || !strings.Contains(body, c.holds) {
			t.Errorf("%s: %s, want %d with %q: %.400s", c.query, response.Status, c.status, c.holds, body)
		}
		want, tagged := "text/plain; charset=utf-8", c.status == http.StatusOK
		if tagged {
			want = "application/json"
		}
		h := response.Header
		if h.Get("Content-Type") != want || (h.Get("ETag") != "") != tagged || (h.Get(etag.Header) != "") != tagged ||
			(h.Get("Cache-Control") == "private, no-cache") != tagged {
			t.Errorf("%s: %v", c.query, h)
		}
	}
	if response, _ := request(t, "POST "+base+"/columns"); response.StatusCode < 400 {
		t.Errorf("POST: %s", response.Status)
	}
}

// TestColumnsEqualTheTimeline compares columns with the answer to a query of the same filter, in its order.
func TestColumnsEqualTheTimeline(t *testing.T) {
	base := serveSample(t)
	var found struct {
		Events  int
		Columns struct {
			ID            struct{ Values []string }
			Start, Length struct {
				Unit   int64
				Deltas bool
				Values []*int64
			}
			Status struct {
				Words  []string
				Values []int
			}
		}
	}
	_, body := request(t, base+"/columns?from=2025&fields=id,start,length,status")
	if err := json.Unmarshal([]byte(body), &found); err != nil {
		t.Fatal(err)
	}
	var want struct {
		Data struct {
			Timeline struct {
				TotalCount int
				Nodes      []event
			}
		}
	}
	_, body = request(t, base+"/graphql?query="+url.QueryEscape(`{ timeline(filter: {time: {from: "2025"}}, first: 200) {
		totalCount nodes { id status time { earliest latest } } } }`))
	if err := json.Unmarshal([]byte(body), &want); err != nil {
		t.Fatal(err)
	}
	var got []event
	start := int64(0)
	for i, id := range found.Columns.ID.Values {
		e := event{ID: id, Status: found.Columns.Status.Words[found.Columns.Status.Values[i]]}
		if s := found.Columns.Start.Values[i]; s != nil {
			start += *s * found.Columns.Start.Unit
			e.Time.Earliest = moment(start)
			if l := found.Columns.Length.Values[i]; l != nil {
				e.Time.Latest = moment(start + *l*found.Columns.Length.Unit)
			}
		}
		got = append(got, e)
	}
	for i := range want.Data.Timeline.Nodes { // a length needs both ends
		if n := &want.Data.Timeline.Nodes[i]; n.Time.Earliest == nil {
			n.Time.Latest = nil
		}
	}
	if diff := cmp.Diff(want.Data.Timeline.Nodes, got); diff != "" || found.Events != want.Data.Timeline.TotalCount {
		t.Errorf("%d events of %d (-graphql +columns):\n%s", found.Events, want.Data.Timeline.TotalCount, diff)
	}
	if !found.Columns.Start.Deltas || found.Columns.Length.Deltas || len(got) < 20 {
		t.Errorf("%d events: %.300s", len(got), body)
	}
}

type event struct {
	ID, Status string
	Time       struct{ Earliest, Latest *time.Time }
}

func moment(ms int64) *time.Time {
	at := time.UnixMilli(ms).UTC()
	return &at
}

// TestColumnsTags asks again with the tag of an answer, compressed and not, before and after a write.
func TestColumnsTags(t *testing.T) {
	st, h := serveColumns(t)
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	address := server.URL + "/columns?fields=id"
	first, body := request(t, address, "Accept-Encoding", "identity")
	tag := first.Header.Get("ETag")
	if first.StatusCode != http.StatusOK || !strings.Contains(body, `"events":0`) || tag == "" ||
		!strings.Contains(body, `"revision":"`+first.Header.Get(etag.Header)+`"`) {
		t.Fatalf("%s %v: %s", first.Status, first.Header, body)
	}
	packed, compressed := request(t, address, "Accept-Encoding", "gzip")
	if packed.Header.Get("Content-Encoding") != "gzip" || packed.Header.Get("Vary") != "Accept-Encoding" {
		t.Errorf("%v", packed.Header)
	}
	if z, err := gzip.NewReader(strings.NewReader(compressed)); err != nil {
		t.Error(err)
	} else if plain, err := io.ReadAll(z); err != nil || string(plain) != body {
		t.Errorf("gzipped: %s, %v", plain, err)
	}
	again, body := request(t, address, "If-None-Match", tag)
	if again.StatusCode != http.StatusNotModified || body != "" || again.Header.Get("ETag") != tag {
		t.Errorf("the same tag: %s %v %q", again.Status, again.Header, body)
	}
	head, body := request(t, "HEAD "+address)
	if head.StatusCode != http.StatusOK || head.Header.Get("ETag") != tag || body != "" {
		t.Errorf("HEAD: %s %v", head.Status, head.Header)
	}
	if wrong, _ := request(t, address+"&x=1", "If-None-Match", tag); wrong.StatusCode != http.StatusBadRequest {
		t.Errorf("an invalid request with the tag: %s", wrong.Status)
	}
	addProtest(t, st, "event:a")
	after, body := request(t, address, "If-None-Match", tag)
	if after.StatusCode != http.StatusOK || after.Header.Get("ETag") == tag || !strings.Contains(body, `"event:a"`) {
		t.Errorf("after a write: %s %v %s", after.Status, after.Header, body)
	}
}

// addProtest writes an event.
func addProtest(t *testing.T, st store.Store, id kg.ID) {
	t.Helper()
	day, err := edtf.ParseTime("2025-01-01")
	if err != nil {
		t.Fatal(err)
	}
	document := kg.Document{ID: "document:d", Titles: []kg.Name{{Value: "d"}}}
	claim := kg.Claim{
		ID: kg.ID("claim:" + strings.TrimPrefix(string(id), "event:")), Subject: id, Document: "document:d", AssertedAt: day,
		Stance: kg.StanceAsserts, Aspect: kg.AspectOccurrence, Says: kg.Statement{Category: kg.CategoryProtest},
	}
	b := kg.Batch{RecordedAt: day.Latest, Documents: []kg.Document{document}, Claims: []kg.Claim{claim}}
	if _, err := st.Apply(t.Context(), b); err != nil {
		t.Fatal(err)
	}
}

// serveColumns returns the routes over an empty store.
func serveColumns(t testing.TB) (store.Store, http.Handler) {
	t.Helper()
	st, err := open.Open(context.Background(), open.Memory, open.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = st.Close() })
	s := New(Config{
		Store: st, Columns: st, GraphQL: http.NotFoundHandler(), Metrics: metrics.New(), Log: discard,
		OperationTimeout: time.Minute,
	})
	return st, s.Handler()
}

// failingColumns returns an error, after it has waited for its context if it is to.
type failingColumns struct {
	err  error
	wait bool
}

func (f failingColumns) Columns(ctx context.Context, _ columns.Query) (columns.Table, error) {
	if f.wait {
		<-ctx.Done()
		return columns.Table{}, kg.Errorf(kg.Timeout, "waited: %w", context.Cause(ctx))
	}
	return columns.Table{}, f.err
}

// TestColumnsErrors maps errors of columns to statuses. None has a tag, and only those of clients have their messages.
func TestColumnsErrors(t *testing.T) {
	st, _ := serveColumns(t)
	for what, c := range map[string]struct {
		reader ColumnReader
		status int
		body   string
		retry  bool
	}{
		"too many": {failingColumns{err: columns.CheckSize(1e6, 20)}, 400, "LIMIT_EXCEEDED: 20 columns of ", false},
		"loading":  {failingColumns{err: store.NotReady("reading events")}, 503, "reading events", true},
		"away":     {failingColumns{err: kg.Errorf(kg.Unavailable, "secret")}, 503, "UNAVAILABLE\n", true},
		"broken":   {failingColumns{err: kg.Errorf(kg.Internal, "secret")}, 500, "INTERNAL\n", false},
		"slow":     {failingColumns{wait: true}, 504, "TIMEOUT: ", false},
		"none":     {nil, 503, "UNAVAILABLE\n", true},
	} {
		timeout := time.Minute
		if c.status == http.StatusGatewayTimeout {
			timeout = 50 * time.Millisecond
		}
		s := New(Config{
			Store: st, Columns: c.reader, GraphQL: http.NotFoundHandler(), Metrics: metrics.New(), Log: discard,
			OperationTimeout: timeout,
		})
		w := httptest.NewRecorder()
		s.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "http://127.0.0.1/columns", nil))
		if w.Code != c.status || !strings.Contains(w.Body.String(), c.body) || strings.Contains(w.Body.String(), "secret") ||
			w.Header().Get("ETag") != "" || (w.Header().Get("Retry-After") != "") != c.retry {
			t.Errorf("%s: %d %v %s", what, w.Code, w.Header(), w.Body)
		}
	}
}

// FuzzColumns sends any query: an answer is a table or an error with a code, and none is INTERNAL.
func FuzzColumns(f *testing.F) {
	for _, query := range []string{
		"", "fields=id,start", "fields=", "fields=,", "fields=%00", "knownAt=2025&fields=actors", "filter={}",
		"filter={\"not\":{\"text\":\"x\"}}", "text=a&text=b", "x=1", "fields=id&fields=id", "actor=actor:x", "filter=[",
		"from=../..", "fields=\xff", "filter={\"identity\":\"EXACT\"}", "role=AGENT", ";", "fields=id;x",
	} {
		f.Add(query)
	}
	_, h := serveColumns(f)
	f.Fuzz(func(t *testing.T, query string) {
		r := httptest.NewRequest(http.MethodGet, "http://127.0.0.1/columns", nil)
		r.URL.RawQuery = query
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		code, _, _ := strings.Cut(w.Body.String(), ":")
		switch w.Code {
		case http.StatusOK:
			if !json.Valid(w.Body.Bytes()) {
				t.Errorf("%q: %s", query, w.Body)
			}
		case http.StatusBadRequest, http.StatusNotFound:
			if code != "BAD_INPUT" && code != "LIMIT_EXCEEDED" && code != "NOT_FOUND" {
				t.Errorf("%q: %s", query, w.Body)
			}
		default:
			t.Errorf("%q: %d %s", query, w.Code, w.Body)
		}
	})
}
