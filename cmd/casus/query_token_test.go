package main

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestQueryToken checks where the token of a query comes from, against a server that knows one token.
func TestQueryToken(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.Header.Get("Authorization") {
		case "Bearer right":
			_, _ = w.Write([]byte(`{"data":{"__typename":"Query"}}`))
		case "Bearer weak":
			w.WriteHeader(http.StatusForbidden)
		default:
			w.WriteHeader(http.StatusUnauthorized)
		}
	}))
	defer server.Close()
	dir := t.TempDir()
	for name, content := range map[string]string{"right": "right\n", "empty": "\n", "line": "alice:read:right\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		name, variable, file string
		code                 int
		want                 []string // in stderr
	}{
		{"none", "", "", exitFailed, []string{"requires a token", "hint: set $CASUS_TOKEN", "--token-file"}},
		{"the variable", "right", "", exitDone, nil},
		{"a file", "", "right", exitDone, nil},
		{"a file before the variable", "wrong", "right", exitDone, nil},
		{"a wrong token", "wrong", "", exitFailed, []string{"does not accept the token", "hint: "}},
		{"a token without the right", "weak", "", exitFailed, []string{"does not allow this with the token"}},
		{"two words", "right right", "", exitUsage, []string{"$CASUS_TOKEN: not one token"}},
		{"an empty file", "right", "empty", exitUsage, []string{"is empty"}},
		{"a line of a server's file", "", "line", exitUsage, []string{"line: not one token"}},
		{"no such file", "right", "none", exitFailed, []string{"--token-file: ", "none"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Setenv(envToken, c.variable)
			args := []string{"query", "--endpoint", server.URL, "{ __typename }"}
			if c.file != "" {
				args = append(args, "--token-file", filepath.Join(dir, c.file))
			}
			code, stdout, stderr := runCasus(t, "", args...)
			if code != c.code || (code == exitDone) != strings.Contains(stdout, `"Query"`) {
				t.Errorf("exit code %d, want %d\n%s%s", code, c.code, stdout, stderr)
			}
			for _, want := range c.want {
				if !strings.Contains(stderr, want) {
					t.Errorf("stderr lacks %q: %s", want, stderr)
				}
			}
			if strings.Contains(stderr, "right") && c.file == "" || strings.Contains(stderr, "warning") {
				t.Errorf("stderr: %s", stderr)
			}
		})
	}
}

// TestQueryServerWithTokens sends a query to `casus serve` with a token and without.
func TestQueryServerWithTokens(t *testing.T) {
	t.Setenv(envStore, "")
	tokens := filepath.Join(t.TempDir(), "tokens")
	_, secret, _ := runCasus(t, "", "token", "new", "alice", "--file", tokens)
	base, _ := startServer(t, "--sample", "--token-file", tokens)
	for token, want := range map[string]int{"": exitFailed, secret: exitDone, "another-token-here": exitFailed} {
		t.Setenv(envToken, token)
		code, stdout, stderr := runCasus(t, "", "query", "--endpoint", base+"/graphql", "{ __typename }")
		refused := strings.Contains(stderr, "it answered 401") && strings.Contains(stderr, "hint: ")
		if code != want || refused != (want == exitFailed) || strings.Contains(stdout, `"Query"`) == refused {
			t.Errorf("with %q: exit code %d, want %d\n%s%s", token, code, want, stdout, stderr)
		}
	}
}

func TestQueryTokenIsNotExposedSilently(t *testing.T) {
	t.Setenv(envToken, "abc")
	ctx, cancel := context.WithCancel(t.Context())
	cancel() // nothing is sent
	var stderr bytes.Buffer
	args := []string{"query", "--endpoint", "http://example.org/graphql", "{ __typename }"}
	run(ctx, args, strings.NewReader(""), io.Discard, &stderr)
	if !strings.Contains(stderr.String(), "warning: the token crosses the network unencrypted") {
		t.Errorf("stderr: %s", stderr.String())
	}
}

func TestQueryTokenNeedsEndpoint(t *testing.T) {
	code, _, stderr := runCasus(t, "", "query", "--sample", "--token-file", "any", "{ __typename }")
	if code != exitUsage || !strings.Contains(stderr, "--token-file needs --endpoint") {
		t.Errorf("exit code %d: %s", code, stderr)
	}
}
