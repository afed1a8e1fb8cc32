package access

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

const (
	asJSON = "Content-Type: application/json"
	ours   = "Sec-Fetch-Site: same-origin"
)

// signIn begins a session and returns the line of its cookie.
func signIn(t *testing.T, h http.Handler, secret string) string {
	t.Helper()
	w := ask(h, "POST", "/session", `{"token": "`+secret+`"}`, asJSON, ours)
	cookies := w.Result().Cookies()
	if w.Code != http.StatusNoContent || len(cookies) != 1 {
		t.Fatalf("POST /session: %d %v %s", w.Code, cookies, w.Body)
	}
	c := cookies[0]
	if c.Name != "casus-session" || !c.HttpOnly || c.SameSite != http.SameSiteStrictMode || c.Path != "/" ||
		c.MaxAge != 12*60*60 || c.Secure || strings.Contains(c.Value, secret) || len(c.Value) < 43 {
		t.Fatalf("the cookie: %v", c)
	}
	return "Cookie: " + c.Name + "=" + c.Value
}

func TestSession(t *testing.T) {
	h := serve(Config{Tokens: testTokens(t), AllowWrites: true})
	cookie := signIn(t, h, editor)
	if w := ask(h, "GET", "/export/csv", "", ours, cookie); w.Body.String() != "editor, writing" {
		t.Errorf("with the cookie: %d %s", w.Code, w.Body)
	}
	if w := ask(h, "GET", "/session", "", ours, cookie); w.Code != 200 ||
		w.Body.String() != `{"name":"editor","access":"write","required":true}`+"\n" {
		t.Errorf("GET /session: %d %s", w.Code, w.Body)
	}
	other := signIn(t, h, reader)
	w := ask(h, "DELETE", "/session", "", ours, cookie)
	removed := w.Result().Cookies()
	if w.Code != 204 || len(removed) != 1 || removed[0].MaxAge != -1 || removed[0].Value != "" {
		t.Errorf("DELETE /session: %d %v", w.Code, removed)
	}
	if w := ask(h, "GET", "/export/csv", "", ours, cookie); w.Code != 401 {
		t.Errorf("with the cookie of a session that was ended: %d", w.Code)
	}
	if w := ask(h, "GET", "/export/csv", "", ours, other); w.Body.String() != "reader" {
		t.Errorf("with the other session's cookie: %d %s", w.Code, w.Body)
	}
	signInAgain := ask(h, "POST", "/session", `{"token":"`+editor+`"}`, asJSON, ours, other)
	if signInAgain.Code != 204 {
		t.Fatalf("signing in again: %d", signInAgain.Code)
	}
	if w := ask(h, "GET", "/export/csv", "", ours, other); w.Code != 401 {
		t.Errorf("the session that another one replaced: %d", w.Code)
	}
}

func TestCallers(t *testing.T) {
	tokens := testTokens(t)
	for _, c := range []struct {
		name   string
		config Config
		header string
		status int
		body   string
	}{
		{"no tokens", Config{}, "", 200, `{"name":"","access":"read","required":false}`},
		{"none", Config{Tokens: tokens}, "", 401, `{"required":true}`},
		{"wrong", Config{Tokens: tokens}, "Authorization: Bearer x", 401, `{"required":true}`},
		{"an old cookie", Config{Tokens: tokens}, "Cookie: casus-session=x", 401, `{"required":true}`},
		{"a token", Config{Tokens: tokens}, "Authorization: Bearer " + reader, 200,
			`{"name":"reader","access":"read","required":true}`},
		{"a writer without writes", Config{Tokens: tokens}, "Authorization: Bearer " + editor, 200,
			`{"name":"editor","access":"read","required":true}`},
		{"anonymous", Config{Tokens: tokens, AnonymousRead: true}, "", 200, `{"name":"","access":"read","required":false}`},
		{"anonymous with an old cookie", Config{Tokens: tokens, AnonymousRead: true}, "Cookie: casus-session=x", 200,
			`{"name":"","access":"read","required":false}`},
	} {
		var headers []string
		if c.header != "" {
			headers = append(headers, c.header)
		}
		w := ask(serve(c.config), "GET", "/session", "", headers...)
		if w.Code != c.status || strings.TrimSpace(w.Body.String()) != c.body ||
			w.Header().Get("Content-Type") != "application/json" || w.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %d %v %s", c.name, w.Code, w.Header(), w.Body)
		}
	}
}

