package playground

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"path"
	"regexp"
	"strings"
	"testing"
)

var samples = []Example{
	{
		Name: "who-met-whom", Title: "Who met whom", Description: "Meetings <in> order.",
		Query: "{ timeline { nodes { id } } }", Variables: json.RawMessage(`{"first":3}`),
	},
	{Name: "names", Title: "Names", Description: "زيلينسكي", Query: "{ actors { nodes { id } } }"},
}

// do sends one request. headers are pairs of name and value.
func do(t *testing.T, handler http.Handler, method, target string, headers ...string) *http.Response {
	t.Helper()
	request := httptest.NewRequest(method, target, nil)
	for i := 0; i < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	recorder := httptest.NewRecorder()
	handler.ServeHTTP(recorder, request)
	return recorder.Result()
}

func bodyOf(t *testing.T, response *http.Response) []byte {
	t.Helper()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return body
}

func TestStatus(t *testing.T) {
	page := Handler(samples)
	tests := []struct {
		method, target string
		status         int
		location       string
	}{
		{"GET", "/playground", 200, ""},
		{"HEAD", "/playground", 200, ""},
		{"GET", "/playground?query=%7Ba%7D", 200, ""},
		{"GET", "/playground/", 308, "../playground"},
		{"GET", "/playground/?query=%7Ba%7D", 308, "../playground?query=%7Ba%7D"},
		{"GET", "/playground/examples.json", 200, ""},
		{"GET", "/playground/THIRD_PARTY_LICENSES.txt", 200, ""},
		{"GET", "/playground/THIRD_PARTY_LICENSES.txt.gz", 404, ""},
		{"GET", "/playground/index.html", 404, ""},
		{"GET", "/playground/assets", 404, ""},
		{"GET", "/playground/assets/", 404, ""},
		{"GET", "/playground/assets/none-ABCDEFGH.js", 404, ""},
		{"GET", "/playground/../playground.go", 404, ""},
		{"GET", "/playgroundx", 404, ""},
		{"GET", "/", 404, ""},
		{"POST", "/playground", 405, ""},
		{"DELETE", "/playground/examples.json", 405, ""},
	}
	for _, test := range tests {
		response := do(t, page, test.method, test.target)
		if response.StatusCode != test.status || response.Header.Get("Location") != test.location {
			t.Errorf("%s %s: %d, Location %q; want %d, %q", test.method, test.target,
				response.StatusCode, response.Header.Get("Location"), test.status, test.location)
		}
		for _, header := range []string{"Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy"} {
			if response.Header.Get(header) == "" {
				t.Errorf("%s %s: no %s", test.method, test.target, header)
			}
		}
		if test.method == "HEAD" && len(bodyOf(t, response)) > 0 {
			t.Errorf("HEAD %s has a body", test.target)
		}
	}
}

func TestPolicyNamesNoOtherOrigin(t *testing.T) {
	for _, directive := range strings.Split(contentSecurityPolicy, "; ") {
		fields := strings.Fields(directive)
		for _, source := range fields[1:] {
			switch source {
			case "'none'", "'self'":
			case "'unsafe-inline'":
				if fields[0] != "style-src" {
					t.Errorf("%s allows inline code", fields[0])
				}
			case "data:":
				if fields[0] != "img-src" {
					t.Errorf("%s allows data URLs", fields[0])
				}
			default:
				t.Errorf("%s allows %s", fields[0], source)
			}
		}
	}
}

