package hostile_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
)

// request is one request of the corpus. Its kind names the generator.
type request struct{ kind, method, path, body, contentType string }

func queryBody(query string) string {
	b, err := json.Marshal(map[string]string{"query": query})
	if err != nil {
		panic(err) // a string can be encoded
	}
	return string(b)
}

func post(kind, body string) request {
	return request{kind: kind, method: http.MethodPost, path: "/graphql", body: body}
}

func ask(kind, query string) request { return post(kind, queryBody(query)) }

func get(kind, path string, values url.Values) request {
	return request{kind: kind, method: http.MethodGet, path: path + "?" + values.Encode()}
}

// vary returns a copy that is unique, so that no cache answers it.
func (r request) vary(n int) request {
	r.body = strings.ReplaceAll(r.body, "VARY", fmt.Sprintf("v%d", n))
	return r
}

// answer is the response to a request.
type answer struct {
	status  int
	hasData bool
	codes   []string
	fault   string // of an answer that is neither data nor an error with a code
}

// wholeAnswers is the number of bytes above which the middle of an answer is not examined.
const wholeAnswers = 256 << 10

func (r request) send(ctx context.Context, c *http.Client, s *server) (answer, error) {
	var body io.Reader
	if r.body != "" {
		body = strings.NewReader(r.body)
	}
	q, err := http.NewRequestWithContext(ctx, r.method, s.base+r.path, body)
	if err != nil {
		return answer{}, err
	}
	q.Header.Set("Content-Type", "application/json")
	if r.contentType != "" {
		q.Header.Set("Content-Type", r.contentType)
	}
	response, err := c.Do(q)
	if err != nil {
		return answer{}, err
	}
	defer func() { _ = response.Body.Close() }()
	var start bytes.Buffer
	if _, err := io.CopyN(&start, response.Body, wholeAnswers); err != nil && !errors.Is(err, io.EOF) {
		return answer{}, err
	}
	rest, err := io.Copy(io.Discard, response.Body)
	if err != nil {
		return answer{}, err
	}
	a := answer{status: response.StatusCode}
	switch {
	case response.StatusCode == http.StatusServiceUnavailable && response.Header.Get("Retry-After") == "":
		a.fault = "503 without Retry-After"
	case strings.HasPrefix(r.path, "/export"):
		a.readText(start.String(), response.StatusCode)
	case rest > 0:
		a.hasData = bytes.HasPrefix(start.Bytes(), []byte(`{"data":{`))
		if found := codeInJSON.FindSubmatch(start.Bytes()); found != nil && !a.hasData {
			a.codes = []string{string(found[1])}
		}
	default:
		a.readJSON(start.Bytes())
	}
	if a.fault == "" && !a.hasData && len(a.codes) == 0 {
		a.fault = fmt.Sprintf("neither data nor a code: %.200s", start.String())
	}
	return a, nil
}

var (
	codePattern = regexp.MustCompile(`^[A-Z_]+`)
	codeInJSON  = regexp.MustCompile(`"code":"([A-Z_]+)"`)
)

// readText reads the answer to an export.
func (a *answer) readText(body string, status int) {
	a.hasData = status == http.StatusOK
	if code := codePattern.FindString(body); status != http.StatusOK && len(code) > 3 {
		a.codes = []string{code}
	}
	if status == http.StatusNotFound || status == http.StatusMethodNotAllowed {
		a.codes = []string{http.StatusText(status)}
	}
}

// readJSON reads a GraphQL response.
func (a *answer) readJSON(body []byte) {
	var shape struct {
		Data   json.RawMessage
		Errors []struct {
			Message    string
			Extensions struct{ Code string }
		}
	}
	if err := json.Unmarshal(body, &shape); err != nil {
		a.fault = fmt.Sprintf("%v: %.200s", err, body)
		return
	}
	a.hasData = len(shape.Data) > 0 && string(shape.Data) != "null"
	for _, e := range shape.Errors {
		a.codes = append(a.codes, e.Extensions.Code)
		if e.Extensions.Code == "" || e.Extensions.Code == "INTERNAL" {
			a.fault = fmt.Sprintf("code %q: %s", e.Extensions.Code, e.Message)
		}
	}
}

// answers counts the answers to an attack by their first code. It is safe for concurrent use.
type answers struct {
	mu     sync.Mutex
	counts map[string]int
	faults []string
}

func newAnswers() *answers { return &answers{counts: map[string]int{}} }

func (a *answers) send(ctx context.Context, c *http.Client, s *server, r request) {
	got, err := r.send(ctx, c, s)
	a.mu.Lock()
	defer a.mu.Unlock()
	switch {
	case ctx.Err() != nil: // the attack has ended
	case err != nil:
		a.faults = append(a.faults, fmt.Sprintf("%s: %v to %.300s %.300s", r.kind, err, r.path, r.body))
	case got.fault != "":
		a.faults = append(a.faults, fmt.Sprintf("%s: %s to %.300s %.300s", r.kind, got.fault, r.path, r.body))
	case len(got.codes) > 0:
		a.counts[got.codes[0]]++
	default:
		a.counts["data"]++
	}
}

// String returns the counts.
func (a *answers) String() string {
	a.mu.Lock()
	defer a.mu.Unlock()
	var parts []string
	for _, code := range slices.Sorted(maps.Keys(a.counts)) {
		parts = append(parts, fmt.Sprintf("%s %d", code, a.counts[code]))
	}
	return strings.Join(parts, ", ")
}

// check reports the faults, at most ten.
func (a *answers) check(t *testing.T) {
	t.Helper()
	if len(a.faults) > 0 {
		t.Errorf("%d answers are wrong:\n%s", len(a.faults), strings.Join(a.faults[:min(10, len(a.faults))], "\n"))
	}
}
