package warc

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"

	"casus/internal/kg"
)

// record returns a record with CRLF, as archives have it.
func record(kind, uri, contentType, block string) string {
	return fmt.Sprintf("WARC/1.1\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\nWARC-Date: 2031-03-05T10:00:00Z\r\n"+
		"Content-Type: %s\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", kind, uri, contentType, len(block), block)
}

func response(uri, header, body string) string {
	return record("response", uri, "application/http; msgtype=response", "HTTP/1.1 200 OK\r\n"+header+"\r\n"+body)
}

func packed(t testing.TB, s string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := io.WriteString(w, s); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func all(int, string) bool { return true }

// read returns one line for each record.
func read(t testing.TB, archive string, limit int64) (lines []string, err error) {
	r, err := NewReader(t.Context(), strings.NewReader(archive), MaxBytes)
	if err != nil {
		return nil, err
	}
	for {
		rec, err := r.Next()
		if errors.Is(err, io.EOF) {
			return lines, nil
		} else if err != nil {
			return lines, err
		}
		body, err := rec.Body(limit, all)
		lines = append(lines, fmt.Sprintf("%s %s %s: %d %s %q %v", rec.Type, rec.URI, rec.Date.Format(time.RFC3339),
			body.Status, body.ContentType, body.Content, err))
	}
}

func TestRecords(t *testing.T) {
	info := record("warcinfo", "", "application/warc-fields", "software: test\r\n")
	page := response("https://a.example/", "Content-Type: text/html\r\n", "<p>Hello</p>")
	want := []string{
		`warcinfo  2031-03-05T10:00:00Z: 0  "" <nil>`,
		`response https://a.example/ 2031-03-05T10:00:00Z: 200 text/html "<p>Hello</p>" <nil>`,
		`resource urn:text 2031-03-05T10:00:00Z: 200 text/plain "words" <nil>`,
		`request https://a.example/ 2031-03-05T10:00:00Z: 0  "" <nil>`,
	}
	rest := record("resource", "<urn:text>", "text/plain", "words") +
		record("request", "https://a.example/", "application/http", "GET / HTTP/1.1\r\n\r\n")
	for name, archive := range map[string]string{
		"plain":                   info + page + rest,
		"packed record by record": packed(t, info) + packed(t, page) + packed(t, rest),
		"packed as a whole":       packed(t, info+page+rest),
		"line breaks of one byte": strings.ReplaceAll(info, "\r\n\r\nsoft", "\n\nsoft") + page + rest,
		"continued lines, version": strings.NewReplacer("Type: warc", "Type:\r\n warc", "/1.1", "/1.0").Replace(info) +
			page + rest,
	} {
		got, err := read(t, archive, 1000)
		if err != nil || strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("%s: %v\n%s", name, err, strings.Join(got, "\n"))
		}
	}
}

// TestBodies reads bodies that are packed in every way, and ones that are not packed although their header says so.
func TestBodies(t *testing.T) {
	text := strings.Repeat("word ", 50)
	write := func(make func(w io.Writer) io.WriteCloser) string {
		var b bytes.Buffer
		w := make(&b)
		if _, err := io.WriteString(w, text); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	codings := map[string]string{
		"gzip":    packed(t, text),
		"deflate": write(func(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) }),
		"br":      write(func(w io.Writer) io.WriteCloser { return brotli.NewWriter(w) }),
		"zstd": write(func(w io.Writer) io.WriteCloser {
			e, err := zstd.NewWriter(w)
			if err != nil {
				t.Fatal(err)
			}
			return e
		}),
		"nothing": text,
	}
	for coding, body := range codings {
		chunks := fmt.Sprintf("5\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n", body[:5], len(body)-5, body[5:])
		for name, archive := range map[string]string{
			"packed":             response("u", "Content-Encoding: "+coding+"\r\n", body),
			"chunked and packed": response("u", "transfer-encoding: chunked\r\nContent-Encoding: "+coding+"\r\n", chunks),
			"not as it says":     response("u", "Transfer-Encoding: chunked\r\nContent-Encoding: "+coding+"\r\n", text),
		} {
			got, err := read(t, archive, 1000)
			if want := fmt.Sprintf("200  %q <nil>", text); err != nil || len(got) != 1 || !strings.HasSuffix(got[0], want) {
				t.Errorf("%s, %s: %v %q", coding, name, err, got)
			}
		}
		// One byte less than the text is too little, whichever way it is packed.
		got, err := read(t, response("u", "Content-Encoding: "+coding+"\r\n", body), int64(len(text)-1))
		if err != nil || len(got) != 1 || !strings.Contains(got[0], "the body is too long") {
			t.Errorf("%s: %v %q", coding, err, got)
		}
	}
}