// TestEveryFileIsServed checks that every embedded file is served complete, with and without gzip, with the content
// type and the cache lifetime of its name.
func TestEveryFileIsServed(t *testing.T) {
	page := Handler(samples)
	hashed := regexp.MustCompile(`^assets/[\w-]+-[A-Z0-9]{8}\.(js|css|ttf|woff2)$`)
	types := map[string]string{
		".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8",
		".ttf": "font/ttf", ".woff2": "font/woff2", ".txt": "text/plain; charset=utf-8",
	}
	count := 0
	err := fs.WalkDir(dist, "dist", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		stored, err := dist.ReadFile(name)
		if err != nil {
			return err
		}
		name, compressed := strings.CutSuffix(strings.TrimPrefix(name, "dist/"), ".gz")
		if name == "index.html" || name == "favicon.svg" {
			return nil
		}
		count++
		plain := do(t, page, "GET", "/playground/"+name)
		packed := do(t, page, "GET", "/playground/"+name, "Accept-Encoding", "gzip, deflate, br, zstd")
		for _, response := range []*http.Response{plain, packed} {
			if got := response.Header.Get("Content-Type"); got != types[path.Ext(name)] {
				t.Errorf("%s: Content-Type %q", name, got)
			}
			immutable := strings.Contains(response.Header.Get("Cache-Control"), "immutable")
			if immutable != hashed.MatchString(name) {
				t.Errorf("%s: Cache-Control %q", name, response.Header.Get("Cache-Control"))
			}
		}
		if !compressed {
			if got := packed.Header.Get("Content-Encoding"); got != "" {
				t.Errorf("%s: Content-Encoding %q", name, got)
			}
			return nil
		}
		if got := packed.Header.Get("Content-Encoding"); got != "gzip" {
			t.Errorf("%s: Content-Encoding %q", name, got)
		}
		if plain.Header.Get("Vary") != "Accept-Encoding" || packed.Header.Get("Vary") != "Accept-Encoding" {
			t.Errorf("%s: no Vary", name)
		}
		if plain.Header.Get("ETag") == packed.Header.Get("ETag") {
			t.Errorf("%s: one ETag for two codings", name)
		}
		if !bytes.Equal(bodyOf(t, packed), stored) {
			t.Errorf("%s: not the stored bytes", name)
		}
		reader, err := gzip.NewReader(bytes.NewReader(stored))
		if err != nil {
			return err
		}
		want, err := io.ReadAll(reader)
		if err != nil {
			return err
		}
		if plain.Header.Get("Content-Encoding") != "" || !bytes.Equal(bodyOf(t, plain), want) {
			t.Errorf("%s: not the plain contents", name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if count < 20 {
		t.Errorf("%d files, fewer than a build has", count)
	}
}

// TestReferencesExist checks that every file the page and its style sheets refer to exists, and that none is on another
// origin.
func TestReferencesExist(t *testing.T) {
	mux := http.NewServeMux()
	mux.Handle("/playground", Handler(samples))
	mux.Handle("/playground/", Handler(samples))
	mux.Handle("/favicon.ico", Favicon())

	page := string(bodyOf(t, do(t, mux, "GET", "/playground")))
	attribute := regexp.MustCompile(`<(link|script|img|a)\b[^>]*?\b(?:href|src)="([^"]*)"`)
	attributes := attribute.FindAllStringSubmatch(page, -1)
	if len(attributes) < 3 {
		t.Fatalf("the page names %d files:\n%s", len(attributes), page)
	}
	inStyle := regexp.MustCompile(`url\("?([^")]+)"?\)`)
	for _, attribute := range attributes {
		target := attribute[2]
		if strings.Contains(target, "//") {
			t.Errorf("the page names another origin: %s", target)
		}
		if attribute[1] == "a" {
			continue
		}
		response := do(t, mux, "GET", "/"+target)
		if response.StatusCode != http.StatusOK {
			t.Errorf("%s: %d", target, response.StatusCode)
		}
		if !strings.HasSuffix(target, ".css") {
			continue
		}
		urls := inStyle.FindAllStringSubmatch(string(bodyOf(t, response)), -1)
		files := 0
		for _, url := range urls {
			if strings.HasPrefix(url[1], "data:image/") {
				continue
			}
			files++
			file := path.Join(path.Dir("/"+target), url[1])
			if got := do(t, mux, "GET", file).StatusCode; got != http.StatusOK {
				t.Errorf("%s names %s: %d", target, url[1], got)
			}
		}
		if files == 0 {
			t.Errorf("%s names no font", target)
		}
	}
}

func TestIndexIsRevalidated(t *testing.T) {
	page := Handler(samples)
	first := do(t, page, "GET", "/playground")
	etag := first.Header.Get("ETag")
	if etag == "" || first.Header.Get("Cache-Control") != "no-cache" {
		t.Fatalf("ETag %q, Cache-Control %q", etag, first.Header.Get("Cache-Control"))
	}
	if got := do(t, page, "GET", "/playground", "If-None-Match", etag).StatusCode; got != http.StatusNotModified {
		t.Errorf("the same ETag: %d", got)
	}
	if got := do(t, page, "GET", "/playground", "If-None-Match", `"another"`).StatusCode; got != http.StatusOK {
		t.Errorf("another ETag: %d", got)
	}
}

func TestExamples(t *testing.T) {
	response := do(t, Handler(samples), "GET", "/playground/examples.json")
	var got []map[string]any
	if err := json.Unmarshal(bodyOf(t, response), &got); err != nil {
		t.Fatal(err)
	}
	if response.Header.Get("Content-Type") != "application/json" || len(got) != 2 {
		t.Fatalf("%s: %v", response.Header.Get("Content-Type"), got)
	}
	if got[0]["name"] != "who-met-whom" || got[0]["description"] != "Meetings <in> order." ||
		got[0]["query"] != samples[0].Query {
		t.Errorf("the first: %v", got[0])
	}
	if variables, ok := got[0]["variables"].(map[string]any); !ok || variables["first"] != 3.0 {
		t.Errorf("its variables: %v", got[0]["variables"])
	}
	if _, present := got[1]["variables"]; present || got[1]["description"] != "زيلينسكي" {
		t.Errorf("the second: %v", got[1])
	}

	if got := string(bodyOf(t, do(t, Handler(nil), "GET", "/playground/examples.json"))); got != "[]" {
		t.Errorf("no examples: %s", got)
	}
	broken := []Example{{Name: "broken", Variables: json.RawMessage(`{`)}}
	status := do(t, Handler(broken), "GET", "/playground/examples.json").StatusCode
	if status != http.StatusInternalServerError {
		t.Errorf("broken variables: %d", status)
	}
}

func TestFavicon(t *testing.T) {
	response := do(t, Favicon(), "GET", "/favicon.ico")
	if response.StatusCode != http.StatusOK || response.Header.Get("Content-Type") != "image/svg+xml" ||
		!bytes.HasPrefix(bodyOf(t, response), []byte("<svg")) {
		t.Errorf("%d %s", response.StatusCode, response.Header.Get("Content-Type"))
	}
}
