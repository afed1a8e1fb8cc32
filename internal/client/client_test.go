package client_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"casus/internal/client"
	"casus/internal/kg"
)

func answer(status int, body string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body)) // a recorder or a loopback connection
	})
}

func TestResponses(t *testing.T) {
	for _, c := range []struct {
		name, body string
		status     int
		want       string // "": the response is invalid
		hasErrors  bool
	}{
		{"data", `{"data":{"a":1}}`, 200, "{\n  \"data\": {\n    \"a\": 1\n  }\n}", false},
		{"errors", `{"errors":[{}],"data":{}}`, 422, "{\n  \"errors\": [\n    {}\n  ],\n  \"data\": {}\n}", true},
		{"a page", "<html>", 200, "", false},
		{"other JSON", `{"message":"hello"}`, 200, "", false},
		{"an array", `[]`, 200, "", false},
		{"nothing", "", 502, "", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			server := httptest.NewServer(answer(c.status, c.body))
			defer server.Close()
			overNetwork, err := client.New(server.URL, "", time.Minute)
			if err != nil {
				t.Fatal(err)
			}
			for _, each := range []*client.Client{overNetwork, client.NewInProcess(answer(c.status, c.body))} {
				r, err := each.Do(t.Context(), client.Request{Query: "{a}"})
				if c.want == "" {
					if e := (*client.ResponseError)(nil); !errors.As(err, &e) || !strings.Contains(err.Error(), "invalid") {
						t.Errorf("%v", err)
					}
					continue
				}
				if err != nil || string(r.JSON) != c.want || r.HasErrors != c.hasErrors {
					t.Errorf("%+v %v, want %s", r, err, c.want)
				}
			}
		})
	}
}

// A response has timed out if an error says so, among any others.
func TestTimedOut(t *testing.T) {
	for body, want := range map[string]bool{
		`{"data":{}}`: false,
		`{"errors":[{"message":"m","extensions":{"code":"TIMEOUT"}}]}`:              true,
		`{"errors":["odd",{"extensions":7},{"extensions":{"code":"TIMEOUT"}}]}`:     true,
		`{"errors":[{"message":"TIMEOUT","extensions":{"code":"LIMIT_EXCEEDED"}}]}`: false,
	} {
		r, err := client.NewInProcess(answer(200, body)).Do(t.Context(), client.Request{Query: "{a}"})
		if err != nil || r.TimedOut != want {
			t.Errorf("%s: %+v %v", body, r, err)
		}
	}
}

func TestRequest(t *testing.T) {
	var got map[string]any
	var method, contentType string
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		method, contentType = r.Method, r.Header.Get("Content-Type")
		if err := json.NewDecoder(r.Body).Decode(&got); err != nil {
			t.Error(err)
		}
		answer(http.StatusOK, `{"data":{}}`).ServeHTTP(w, r)
	})
	q := client.Request{Query: "query A { a }", OperationName: "A", Variables: map[string]any{"x": "y"}}
	if _, err := client.NewInProcess(h).Do(t.Context(), q); err != nil {
		t.Fatal(err)
	}
	variables, _ := got["variables"].(map[string]any)
	if method != http.MethodPost || contentType != "application/json" || got["query"] != q.Query ||
		got["operationName"] != "A" || variables["x"] != "y" {
		t.Errorf("%s %s %v", method, contentType, got)
	}
}

func TestUnreachable(t *testing.T) {
	server := httptest.NewServer(answer(http.StatusOK, ""))
	server.Close()
	c, err := client.New(server.URL, "", 0)
	if err != nil {
		t.Fatal(err)
	}
	_, err = c.Do(t.Context(), client.Request{Query: "{a}"})
	if !errors.Is(err, client.ErrUnreachable) || kg.CodeOf(err) != kg.Unavailable {
		t.Errorf("%s: %v", kg.CodeOf(err), err)
	}
	if strings.Count(err.Error(), server.URL) != 1 {
		t.Errorf("the error must name the endpoint once: %v", err)
	}
}

func TestTruncatedResponse(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "100")
		_, _ = w.Write([]byte(`{"data":`)) // shorter than announced
	}))
	defer server.Close()
	c, err := client.New(server.URL, "", 0)
	if err != nil {
		t.Fatal(err)
	}
	_, err = c.Do(t.Context(), client.Request{Query: "{a}"})
	if kg.CodeOf(err) != kg.Unavailable || errors.Is(err, client.ErrUnreachable) {
		t.Errorf("%s: %v", kg.CodeOf(err), err)
	}
}

func TestInvalidEndpoint(t *testing.T) {
	if _, err := client.New("http://[::1", "", 0); kg.CodeOf(err) != kg.BadInput || err == nil {
		t.Errorf("%v", err)
	}
}
