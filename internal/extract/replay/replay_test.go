package replay

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"casus/internal/extract/cache"
	"casus/internal/extract/form"
	"casus/internal/extract/prompt"
	"casus/internal/kg"
)

// ask sends a question and returns the status with the content of the answer, or the error's message.
func ask(t *testing.T, s *Server, method, path, system, user string) (int, string) {
	t.Helper()
	body, err := json.Marshal(map[string]any{"model": "m", "messages": []map[string]string{
		{"role": "system", "content": system}, {"role": "user", "content": user},
	}})
	if err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), method, path, strings.NewReader(string(body))))
	var got struct {
		Choices []struct{ Message struct{ Content string } }
		Error   struct{ Message string }
	}
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil {
		t.Fatalf("%s: %v", w.Body, err)
	}
	if len(got.Choices) == 1 {
		return w.Code, got.Choices[0].Message.Content
	}
	return w.Code, got.Error.Message
}

// TestServer answers from a cache, then from files by the number of the question, then with empty lists.
func TestServer(t *testing.T) {
	const path = "/v1/chat/completions"
	folder := t.TempDir()
	if _, err := New(folder); kg.CodeOf(err) != kg.NotFound {
		t.Errorf("an empty folder: %v", err)
	}
	claims, events := form.Instructions(form.PartClaims), form.Instructions(form.PartEvents)
	for name, content := range map[string]string{"claims.md": "one", "claims.2.json": "two"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	recorded := cache.Entry{Key: prompt.Key("m", events, "recorded"), Content: "from the cache"}
	if err := cache.New(folder).Put(recorded); err != nil {
		t.Fatal(err)
	}
	s, err := New(folder, Broken, TooMany)
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range []struct {
		method, path, system, user string
		status                     int
		text                       string
	}{
		{http.MethodGet, path, claims, "a", http.StatusMethodNotAllowed, "only POST"},
		{http.MethodPost, "/v1/models", claims, "a", http.StatusNotFound, "only /v1/chat/completions"},
		{http.MethodPost, path, claims, "a", http.StatusInternalServerError, "out of memory"},
		{http.MethodPost, path, claims, "a", http.StatusTooManyRequests, "slow down"},
		{http.MethodPost, path, claims, "a", http.StatusOK, "one"},
		{http.MethodPost, path, claims, "b", http.StatusOK, "two"},
		{http.MethodPost, path, claims, "a", http.StatusOK, "one"},
		{http.MethodPost, path, claims, "c", http.StatusOK, `{"claims":[]}`},
		{http.MethodPost, path, events, "recorded", http.StatusOK, "from the cache"},
		{http.MethodPost, path, events, "other", http.StatusNotFound, "events.md"},
		{http.MethodPost, path, "You are a poet.", "a", http.StatusNotFound, "no part of the form"},
	} {
		status, text := ask(t, s, c.method, c.path, c.system, c.user)
		if status != c.status || !strings.Contains(text, c.text) {
			t.Errorf("%d: %d %q, want %d %q", i, status, text, c.status, c.text)
		}
	}
}
