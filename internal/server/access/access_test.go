package access

import (
	"crypto/tls"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// The tokens of the tests, and their lines, with hashes that sha256sum printed.
const (
	reader     = "reader-0123456789"
	editor     = "editor-0123456789"
	readerHash = "a0a62125c1103fb8468923c9027cc4902e430e1eb5278f53bf732a955e0c58d8"
	lines      = "reader:read:sha256:" + readerHash + "\n" +
		"editor:write:sha256:90045e04959decd274b7b0e3dd2ccf22f0a8e05531febc32720a0c9ce3a5daa6\n"
)

func testTokens(t *testing.T) Tokens {
	t.Helper()
	tokens, err := ParseHashed(lines)
	if err != nil {
		t.Fatal(err)
	}
	return tokens
}

// serve returns the routes of a server that a guard protects. Its data is who sent the request.
func serve(c Config) http.Handler {
	g := New(c)
	who := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name, ok := NameOf(r.Context())
		if !ok {
			name = "anonymous"
		}
		if callerOf(r.Context()).mayWrite {
			name += ", writing"
		}
		_, _ = io.WriteString(w, name)
	})
	mux := http.NewServeMux()
	mux.Handle("/graphql", g.KnownHost(g.GraphQL(who)))
	mux.Handle("/export/csv", g.KnownHost(g.Data(who)))
	mux.Handle("/metrics", g.KnownHost(g.Internal(who)))
	mux.Handle("/session", g.KnownHost(g.Session()))
	mux.Handle("/", g.KnownHost(who))
	return g.Identify(mux)
}

// ask sends a request to http://127.0.0.1:8080. headers are lines such as "Origin: https://evil.example"; Host is one.
func ask(h http.Handler, method, path, body string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.Host = "127.0.0.1:8080"
	for _, line := range headers {
		name, value, _ := strings.Cut(line, ": ")
		if name == "Host" {
			r.Host = value
			continue
		}
		r.Header.Add(name, value)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestHosts(t *testing.T) {
	h := serve(Config{Hosts: []string{"Casus.Example", "other.example:443"}})
	for host, status := range map[string]int{
		"127.0.0.1:8080": 200, "127.0.0.1": 200, "[::1]:8080": 200, "[::1]": 200, "192.168.1.5": 200,
		"localhost:8080": 200, "LOCALHOST": 200, "casus.localhost:1": 200, "localhost.": 200,
		"casus.example": 200, "casus.example:8443": 200, "CASUS.example.": 200, "other.example": 200,
		"evil.example": 421, "casus.example.evil.example": 421, "sub.casus.example": 421, "": 421,
		"localhost.evil.example": 421, "notlocalhost": 421, "127.0.0.1.evil.example": 421, "2130706433": 421,
		"127.0.0.1.": 200, "0x7f.1": 421, "evil.example:8080": 421,
	} {
		for _, path := range []string{"/", "/graphql", "/export/csv", "/session"} {
			w := ask(h, "GET", path, "", "Host: "+host)
			if w.Code != status {
				t.Errorf("host %q at %s: %d, want %d", host, path, w.Code, status)
			}
			if status == 421 && !strings.Contains(w.Body.String(), "--allow-host") {
				t.Errorf("host %q: %s", host, w.Body)
			}
		}
	}
}

func TestHostNames(t *testing.T) {
	for name, valid := range map[string]bool{
		"casus.example": true, "Casus.example:80": true, "xn--bcher-kva.example": true, "intranet": true,
		"": false, "https://casus.example": false, "casus.example/": false, "*": false, "bücher.example": false,
		"-a": false, strings.Repeat("a", 254): false,
	} {
		if err := CheckHostName(name); (err == nil) != valid {
			t.Errorf("%q: %v", name, err)
		}
	}
	for address, loopback := range map[string]bool{
		"127.0.0.1:80": true, "127.1.2.3:80": true, "[::1]:80": true, "localhost:80": true, "[::ffff:127.0.0.1]:80": true,
		"casus.localhost:0": true, ":80": false, "0.0.0.0:80": false, "[::]:80": false, "192.168.0.1:80": false,
		"casus.example:80": false, "nonsense": false,
	} {
		if got := IsLoopback(address); got != loopback {
			t.Errorf("IsLoopback(%q) is %t", address, got)
		}
	}
}

func TestPages(t *testing.T) {
	const evil, friend = "https://evil.example", "https://friend.example"
	friendly := Config{Origins: []string{friend + "/"}}
	open := Config{Origins: []string{"*"}}
	for _, c := range []struct {
		name    string
		config  Config
		headers []string
		status  int
	}{
		{"curl", Config{}, nil, 200},
		{"an address that a user typed", Config{}, []string{"Sec-Fetch-Site: none", "Sec-Fetch-Mode: navigate"}, 200},
		{"our page", Config{}, []string{"Sec-Fetch-Site: same-origin"}, 200},
		{"our page behind a proxy that replaces Host", Config{},
			[]string{"Sec-Fetch-Site: same-origin", "Origin: https://casus.example"}, 200},
		{"our page in an old browser", Config{}, []string{"Origin: http://127.0.0.1:8080"}, 200},
		{"a link on our page in an old browser", Config{}, []string{"Referer: http://127.0.0.1:8080/playground"}, 200},
		{"a page elsewhere", Config{}, []string{"Sec-Fetch-Site: cross-site", "Origin: " + evil}, 403},
		{"an image elsewhere", Config{}, []string{"Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors"}, 403},
		{"a link elsewhere", Config{}, []string{"Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate",
			"Sec-Fetch-User: ?1", "Sec-Fetch-Dest: document"}, 403},
		{"another port of this machine", Config{}, []string{"Sec-Fetch-Site: same-site", "Origin: http://127.0.0.1:3000"}, 403},
		{"a value that no browser sends", Config{}, []string{"Sec-Fetch-Site: sideways"}, 403},
		{"an old browser elsewhere", Config{}, []string{"Origin: " + evil}, 403},
		{"a link elsewhere in an old browser", Config{}, []string{"Referer: " + evil + "/page"}, 403},
		{"another port in an old browser", Config{}, []string{"Origin: http://127.0.0.1:3000"}, 403},
		{"an origin that is hidden", Config{}, []string{"Origin: null"}, 403},
		{"a referrer that is none", Config{}, []string{"Referer: about:client"}, 403},
		{"Origin counts, not Referer", Config{}, []string{"Origin: " + evil, "Referer: http://127.0.0.1:8080/"}, 403},
		{"a friend", friendly, []string{"Sec-Fetch-Site: cross-site", "Origin: " + friend}, 200},
		{"a friend in an old browser", friendly, []string{"Origin: " + friend}, 200},
		{"a link of a friend", friendly, []string{"Sec-Fetch-Site: cross-site", "Referer: " + friend + "/"}, 200},
		{"a stranger among friends", friendly, []string{"Sec-Fetch-Site: cross-site", "Origin: " + evil}, 403},
		{"a name like a friend's", friendly, []string{"Origin: " + friend + ".evil.example"}, 403},
		{"a hidden origin", friendly, []string{"Sec-Fetch-Site: cross-site"}, 403},
		{"anybody, if all are friends", open, []string{"Sec-Fetch-Site: cross-site", "Origin: " + evil}, 200},
		{"a hidden origin, if all are friends", open, []string{"Sec-Fetch-Site: cross-site"}, 200},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := serve(c.config)
			for _, method := range []string{"GET", "HEAD", "POST"} {
				for _, path := range []string{"/graphql", "/export/csv"} {
					if w := ask(h, method, path, "", c.headers...); w.Code != c.status {
						t.Errorf("%s %s: %d, want %d: %s", method, path, w.Code, c.status, w.Body)
					}
				}
			}
			if w := ask(h, "GET", "/playground", "", c.headers...); w.Code != 200 {
				t.Errorf("a page: %d", w.Code)
			}
		})
	}
}

