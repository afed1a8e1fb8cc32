package explorer

import (
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
)

func get(t *testing.T, method, target string) (status int, policy, body string) {
	t.Helper()
	recorder := httptest.NewRecorder()
	Handler(Config{Version: "v1 <&>"}).ServeHTTP(recorder, httptest.NewRequest(method, target, nil))
	response := recorder.Result()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, response.Header.Get("Content-Security-Policy"), string(text)
}

func TestStatus(t *testing.T) {
	for _, test := range []struct {
		method, target string
		want           int
	}{
		{"GET", "/explore", 200},
		{"HEAD", "/explore", 200},
		{"GET", "/explore/THIRD_PARTY_LICENSES.txt", 200},
		{"GET", "/explore/index.html", 404},
		{"GET", "/explore/", 404},
		{"GET", "/explore/assets/none-ABCDEFGH.js", 404},
		{"GET", "/explorer", 404},
		{"POST", "/explore", 405},
		{"GET", "/review", 200},
		{"GET", "/inbox", 200},
		{"GET", "/review/", 404},
		{"GET", "/explore/review.html", 404},
		{"POST", "/review", 405},
	} {
		if got, _, _ := get(t, test.method, test.target); got != test.want {
			t.Errorf("%s %s: %d, want %d", test.method, test.target, got, test.want)
		}
	}
}

// TestFiles reads every file that the page or another file of it names.
func TestFiles(t *testing.T) {
	_, policy, page := get(t, "GET", "/explore")
	if strings.Contains(policy, "unsafe") || !strings.HasSuffix(policy, "; frame-ancestors 'none'") {
		t.Errorf("policy %s", policy)
	}
	if version := `name="casus-version" content="v1 &lt;&amp;&gt;"`; !strings.Contains(page, version) {
		t.Errorf("the page lacks %s: %s", version, page)
	}
	names := regexp.MustCompile(`[\w-]+-[A-Z0-9]{8}\.(?:json|js|css|woff2)`)
	seen := map[string]bool{}
	for next := names.FindAllString(page, -1); len(next) > 0; next = next[1:] {
		if seen[next[0]] {
			continue
		}
		seen[next[0]] = true
		status, _, body := get(t, "GET", "/explore/assets/"+next[0])
		if status != 200 {
			t.Errorf("%s: %d", next[0], status)
		}
		if strings.HasSuffix(next[0], ".js") || strings.HasSuffix(next[0], ".css") {
			next = append(next, names.FindAllString(body, -1)...)
		}
	}
	kinds := map[string]int{}
	for name := range seen {
		kinds[name[:strings.IndexAny(name, "-.")]]++
	}
	// The script and the styles, the worker, two drawings of the land, the font, the script of saved pages.
	if kinds["main"] != 2 || kinds["layout"] != 1 || kinds["land"] != 2 || kinds["noto"] != 1 || kinds["saved"] != 1 {
		t.Errorf("%d files: %v", len(seen), seen)
	}
	if kinds["chunk"] < 2 { // two languages
		t.Errorf("%d files: %v", len(seen), seen)
	}
}

// TestReview reads the files of the page at /review and /inbox, which no other page may show in a frame. Only /inbox
// keeps the window that opened it.
func TestReview(t *testing.T) {
	h := Handler(Config{Version: "v1", Embedders: []string{"https://example.org"}})
	for path, opener := range map[string]string{"/review": "same-origin", "/inbox": "unsafe-none", "/explore": ""} {
		recorder := httptest.NewRecorder()
		h.ServeHTTP(recorder, httptest.NewRequest(http.MethodGet, path, nil))
		header := recorder.Header()
		if got := header.Get("Cross-Origin-Opener-Policy"); got != opener {
			t.Errorf("%s: opener policy %q, want %q", path, got, opener)
		}
		policy := header.Get("Content-Security-Policy")
		if strings.Contains(policy, "unsafe") || strings.HasSuffix(policy, "'none'") != (path != "/explore") {
			t.Errorf("%s: policy %s", path, policy)
		}
	}
	_, _, page := get(t, "GET", "/review")
	names := regexp.MustCompile(`assets/[\w-]+-[A-Z0-9]{8}\.(?:js|css)`).FindAllString(page, -1)
	if len(names) < 3 || strings.Contains(page, "{{") { // the script, the explorer's styles and its own
		t.Fatalf("the page names %v: %s", names, page)
	}
	for _, name := range names {
		if status, _, _ := get(t, "GET", "/explore/"+name); status != 200 {
			t.Errorf("%s: %d", name, status)
		}
	}
}

func TestEmbedders(t *testing.T) {
	recorder := httptest.NewRecorder()
	h := Handler(Config{Embedders: []string{"https://example.org", "http://127.0.0.1:8000"}})
	h.ServeHTTP(recorder, httptest.NewRequest(http.MethodGet, "/explore", nil))
	policy := recorder.Header().Get("Content-Security-Policy")
	if !strings.HasSuffix(policy, "; frame-ancestors https://example.org http://127.0.0.1:8000") {
		t.Errorf("policy %s", policy)
	}

	for embedder, valid := range map[string]bool{
		"https://example.org": true, "http://127.0.0.1:8000": true, "http://[::1]:8000": true, "*": true,
		"https://*.example.org": true, "HTTPS://Example.org": true,
		"": false, "example.org": false, "https://example.org/": false, "https://example.org/news": false,
		"https://a.org; script-src *": false, "https://a.org https://b.org": false, "'self'": false, "https:": false,
		"https://a.org\nX: y": false, "https://a.org:port": false, "ftp://a.org": false,
	} {
		if err := CheckEmbedders([]string{"https://fine.example", embedder}); (err == nil) != valid {
			t.Errorf("%q: %v", embedder, err)
		}
	}
}
