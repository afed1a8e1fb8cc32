package server

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"casus/internal/kg"
	"casus/internal/review/intake"
	"casus/internal/server/access"
	"casus/internal/server/proposals"
	"casus/internal/store/memory"
	"casus/internal/store/metrics"
)

const writerToken = "writer-0123456789"

// newWriting returns the handler of a server with actions, and with a token that may write and one that only reads.
func newWriting(t *testing.T, allow bool, origins []string, actions map[string]proposals.Action) http.Handler {
	t.Helper()
	tokens, err := access.ParsePlain("writer:write:" + writerToken + "\nreader:read:" + readerToken)
	if err != nil {
		t.Fatal(err)
	}
	return New(Config{
		Store: readyStore{}, GraphQL: http.NotFoundHandler(), Metrics: metrics.New(), Proposals: actions,
		Access: access.Config{Tokens: tokens, AllowWrites: allow, Origins: origins},
		Log:    slog.New(slog.DiscardHandler),
	}).Handler()
}

// send sends a request, with headers in pairs.
func send(h http.Handler, method, path, body string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, "http://127.0.0.1:8080"+path, strings.NewReader(body))
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// codeOf returns the code of the error of a response.
func codeOf(t *testing.T, w *httptest.ResponseRecorder) kg.ErrorCode {
	t.Helper()
	var body struct {
		Errors []struct {
			Message    string
			Extensions struct{ Code kg.ErrorCode }
		}
	}
	if err := json.Unmarshal(w.Body.Bytes(), &body); err != nil || len(body.Errors) != 1 || body.Errors[0].Message == "" {
		t.Errorf("%d %s is not one error: %v", w.Code, w.Body, err)
		return ""
	}
	return body.Errors[0].Extensions.Code
}

