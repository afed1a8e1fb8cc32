package main

import (
	"bufio"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// fetchURL sends a GET with a tag, if there is one, and returns the response and its body.
func fetchURL(t *testing.T, address, tag string) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	if tag != "" {
		r.Header.Set("If-None-Match", tag)
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }() // it is only read
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response, string(body)
}

// TestRevisionsEndToEnd serves a SQLite store while another run of the program loads into it: the stream tells the new
// revision, and columns and queries with the old tags have new answers.
func TestRevisionsEndToEnd(t *testing.T) {
	dir := t.TempDir()
	store := "sqlite:" + filepath.Join(dir, "casus.db")
	base, stop := startServer(t, "--store", store, "--sample")
	waitReady(t, base)
	stream, err := http.Get(base + "/events")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = stream.Body.Close() }()
	lines := bufio.NewScanner(stream.Body)
	next := func() (id string) {
		for lines.Scan() {
			if id, found := strings.CutPrefix(lines.Text(), "id: "); found {
				return id
			}
		}
		return ""
	}
	first := next()
	addresses := []string{
		base + "/columns?fields=id,start,place", base + "/columns?text=protest",
		base + "/graphql?query=" + url.QueryEscape("{ extent { events } }"),
	}
	tags, bodies := make([]string, len(addresses)), make([]string, len(addresses))
	for i, address := range addresses {
		response, body := fetchURL(t, address, "")
		tags[i], bodies[i] = response.Header.Get("ETag"), body
		if got := response.Header.Get("Casus-Revision"); response.StatusCode != http.StatusOK || got != first || got == "" {
			t.Errorf("%s: %s at revision %q, and %q in the stream: %s", address, response.Status, got, first, body)
		}
		if response, body := fetchURL(t, address, tags[i]); response.StatusCode != http.StatusNotModified || body != "" {
			t.Errorf("%s again: %s %s", address, response.Status, body)
		}
	}
	file := filepath.Join(dir, "more.jsonl")
	if err := os.WriteFile(file, []byte(newRecords), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, stdout, stderr := runCasus(t, "", "load", "--store", store, file); code != exitDone {
		t.Fatalf("%d %s%s", code, stdout, stderr)
	}
	second := next()
	for i, address := range addresses {
		response, body := fetchURL(t, address, tags[i])
		got := response.Header.Get("Casus-Revision")
		if response.StatusCode != http.StatusOK || got == first || response.Header.Get("ETag") == tags[i] ||
			body == bodies[i] {
			t.Errorf("%s after a load: %s at revision %q, before %q: %s", address, response.Status, got, first, body)
		}
	}
	if second == "" || second == first {
		t.Errorf("the stream told revision %q and then %q", first, second)
	}
	began := time.Now()
	if code := stop(); code != 0 || time.Since(began) > 10*time.Second {
		t.Errorf("the server ends with %d after %v", code, time.Since(began))
	}
}

const newRecords = `{"type":"document","id":"document:later","titles":["Later"],"publishedAt":"2026-01-02"}
{"type":"event","id":"event:later","category":"PROTEST","time":"2026-01-01","document":"document:later"}
`