func TestSharing(t *testing.T) {
	h := serve(Config{Tokens: testTokens(t), Origins: []string{"https://friend.example"}})
	question := []string{"Access-Control-Request-Method: POST", "Access-Control-Request-Headers: authorization"}
	for _, c := range []struct {
		method, origin string
		headers        []string
		status         int
		shared         string
	}{
		{"OPTIONS", "https://friend.example", question, 204, "https://friend.example"},
		{"OPTIONS", "https://evil.example", question, 403, ""},
		{"GET", "https://friend.example", []string{"Authorization: Bearer " + reader}, 200, "https://friend.example"},
		{"GET", "https://friend.example", nil, 401, "https://friend.example"},
		{"GET", "https://evil.example", []string{"Authorization: Bearer " + reader}, 403, ""},
	} {
		w := ask(h, c.method, "/export/csv", "", append(c.headers, "Origin: "+c.origin)...)
		header := w.Header()
		if w.Code != c.status || header.Get("Access-Control-Allow-Origin") != c.shared ||
			header.Get("Vary") != "Origin" || header.Get("Access-Control-Allow-Credentials") != "" {
			t.Errorf("%s from %s: %d %v", c.method, c.origin, w.Code, header)
		}
		allowed := header.Get("Access-Control-Allow-Headers")
		if c.status == 204 && !strings.Contains(allowed, "Authorization") {
			t.Errorf("a preflight allows the headers %q", allowed)
		}
	}
}

