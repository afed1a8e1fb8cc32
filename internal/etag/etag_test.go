package etag_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"casus/internal/etag"
)

func TestMatches(t *testing.T) {
	tag := etag.Of(7)
	strong := strings.TrimPrefix(tag, "W/")
	if tag == etag.Of(8) || !strings.HasPrefix(tag, `W/"7-`) || !strings.HasSuffix(tag, `"`) {
		t.Errorf("the tags are %s and %s", tag, etag.Of(8))
	}
	for _, c := range []struct {
		headers []string
		want    bool
	}{
		{nil, false},
		{[]string{""}, false},
		{[]string{tag}, true},
		{[]string{strong}, true}, // the comparison is weak
		{[]string{`"a", ` + tag + `, "b"`}, true},
		{[]string{`"a"`, tag}, true},
		{[]string{etag.Of(8)}, false},
		{[]string{"*"}, false},
		{[]string{strings.Trim(strong, `"`)}, false},
	} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil)
		for _, h := range c.headers {
			r.Header.Add("If-None-Match", h)
		}
		if got := etag.Matches(r, 7); got != c.want {
			t.Errorf("%q: %t", c.headers, got)
		}
	}
}

func TestSet(t *testing.T) {
	plain, private := http.Header{}, http.Header{"Cache-Control": {"no-store"}}
	etag.Set(plain, 7)
	etag.Set(private, 7)
	if plain.Get("ETag") != etag.Of(7) || plain.Get(etag.Header) != "7" ||
		plain.Get("Cache-Control") != "private, no-cache" || private.Get("Cache-Control") != "no-store" {
		t.Errorf("%v, and what must not be stored: %v", plain, private)
	}
}