func TestFaults(t *testing.T) {
	page := response("u", "", "body")
	for _, c := range []struct {
		name, archive, want string
		records             int
		code                kg.ErrorCode
	}{
		{"something else", "PK\x03\x04 nothing\n\n", "record 1 of the archive is not WARC", 0, kg.BadInput},
		{"another version", strings.Replace(page, "1.1", "0.9", 1), "is not WARC 1.0 or 1.1", 0, kg.BadInput},
		{"no length", strings.Replace(page, "Content-Length", "Length", 1), "has no length", 0, kg.BadInput},
		{"a negative length", "WARC/1.0\r\nContent-Length: -1\r\n\r\n", `the length "-1"`, 0, kg.BadInput},
		{"a short block", page + strings.Replace(page, "Length: ", "Length: 9", 1), "ends within record 2", 2, kg.BadInput},
		{"a short header", page + page[:40], "ends within the header of record 2", 1, kg.BadInput},
		{"an endless line", "WARC/1.0\r\nX: " + strings.Repeat("x", maxHeader), "is too long", 0, kg.BadInput},
		{"an endless header", "WARC/1.0\r\n" + strings.Repeat("X: y\r\n", maxHeader), "is too long", 0, kg.BadInput},
		{"a cut packed record", packed(t, page)[:60], "is damaged", 0, kg.BadInput},
		{"a broken sum", packed(t, page)[:len(packed(t, page))-8] + "12345678", "is damaged", 1, kg.BadInput},
	} {
		got, err := read(t, c.archive, 1000)
		if kg.CodeOf(err) != c.code || !strings.Contains(err.Error(), c.want) || len(got) != c.records {
			t.Errorf("%s: %v after %d records, want %q after %d", c.name, err, len(got), c.want, c.records)
		}
	}
	got, err := read(t, response("u", strings.Repeat("X: y\r\n", maxHeader/6), "body"), 1000)
	if err != nil || len(got) != 1 || !strings.Contains(got[0], "whose header does not end within") {
		t.Errorf("a long HTTP header: %v %q", err, got)
	}
	// A small archive that unpacks to more than the limit ends there.
	bomb := packed(t, record("resource", "u", "text/html", strings.Repeat("0", 1<<20)))
	r, err := NewReader(t.Context(), strings.NewReader(bomb), 1000)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.Next(); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Next(); kg.CodeOf(err) != kg.LimitExceeded || r.Left() != 0 {
		t.Errorf("a bomb: %v, %d left", err, r.Left())
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if r, err = NewReader(ended, strings.NewReader(page), 1000); err == nil {
		_, err = r.Next()
	}
	if kg.CodeOf(err) != kg.Timeout {
		t.Errorf("after the end of the context: %v", err)
	}
}

// FuzzReader reads arbitrary archives, whose bodies and number of records stay within their bounds.
func FuzzReader(f *testing.F) {
	page := response("https://a.example/", "Content-Type: text/html\r\nContent-Encoding: gzip\r\n",
		packed(f, "<p>Hello</p>"))
	f.Add([]byte(page))
	f.Add([]byte(packed(f, page) + packed(f, record("resource", "u", "text/html", "x"))))
	f.Add([]byte(response("u", "Transfer-Encoding: chunked\r\nContent-Encoding: br, zstd\r\n", "1\r\nx\r\n0\r\n\r\n")))
	f.Fuzz(func(t *testing.T, archive []byte) {
		const limit = 1 << 16
		r, err := NewReader(t.Context(), bytes.NewReader(archive), limit)
		if err != nil {
			return
		}
		for n := 0; ; n++ {
			rec, err := r.Next()
			if err != nil {
				if kg.CodeOf(err) == kg.Internal && !errors.Is(err, io.EOF) {
					t.Fatalf("an error without a code: %v", err)
				}
				return
			}
			if n > limit {
				t.Fatal("more records than bytes")
			}
			body, err := rec.Body(1000, all)
			if len(body.Content) > 1000 && err == nil {
				t.Fatalf("a body of %d bytes", len(body.Content))
			}
		}
	})
}