func TestSessionRefusals(t *testing.T) {
	h := serve(Config{Tokens: testTokens(t), Origins: []string{"https://friend.example"}})
	valid := `{"token": "` + reader + `"}`
	for _, c := range []struct {
		name, method, body string
		headers            []string
		status             int
	}{
		{"a wrong token", "POST", `{"token": "wrong"}`, []string{asJSON, ours}, 401},
		{"no token", "POST", `{}`, []string{asJSON, ours}, 401},
		{"a hash", "POST", `{"token": "` + readerHash + `"}`, []string{asJSON}, 401},
		{"a form", "POST", valid, []string{"Content-Type: application/x-www-form-urlencoded", ours}, 415},
		{"no type", "POST", valid, []string{ours}, 415},
		{"another field", "POST", `{"token": "a", "name": "b"}`, []string{asJSON, ours}, 400},
		{"a list", "POST", `[]`, []string{asJSON, ours}, 400},
		{"two objects", "POST", valid + valid, []string{asJSON, ours}, 400},
		{"too much", "POST", `{"token": "` + strings.Repeat("a", 5000) + `"}`, []string{asJSON, ours}, 400},
		{"a page elsewhere", "POST", valid, []string{asJSON, "Sec-Fetch-Site: cross-site"}, 403},
		{"another port", "POST", valid, []string{asJSON, "Sec-Fetch-Site: same-site"}, 403},
		{"an old browser elsewhere", "POST", valid, []string{asJSON, "Origin: https://evil.example"}, 403},
		{"a friend", "POST", valid, []string{asJSON, "Origin: https://friend.example"}, 403},
		{"an end from elsewhere", "DELETE", "", []string{"Sec-Fetch-Site: cross-site"}, 403},
		{"a look from elsewhere", "GET", "", []string{"Sec-Fetch-Site: cross-site"}, 403},
		{"another method", "PUT", "", nil, 405},
	} {
		w := ask(h, c.method, "/session", c.body, c.headers...)
		if w.Code != c.status || len(w.Result().Cookies()) > 0 {
			t.Errorf("%s: %d, want %d: %s", c.name, w.Code, c.status, w.Body)
		}
	}
	if w := ask(h, "POST", "/session", valid, asJSON); w.Code != 204 {
		t.Errorf("a program that is no browser: %d %s", w.Code, w.Body)
	}
}

// TestCookiesOfOtherPages sends a session's cookie with requests that pages elsewhere may cause.
func TestCookiesOfOtherPages(t *testing.T) {
	h := serve(Config{Tokens: testTokens(t), Origins: []string{"http://localhost:3000"}})
	cookie := signIn(t, h, reader)
	for _, c := range []struct {
		name, method string
		headers      []string
		status       int
	}{
		{"our page", "POST", []string{ours}, 200},
		{"our page in an old browser", "POST", []string{"Origin: http://127.0.0.1:8080"}, 200},
		{"no sign of a page", "POST", nil, 403},
		{"no sign of a page, reading", "GET", nil, 200},
		{"a typed address", "GET", []string{"Sec-Fetch-Site: none"}, 200},
		{"a friend on this machine", "GET", []string{"Sec-Fetch-Site: same-site", "Origin: http://localhost:3000"}, 401},
		{"a friend who sends", "POST", []string{"Sec-Fetch-Site: same-site", "Origin: http://localhost:3000"}, 401},
		{"a friend with a token", "POST", []string{"Sec-Fetch-Site: same-site", "Origin: http://localhost:3000",
			"Authorization: Bearer " + reader}, 200},
		{"a stranger", "GET", []string{"Sec-Fetch-Site: same-site", "Origin: http://localhost:9"}, 403},
		{"a program with a token, too", "POST", []string{"Authorization: Bearer " + editor}, 200},
	} {
		if w := ask(h, c.method, "/graphql", "", append(c.headers, cookie)...); w.Code != c.status {
			t.Errorf("%s: %d, want %d: %s", c.name, w.Code, c.status, w.Body)
		}
	}
	for _, method := range []string{"POST", "DELETE"} {
		if w := ask(h, method, "/session", `{"token":"`+reader+`"}`, asJSON, cookie); w.Code != 403 {
			t.Errorf("%s /session without a sign of a page: %d", method, w.Code)
		}
	}
}

func TestSessionsEnd(t *testing.T) {
	s := newSessions()
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	s.now = func() time.Time { return now }
	id := s.start(Token{Name: "a"})
	now = now.Add(12*time.Hour - time.Second)
	if token, ok := s.find(id); !ok || token.Name != "a" {
		t.Error("the session ended before 12 hours")
	}
	now = now.Add(time.Second)
	if _, ok := s.find(id); ok {
		t.Error("the session goes on after 12 hours")
	}
	var ids []string
	for range 65 {
		now = now.Add(time.Second)
		ids = append(ids, s.start(Token{Name: "b"}))
	}
	other := s.start(Token{Name: "c"})
	if _, ok := s.find(ids[0]); ok {
		t.Error("a token has 65 sessions")
	}
	for _, id := range append(ids[1:], other) {
		if _, ok := s.find(id); !ok {
			t.Error("a session was removed to make room, but is not the oldest of its token")
		}
	}
	if len(s.open) != 65 {
		t.Errorf("%d sessions are in memory, want 64 of b and one of c", len(s.open))
	}
}

func TestSessionPage(t *testing.T) {
	h := serve(Config{Tokens: testTokens(t)})
	w := ask(h, "GET", "/session", "", "Accept: text/html,application/xhtml+xml,*/*;q=0.8", "Sec-Fetch-Site: cross-site",
		"Sec-Fetch-Mode: navigate")
	policy := w.Header().Get("Content-Security-Policy")
	body := w.Body.String()
	if w.Code != 200 || !strings.Contains(body, "<script>// Begins") || strings.Contains(body, "SCRIPT") ||
		!strings.Contains(policy, "script-src 'sha256-") || !strings.Contains(policy, "frame-ancestors 'none'") ||
		w.Header().Get("Referrer-Policy") != "no-referrer" {
		t.Errorf("%d %v %s", w.Code, w.Header(), w.Body)
	}
	if w := ask(h, "HEAD", "/session", "", "Accept: text/html"); w.Code != 200 || w.Body.Len() > 0 {
		t.Errorf("HEAD: %d %s", w.Code, w.Body)
	}
	r := httptest.NewRequest(http.MethodGet, "/session", nil)
	r.Host = "evil.example"
	r.Header.Set("Accept", "text/html")
	rebound := httptest.NewRecorder()
	h.ServeHTTP(rebound, r)
	if rebound.Code != 421 {
		t.Errorf("of another name: %d", rebound.Code)
	}
}
