package endpoint

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"casus/internal/extract/form"
	"casus/internal/fetch/secret"
	"casus/internal/kg"
)

// TestOtherMachines refuses endpoints on other machines, unless they are permitted, and keys over plain http.
func TestOtherMachines(t *testing.T) {
	for _, c := range []struct {
		url         string
		allowRemote bool
		key         secret.Secret
		words       string // of the refusal; "" if it is permitted
	}{
		{"http://127.0.0.1:8080", false, "", ""},
		{"http://localhost:8080/v1", false, "a-key", ""},
		{"http://[::1]:8080/v1/", false, "", ""},
		{"https://api.example.com/v1", false, "", "another machine"},
		{"http://192.168.0.7:8080", false, "", "another machine"},
		{"http://0.0.0.0:8080", false, "", "another machine"},
		{"http://localhost.example.com", false, "", "another machine"},
		{"https://api.example.com/v1", true, "a-key", ""},
		{"http://192.168.0.7:8080", true, "", ""},
		{"http://192.168.0.7:8080", true, "a-key", "over https alone"},
		{"https://user:a-key@api.example.com", true, "a-key", "without user and password"},
		{"api.example.com", true, "", "not the URL"},
		{"ftp://127.0.0.1", false, "", "not the URL"},
	} {
		client, err := New(Options{URL: c.url, AllowRemote: c.allowRemote, Key: c.key})
		switch {
		case c.words == "" && err != nil:
			t.Errorf("%s: %v", c.url, err)
		case c.words != "" && (kg.CodeOf(err) != kg.BadInput || !strings.Contains(err.Error(), c.words)):
			t.Errorf("%s: %v lacks %q", c.url, err, c.words)
		case err == nil && client.IsRemote() != c.allowRemote:
			t.Errorf("%s: remote %t", c.url, client.IsRemote())
		case err != nil && c.key != "" && strings.Contains(err.Error(), c.key.Reveal()):
			t.Errorf("%s: the error has the key: %v", c.url, err)
		}
	}
}

// TestProxies checks that a request to this machine does not go through a proxy, to which it would be shown.
func TestProxies(t *testing.T) {
	proxy := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		t.Error("the proxy was asked")
	}))
	defer proxy.Close()
	t.Setenv("HTTP_PROXY", proxy.URL)
	server := serve(t, func(map[string]any) (int, string) { return 200, completion(`{}`, "stop") })
	u, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	for _, host := range []string{u.Host, "casus.localhost:" + u.Port()} {
		c, err := New(Options{URL: "http://" + host})
		if err != nil {
			t.Fatal(err)
		}
		if _, err = c.Ask(t.Context(), Request{Part: form.PartEvents}); err != nil && host == u.Host {
			t.Errorf("%s: %v", host, err)
		}
	}
}

// serve serves completions, which answer makes of the body of a request, and returns the address.
func serve(t *testing.T, answer func(body map[string]any) (int, string)) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/v1/chat/completions" || r.Method != http.MethodPost {
			t.Errorf("%s %s", r.Method, r.URL)
		}
		var body map[string]any
		if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
			t.Error(err)
		}
		status, text := answer(body)
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		if _, err := io.WriteString(w, text); err != nil {
			t.Error(err)
		}
	}))
	t.Cleanup(s.Close)
	return s.URL
}

func completion(content, finish string) string {
	text, err := json.Marshal(content)
	if err != nil {
		panic(err)
	}
	return `{"model":"m-1","choices":[{"finish_reason":"` + finish + `","message":{"content":` + string(text) + `}}]}`
}

// TestDialects asks endpoints that refuse parameters, each with the message of a program that does.
func TestDialects(t *testing.T) {
	for name, c := range map[string]struct {
		parameter, message string
		omitted            []string
		format             string
	}{
		"the old name of the bound": {
			"max_tokens", "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' " +
				"instead.", nil, "json_schema",
		},
		"the temperature": {
			"temperature", "Unsupported value: 'temperature' does not support 0.0 with this model.", []string{"temperature"},
			"json_schema",
		},
		"the seed": {"seed", "Extra inputs are not permitted: seed", []string{"seed"}, "json_schema"},
		"schemas": {
			"response_format", "'response_format.type' must be 'json_object' or 'text'", nil, "text",
		},
	} {
		t.Run(name, func(t *testing.T) {
			requests := 0
			host := serve(t, func(body map[string]any) (int, string) {
				requests++
				if _, ok := body[c.parameter]; ok {
					text, err := json.Marshal(c.message)
					if err != nil {
						t.Error(err)
					}
					return 400, `{"error":{"message":` + string(text) + `}}`
				}
				return 200, completion("ok", "stop")
			})
			client, err := New(Options{URL: host + "/v1", Model: "m"})
			if err != nil {
				t.Fatal(err)
			}
			r := Request{Part: form.PartClaims, System: "s", User: "u", MaxTokens: 7, Seed: 3}
			reply, err := client.Ask(t.Context(), r)
			if err != nil || reply.Content != "ok" || reply.Format != c.format || reply.Model != "m-1" {
				t.Errorf("%+v %v", reply, err)
			}
			if got := client.Omitted(); !slices.Equal(got, c.omitted) {
				t.Errorf("omitted %v, want %v", got, c.omitted)
			}
			before := requests
			if _, err := client.Ask(t.Context(), r); err != nil || requests != before+1 {
				t.Errorf("asked again: %v, %d requests: the refusal is forgotten", err, requests-before)
			}
		})
	}
}