func TestTokens(t *testing.T) {
	tokens := testTokens(t)
	for _, c := range []struct {
		name   string
		config Config
		header string
		status int
		body   string
	}{
		{"no tokens", Config{}, "", 200, "anonymous"},
		{"no tokens, but one was sent", Config{}, "Bearer whatever", 200, "anonymous"},
		{"none", Config{Tokens: tokens}, "", 401, "a token is required"},
		{"reading", Config{Tokens: tokens}, "Bearer " + reader, 200, "reader"},
		{"the scheme in lower case", Config{Tokens: tokens}, "bearer  " + reader, 200, "reader"},
		{"a wrong one", Config{Tokens: tokens}, "Bearer " + reader + "0", 401, "does not know"},
		{"an empty one", Config{Tokens: tokens}, "Bearer", 401, "does not know"},
		{"a hash", Config{Tokens: tokens}, "Bearer " + readerHash, 401, ""},
		{"another scheme", Config{Tokens: tokens}, "Basic " + reader, 401, "a token is required"},
		{"a writer without writes", Config{Tokens: tokens}, "Bearer " + editor, 200, "editor"},
		{"a writer", Config{Tokens: tokens, AllowWrites: true}, "Bearer " + editor, 200, "editor, writing"},
		{"a reader with writes", Config{Tokens: tokens, AllowWrites: true}, "Bearer " + reader, 200, "reader"},
		{"anonymous", Config{Tokens: tokens, AnonymousRead: true, AllowWrites: true}, "", 200, "anonymous"},
		{"anonymous, but wrong", Config{Tokens: tokens, AnonymousRead: true}, "Bearer x", 401, "does not know"},
		{"a name among the anonymous", Config{Tokens: tokens, AnonymousRead: true}, "Bearer " + reader, 200, "reader"},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := serve(c.config)
			var headers []string
			if c.header != "" {
				headers = []string{"Authorization: " + c.header}
			}
			for _, path := range []string{"/graphql", "/export/csv"} {
				w := ask(h, "GET", path, "", headers...)
				want := ""
				if c.status == 401 {
					want = `Bearer realm="casus"`
				}
				if w.Code != c.status || !strings.Contains(w.Body.String(), c.body) || w.Header().Get("WWW-Authenticate") != want {
					t.Errorf("%s: %d %v %s", path, w.Code, w.Header(), w.Body)
				}
				if c.status == 200 && c.body != "anonymous" && w.Header().Get("Cache-Control") != "no-store" {
					t.Errorf("%s: Cache-Control %q", path, w.Header().Get("Cache-Control"))
				}
			}
			internal := c.status
			if c.name == "anonymous" {
				internal = 401
			}
			if w := ask(h, "GET", "/metrics", "", headers...); w.Code != internal {
				t.Errorf("the metrics: %d, want %d", w.Code, internal)
			}
			if w := ask(h, "GET", "/playground", "", headers...); w.Code != 200 {
				t.Errorf("a page: %d", w.Code)
			}
		})
	}
}

// TestRefusalsAreGraphQL checks the responses that clients of the API receive.
func TestRefusalsAreGraphQL(t *testing.T) {
	h := serve(Config{Tokens: testTokens(t)})
	for _, c := range []struct {
		accept, origin  string
		mediaType, code string
	}{
		{"application/json", "", "application/json; charset=utf-8", "UNAUTHENTICATED"},
		{"application/graphql-response+json, application/json;q=0.9", "",
			"application/graphql-response+json; charset=utf-8", "UNAUTHENTICATED"},
		{"*/*", "https://evil.example", "application/json; charset=utf-8", "FORBIDDEN"},
	} {
		headers := []string{"Accept: " + c.accept}
		if c.origin != "" {
			headers = append(headers, "Origin: "+c.origin)
		}
		w := ask(h, "POST", "/graphql", `{"query": "{a}"}`, headers...)
		var body struct {
			Errors []struct {
				Message    string
				Extensions struct{ Code string }
			}
		}
		err := json.Unmarshal(w.Body.Bytes(), &body)
		if err != nil || len(body.Errors) != 1 || body.Errors[0].Extensions.Code != c.code || body.Errors[0].Message == "" ||
			w.Header().Get("Content-Type") != c.mediaType {
			t.Errorf("%v: %v %s", c, w.Header(), w.Body)
		}
	}
	if w := ask(h, "GET", "/export/csv", ""); !strings.HasPrefix(w.Body.String(), "UNAUTHENTICATED: ") {
		t.Errorf("an export: %s", w.Body)
	}
}

func TestSecureCookies(t *testing.T) {
	proxy := func(r *http.Request) bool { return strings.HasPrefix(r.RemoteAddr, "10.") }
	for _, c := range []struct {
		name, from, proto string
		tls               bool
		trusted           func(*http.Request) bool
		secure            bool
	}{
		{"plain", "10.0.0.1:1", "", false, proxy, false},
		{"TLS", "10.0.0.1:1", "", true, nil, true},
		{"a trusted proxy", "10.0.0.1:1", "https", false, proxy, true},
		{"a trusted proxy without TLS", "10.0.0.1:1", "http", false, proxy, false},
		{"several proxies", "10.0.0.1:1", "HTTPS, http", false, proxy, true},
		{"anybody", "192.0.2.1:1", "https", false, proxy, false},
		{"no proxy is trusted", "10.0.0.1:1", "https", false, nil, false},
	} {
		h := serve(Config{Tokens: testTokens(t), TrustedProxy: c.trusted})
		r := httptest.NewRequest(http.MethodPost, "http://127.0.0.1:8080/session", strings.NewReader(`{"token":"`+reader+`"}`))
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("X-Forwarded-Proto", c.proto)
		r.RemoteAddr = c.from
		if c.tls {
			r.TLS = &tls.ConnectionState{}
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if cookies := w.Result().Cookies(); len(cookies) != 1 || cookies[0].Secure != c.secure {
			t.Errorf("%s: %v", c.name, cookies)
		}
	}
}