// TestWhoMayWrite sends requests that must not write, one fault each, and checks that no action runs.
func TestWhoMayWrite(t *testing.T) {
	ran := 0
	actions := map[string]proposals.Action{"": func(context.Context, []byte) (any, error) { ran++; return "done", nil }}
	h := newWriting(t, true, []string{"https://friend.example"}, actions)
	session := func(token string) string {
		w := send(h, "POST", "/session", `{"token":"`+token+`"}`, "Content-Type", "application/json")
		cookie, _, _ := strings.Cut(w.Header().Get("Set-Cookie"), ";")
		if w.Code != http.StatusNoContent || cookie == "" {
			t.Fatalf("no session: %d %s", w.Code, w.Body)
		}
		return cookie
	}
	cookie, readerCookie, ended := session(writerToken), session(readerToken), session(writerToken)
	if w := send(h, "DELETE", "/session", "", "Cookie", ended, "Sec-Fetch-Site", "same-origin"); w.Code != 204 {
		t.Fatalf("the session does not end: %d", w.Code)
	}
	const jsonType, bearer = "application/json", "Bearer " + writerToken
	own := []string{"Sec-Fetch-Site", "same-origin", "Origin", "http://127.0.0.1:8080"}
	foreign := []string{"Sec-Fetch-Site", "cross-site", "Origin", "https://evil.example"}
	with := func(more []string, headers ...string) []string { return append(headers, more...) }
	for _, c := range []struct {
		name    string
		method  string
		headers []string
		status  int
		code    kg.ErrorCode
	}{
		{"a token", "POST", []string{"Content-Type", jsonType, "Authorization", bearer}, 200, ""},
		{"a token from an own page", "POST", with(own, "Content-Type", jsonType, "Authorization", bearer), 200, ""},
		{"a session", "POST", with(own, "Content-Type", jsonType, "Cookie", cookie), 200, ""},
		{"a charset", "POST", []string{"Content-Type", jsonType + "; charset=utf-8", "Authorization", bearer}, 200, ""},
		{"no token", "POST", []string{"Content-Type", jsonType}, 401, kg.Unauthenticated},
		{"an unknown token", "POST", []string{"Content-Type", jsonType, "Authorization", "Bearer x"}, 401,
			kg.Unauthenticated},
		{"a reader", "POST", []string{"Content-Type", jsonType, "Authorization", "Bearer " + readerToken}, 403, kg.Forbidden},
		{"a reader's session", "POST", with(own, "Content-Type", jsonType, "Cookie", readerCookie), 403, kg.Forbidden},
		{"a session that has ended", "POST", with(own, "Content-Type", jsonType, "Cookie", ended), 401, kg.Unauthenticated},
		{"a session without a page", "POST", []string{"Content-Type", jsonType, "Cookie", cookie}, 403, kg.Forbidden},
		{"a session from another site", "POST", with(foreign, "Content-Type", jsonType, "Cookie", cookie), 403, kg.Forbidden},
		{"a session from another site, without Sec-Fetch-Site", "POST", []string{"Content-Type", jsonType, "Cookie", cookie,
			"Origin", "https://evil.example"}, 403, kg.Forbidden},
		{"a session from a page without an origin", "POST", []string{"Content-Type", jsonType, "Cookie", cookie, "Origin",
			"null"}, 403, kg.Forbidden},
		{"a session from another port", "POST", []string{"Content-Type", jsonType, "Cookie", cookie, "Sec-Fetch-Site",
			"same-site", "Origin", "http://127.0.0.1:9090"}, 403, kg.Forbidden},
		{"a token from another site", "POST", with(foreign, "Content-Type", jsonType, "Authorization", bearer), 403,
			kg.Forbidden},
		{"a session from a page that may read", "POST", []string{"Content-Type", jsonType, "Cookie", cookie, "Origin",
			"https://friend.example"}, 403, kg.Forbidden},
		{"a token from a page that may read", "POST", []string{"Content-Type", jsonType, "Authorization", bearer, "Origin",
			"https://friend.example"}, 403, kg.Forbidden},
		{"a form of another site", "POST", with(foreign, "Content-Type", "application/x-www-form-urlencoded", "Cookie",
			cookie), 403, kg.Forbidden},
		{"a form", "POST", with(own, "Content-Type", "application/x-www-form-urlencoded", "Cookie", cookie), 415,
			kg.BadInput},
		{"text", "POST", with(own, "Content-Type", "text/plain", "Cookie", cookie), 415, kg.BadInput},
		{"no type", "POST", with(own, "Cookie", cookie), 415, kg.BadInput},
		{"GET", "GET", with(own, "Content-Type", jsonType, "Cookie", cookie), 405, kg.BadInput},
		{"a navigation", "GET", []string{"Sec-Fetch-Site", "cross-site", "Cookie", cookie}, 403, kg.Forbidden},
	} {
		before := ran
		w := send(h, c.method, "/proposals", `{}`, c.headers...)
		if w.Code != c.status || c.code != "" && codeOf(t, w) != c.code {
			t.Errorf("%s: %d %s, want %d %s", c.name, w.Code, w.Body, c.status, c.code)
		}
		if done := ran - before; done != 0 && c.status != 200 || done != 1 && c.status == 200 {
			t.Errorf("%s: the action ran %d times", c.name, done)
		}
		if w.Header().Get("Cache-Control") != "no-store" || w.Header().Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%s: %v", c.name, w.Header())
		}
	}
	preflight := send(h, "OPTIONS", "/proposals", "", "Origin", "https://friend.example", "Access-Control-Request-Method",
		"POST", "Access-Control-Request-Headers", "Content-Type")
	if preflight.Code != http.StatusForbidden || preflight.Header().Get("Access-Control-Allow-Methods") != "" {
		t.Errorf("a preflight is answered: %d %v", preflight.Code, preflight.Header())
	}
	closed := newWriting(t, false, nil, actions)
	w := send(closed, "POST", "/proposals", `{}`, "Content-Type", jsonType, "Authorization", bearer)
	if w.Code != 403 || codeOf(t, w) != kg.Forbidden || !strings.Contains(w.Body.String(), "--allow-writes") {
		t.Errorf("without --allow-writes: %d %s", w.Code, w.Body)
	}
	open := New(Config{
		Store: readyStore{}, GraphQL: http.NotFoundHandler(), Metrics: metrics.New(), Proposals: actions,
		Log: slog.New(slog.DiscardHandler),
	}).Handler()
	if w := send(open, "POST", "/proposals", `{}`, "Content-Type", jsonType); w.Code != 403 {
		t.Errorf("a server without tokens: %d %s", w.Code, w.Body)
	}
	if ran != 4 {
		t.Errorf("the action ran %d times", ran)
	}
}

// zeros are bytes without end.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = '0'
	}
	return len(p), nil
}

