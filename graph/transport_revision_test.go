package graph_test

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"casus/graph"
	"casus/internal/etag"
	"casus/internal/store"
)

// getTagged sends a GET with a tag, if there is one.
func getTagged(t *testing.T, h http.Handler, values url.Values, tag string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/graphql?"+values.Encode(), nil)
	if tag != "" {
		r.Header.Set("If-None-Match", tag)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// TestTags repeats a persisted query with the tag of its answer: nothing is executed until something is written. That
// does not depend on the response cache, nor on whether the server still knows the hash.
func TestTags(t *testing.T) {
	const query = `{ timeline(first: 2) { totalCount nodes { id } } }`
	hash := fmt.Sprintf(`{"persistedQuery": {"version": 1, "sha256Hash": "%x"}}`, sha256.Sum256([]byte(query)))
	for name, c := range map[string]graph.Config{"cache": {}, "no cache": {ResponseCacheBytes: -1}} {
		t.Run(name, func(t *testing.T) {
			s := &countingStore{Store: world(t)}
			c.Logger = quiet()
			h := graph.NewHandler(s, c)
			if w := getTagged(t, h, url.Values{"extensions": {hash}}, ""); w.Header().Get("ETag") != "" {
				t.Errorf("an unknown hash has the tag %s: %s", w.Header().Get("ETag"), w.Body)
			}
			getTagged(t, h, url.Values{"query": {query}, "extensions": {hash}}, "")
			persisted := url.Values{"extensions": {hash}}
			first := getTagged(t, h, persisted, "")
			tag := first.Header().Get("ETag")
			if tag == "" || first.Header().Get(etag.Header) == "" || !strings.Contains(first.Body.String(), `"data"`) ||
				first.Header().Get("Cache-Control") != "private, no-cache" {
				t.Fatalf("%v %s", first.Header(), first.Body)
			}
			callsOf(s)
			for what, h := range map[string]http.Handler{"the same": h, "another": graph.NewHandler(s, c)} {
				again := getTagged(t, h, persisted, tag)
				if again.Code != http.StatusNotModified || again.Body.Len() > 0 || again.Header().Get("ETag") != tag {
					t.Errorf("%s server: %d %v %s", what, again.Code, again.Header(), again.Body)
				}
			}
			if n := callsOf(s); n != 0 {
				t.Errorf("%d calls of the store for known answers", n)
			}
			addEvent(t, s.Store, 1)
			after := getTagged(t, h, persisted, tag)
			if after.Code != http.StatusOK || after.Header().Get("ETag") == tag || after.Header().Get("ETag") == "" ||
				after.Body.String() == first.Body.String() {
				t.Errorf("after a write: %d %v %s", after.Code, after.Header(), after.Body)
			}
		})
	}
}

// TestUntaggedResponses sends what has no tag: errors, and POST.
func TestUntaggedResponses(t *testing.T) {
	s := world(t)
	h := graph.NewHandler(s, graph.Config{Logger: quiet()})
	for _, query := range []string{
		"", "{", "{ nothing }", `{ actor(id: "event:x") { id } }`, `{ a: __typename actor(id: "event:x") { id } }`,
	} {
		w := getTagged(t, h, url.Values{"query": {query}}, "")
		if w.Header().Get("ETag") != "" || w.Header().Get(etag.Header) != "" || !strings.Contains(w.Body.String(), "errors") {
			t.Errorf("%q: %v %s", query, w.Header(), w.Body)
		}
	}
	body := strings.NewReader(`{"query": "{ __typename }"}`)
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/graphql", body)
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("If-None-Match", getTagged(t, h, url.Values{"query": {"{ __typename }"}}, "").Header().Get("ETag"))
	w := httptest.NewRecorder()
	if h.ServeHTTP(w, r); w.Code != http.StatusOK || w.Header().Get("ETag") != "" || w.Header().Get(etag.Header) != "" {
		t.Errorf("POST: %d %v %s", w.Code, w.Header(), w.Body)
	}
}

// TestRevisionOfPost sends a POST with the header of a revision: its answer has the store's, but no tag.
func TestRevisionOfPost(t *testing.T) {
	s := world(t)
	h := graph.NewHandler(s, graph.Config{Logger: quiet()})
	post := func(query string) http.Header {
		body := strings.NewReader(fmt.Sprintf(`{"query": %q}`, query))
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/graphql", body)
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set(etag.Header, "?")
		r.Header.Set("If-None-Match", getTagged(t, h, url.Values{"query": {query}}, "").Header().Get("ETag"))
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != http.StatusOK || w.Header().Get("ETag") != "" || w.Header().Get("Cache-Control") != "" {
			t.Errorf("%s: %d %v %s", query, w.Code, w.Header(), w.Body)
		}
		return w.Header()
	}
	for range 2 {
		want, err := s.Revision(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if got := post("{ __typename }").Get(etag.Header); got != etag.Text(want) {
			t.Errorf("revision %q, want %d", got, want)
		}
		addEvent(t, s, 1)
	}
	if got := post(`{ actor(id: "event:x") { id } }`).Get(etag.Header); got != "" {
		t.Errorf("an answer with errors has the revision %s", got)
	}
}

// withoutRevision is a store that cannot tell its revision.
type withoutRevision struct{ store.Store }

func (withoutRevision) Revision(context.Context) (int64, error) { return 0, errors.New("away") }

func TestAnswersWithoutARevision(t *testing.T) {
	h := graph.NewHandler(withoutRevision{world(t)}, graph.Config{Logger: quiet()})
	w := getTagged(t, h, url.Values{"query": {"{ timeline(first: 1) { totalCount } }"}}, etag.Of(0))
	if w.Code != http.StatusOK || w.Header().Get("ETag") != "" || !strings.Contains(w.Body.String(), "totalCount") {
		t.Errorf("%d %v %s", w.Code, w.Header(), w.Body)
	}
}