// TestBody compares the body of a request with the API's documentation.
func TestBody(t *testing.T) {
	content, err := json.Marshal((&dialect{}).body("m", Request{
		Part: form.PartClaims, System: "s", User: "u", MaxTokens: 7, Seed: 3,
	}))
	if err != nil {
		t.Fatal(err)
	}
	var got, schema any
	err = errors.Join(json.Unmarshal(content, &got), json.Unmarshal(form.Schema(form.PartClaims), &schema))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]any{
		"model": "m", "temperature": 0.0, "seed": 3.0, "max_tokens": 7.0, "stream": false,
		"messages": []any{
			map[string]any{"role": "system", "content": "s"}, map[string]any{"role": "user", "content": "u"},
		},
		"response_format": map[string]any{"type": "json_schema", "json_schema": map[string]any{
			"name": "casus_claims", "strict": true, "schema": schema,
		}},
	}
	if diff := cmp.Diff(any(want), got); diff != "" {
		t.Error(diff)
	}
}

// TestErrorsWithStatus200 reads errors that are answered as if they were completions. None repeats the key.
func TestErrorsWithStatus200(t *testing.T) {
	for body, words := range map[string]string{
		`{"error":{"message":"model m not found","code":404}}`: "model m not found",
		`{"error":"the model is loading"}`:                     "the model is loading",
		`{"error":{"message":"bad key a-secret-key"}}`:         "bad key [secret]",
	} {
		host := serve(t, func(map[string]any) (int, string) { return 200, body })
		client, err := New(Options{URL: host, Model: "m", Key: "a-secret-key"})
		if err != nil {
			t.Fatal(err)
		}
		_, err = client.Ask(t.Context(), Request{Part: form.PartEvents})
		if again := (*AnswerError)(nil); err == nil || !strings.Contains(err.Error(), words) || errors.As(err, &again) {
			t.Errorf("%s: %v lacks %q, or is asked again", body, err, words)
		}
	}
	host := serve(t, func(map[string]any) (int, string) {
		return 200, strings.Replace(completion("{}", "stop"), "{", `{"error":null,`, 1)
	})
	client, err := New(Options{URL: host, Model: "m"})
	if err != nil {
		t.Fatal(err)
	}
	if reply, err := client.Ask(t.Context(), Request{Part: form.PartEvents}); err != nil || reply.Content != "{}" {
		t.Errorf("no error: %+v %v", reply, err)
	}
}

// TestResponses reads responses of several kinds.
func TestResponses(t *testing.T) {
	for name, c := range map[string]struct {
		body, content, words string
		again                bool // asked again, the answer may be another
	}{
		"a message":       {completion("{}", "stop"), "{}", "", false},
		"thoughts":        {completion("<think>{no}</think>\n{}", "stop"), "\n{}", "", false},
		"cut off":         {completion("{", "length"), "", "cut off after 1 tokens", true},
		"withheld":        {completion("", "content_filter"), "", "withheld", false},
		"refused":         {`{"choices":[{"message":{"refusal":"I will not"}}]}`, "", "I will not", false},
		"nothing":         {`{"choices":[]}`, "", "no message", true},
		"no content":      {`{"choices":[{"message":{"content":null}}]}`, "", "no message", true},
		"another shape":   {`{"choices":"none"}`, "", "not a chat completion", true},
		"a list":          {`[]`, "", "not a chat completion", true},
		"bytes not UTF-8": {"{\"choices\":[{\"message\":{\"content\":\"\xff\"}}]}", "", "not UTF-8", true},
		"half a pair":     {`{"choices":[{"message":{"content":"\ud83d"}}]}`, "", "surrogate", true},
		"a whole pair":    {`{"choices":[{"message":{"content":"\ud83d\ude00"}}]}`, "😀", "", false},
		"negative tokens": {`{"choices":[{"message":{"content":"{}"}}],"usage":{"prompt_tokens":-5}}`, "{}", "", false},
	} {
		reply, err := readReply([]byte(c.body), 9)
		again := (*AnswerError)(nil)
		switch {
		case c.words == "" && (err != nil || reply.Content != c.content || reply.PromptTokens != 3 || reply.AnswerTokens < 1):
			t.Errorf("%s: %+v %v", name, reply, err)
		case c.words != "" && (err == nil || !strings.Contains(err.Error(), c.words) || errors.As(err, &again) != c.again):
			t.Errorf("%s: %v lacks %q, or asked again is not %t", name, err, c.words, c.again)
		}
	}
}