// TestProposalErrors checks the status and the code of each kind of error, and that the message of one that the client
// did not cause is not sent.
func TestProposalErrors(t *testing.T) {
	secret := fmt.Errorf("the password is hunter2")
	fail := func(code kg.ErrorCode) proposals.Action {
		return func(context.Context, []byte) (any, error) { return nil, kg.Errorf(code, "it failed: %w", secret) }
	}
	h := newWriting(t, true, nil, map[string]proposals.Action{
		"bad": fail(kg.BadInput), "conflict": fail(kg.Conflict), "timeout": fail(kg.Timeout), "internal": fail(kg.Internal),
		"gone": fail(kg.Unavailable), "missing": fail(kg.NotFound), "plain": func(context.Context, []byte) (any, error) {
			return nil, secret
		},
		"channel": func(context.Context, []byte) (any, error) { return make(chan int), nil },
		"length":  func(_ context.Context, body []byte) (any, error) { return len(body), nil },
	})
	auth := []string{"Content-Type", "application/json", "Authorization", "Bearer " + writerToken}
	for action, want := range map[string]struct {
		status int
		code   kg.ErrorCode
		shown  bool
	}{
		"bad": {400, kg.BadInput, true}, "conflict": {409, kg.Conflict, true}, "timeout": {504, kg.Timeout, true},
		"missing": {404, kg.NotFound, true}, "internal": {500, kg.Internal, false}, "gone": {503, kg.Unavailable, false},
		"plain": {500, kg.Internal, false}, "channel": {500, kg.Internal, false}, "nothing": {404, kg.NotFound, false},
	} {
		w := send(h, "POST", "/proposals/"+action, `{}`, auth...)
		if w.Code != want.status || codeOf(t, w) != want.code || strings.Contains(w.Body.String(), "hunter2") != want.shown {
			t.Errorf("%s: %d %s", action, w.Code, w.Body)
		}
	}
	large := func(n int64) *httptest.ResponseRecorder {
		r := httptest.NewRequest(http.MethodPost, "http://127.0.0.1:8080/proposals/length", io.LimitReader(zeros{}, n))
		for i := 0; i < len(auth); i += 2 {
			r.Header.Set(auth[i], auth[i+1])
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w
	}
	largest := fmt.Sprintln(proposals.MaxBody)
	if w := large(proposals.MaxBody); w.Code != 200 || w.Body.String() != largest {
		t.Errorf("the largest body: %d %s", w.Code, w.Body)
	}
	if w := large(proposals.MaxBody + 1); w.Code != 413 || codeOf(t, w) != kg.LimitExceeded {
		t.Errorf("too large a body: %d %s", w.Code, w.Body)
	}
}

// TestProposalRequests sends requests to real actions that they refuse.
func TestProposalRequests(t *testing.T) {
	h := newWriting(t, true, nil, intake.New(memory.New()).Actions())
	auth := []string{"Content-Type", "application/json", "Authorization", "Bearer " + writerToken}
	const doc = `{"type":"document","id":"document:1","titles":[{"value":"A"}],"publishedAt":"2031-03-04",` +
		`"sha256":"559aead08264d5795d3909718cdd05abd49572e84fe55590eef31a88a08fdffd","text":"A"}`
	const signed = `,"by":"Ada","at":"2031-03-05T00:00:00Z"`
	for _, c := range []struct{ name, path, body, want string }{
		{"no JSON", "", `{"by"`, "invalid"},
		{"two values", "", `{} {}`, "more than one"},
		{"a list", "", `[]`, "invalid"},
		{"an unknown field", "", `{"removals":["claim:1"]}`, "removals"},
		{"a key twice", "", `{"by":"A","by":"B"}`, "twice"},
		{"no name", "", `{"records":[],"curations":[]}`, "by is empty"},
		{"nothing", "", `{"by":"Ada"}`, "nothing is accepted"},
		{"records without a review", "", `{"records":[` + doc + `]` + signed + `}`, "belong together"},
		{"a correction as a record", "", `{"records":[` + doc + `,{"type":"correction","claim":"claim:1","value":null}],` +
			`"review":{"version":1,"document":"document:1","title":"A","items":[]}` + signed + `}`,
			"no records of type correction"},
		{"a review as a curation", "", `{"curations":[{"type":"review","document":"document:1","verdict":"HUMAN"}]` + signed +
			`}`, "neither a correction nor an identity"},
		{"an event as a curation", "", `{"curations":[{"type":"event","id":"event:1"}]` + signed + `}`,
			"neither a correction"},
		{"a correction that erases", "", `{"curations":[{"type":"correction","claim":"claim:1","value":null,"erases":true}]` +
			signed + `}`, "erases for good"},
		{"a correction of nothing", "", `{"curations":[{"type":"correction","claim":"claim:1","value":null}]` + signed + `}`,
			"nothing was loaded"},
		{"nothing is accepted", "", `{"records":[` + doc + `],"review":{"version":1,"document":"document:1","title":"A",` +
			`"items":[{"record":1,"type":"document","label":"A","decision":null}]}` + signed + `}`, "nothing is accepted"},
		{"an article without a date", "/question", `{"article":{"content":"A text."}}`, "no date of publication"},
		{"a part that is none", "/question", `{"article":{"content":"A","published":"2031-03-04"},"part":"verbs"}`,
			"unknown part"},
		{"a format that is none", "/convert", `{"article":{"content":"A","format":"exe","published":"2031-03-04"}}`,
			"is not read as a text"},
		{"bytes that are not UTF-8", "/convert", "{\"article\":{\"content\":\"A \xff\xfe\",\"published\":\"2031-03-04\"}}",
			"not UTF-8"},
		{"an answer without a form", "/convert", `{"article":{"content":"A","published":"2031-03-04"},"answers":["Sorry."]}`,
			"no form found"},
	} {
		w := send(h, "POST", "/proposals"+c.path, c.body, auth...)
		if w.Code != 400 || codeOf(t, w) != kg.BadInput || !strings.Contains(w.Body.String(), c.want) {
			t.Errorf("%s: %d %s, want %q", c.name, w.Code, w.Body, c.want)
		}
	}
	const article = `{"article":{"content":"Talks\nThey met.","published":"2031-03-04"}}`
	w := send(h, "POST", "/proposals/question", article, auth...)
	var answer intake.Question
	if err := json.Unmarshal(w.Body.Bytes(), &answer); w.Code != 200 || err != nil || answer.Article.Title != "Talks" ||
		!bytes.Contains([]byte(answer.Question), []byte("[2] They met.")) || answer.Article.Sentences != 2 {
		t.Errorf("a question: %d %v %.300s", w.Code, err, w.Body)
	}
}
