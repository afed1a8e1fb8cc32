package wacz

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"strings"
	"testing"

	"casus/internal/extract/article"
	"casus/internal/kg"
)

// file is a file of an archive, in order.
type file struct{ name, content string }

func archive(t testing.TB, files ...file) []byte {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range files {
		part, err := w.Create(f.name)
		if err == nil {
			_, err = part.Write([]byte(f.content))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func packed(t testing.TB, s string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write([]byte(s)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func capture(uri, date, status, contentType, body string) string {
	block := fmt.Sprintf("HTTP/1.1 %s\r\nContent-Type: %s\r\n\r\n%s", status, contentType, body)
	return fmt.Sprintf("WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: %s\r\nWARC-Date: %s\r\n"+
		"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", uri, date,
		len(block), block)
}

// page returns a page of HTML with a date of publication.
func page(sentence, published string) string {
	return `<html lang="en"><head><title>Of the page</title><meta property="og:site_name" content="Astel Post">` +
		`<meta property="article:published_time" content="` + published + `"></head><body><article><p>` +
		strings.Repeat(sentence+" ", 12) + `</p></article></body></html>`
}

const header = `{"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}` + "\n"

func read(t testing.TB, content []byte, choice string) ([]*Page, error) {
	return Read(t.Context(), "crawl.wacz", bytes.NewReader(content), int64(len(content)), choice)
}

func sampleArchive(t testing.TB) []byte {
	return archive(t,
		file{"archive/a.warc.gz", packed(t, capture("https://a.example/one", "2031-03-01T00:00:00Z", "200 OK", "text/html",
			page("The earlier capture of the ferry article.", "2031-03-01"))) +
			packed(t, capture("https://a.example/one", "2031-03-05T10:00:00Z", "200 OK", "text/html; charset=utf-8",
				page("The ferry left the harbour at dawn, they said.", "2031-03-04"))) +
			packed(t, capture("https://a.example/one", "2031-03-09T10:00:00Z", "200 OK", "text/html",
				page("The later capture of the ferry article.", "2031-03-01")))},
		file{"archive/b.warc", capture("https://a.example", "2031-03-05T10:00:01Z", "404 Not Found", "text/html", "gone") +
			capture("https://a.example/picture", "2031-03-05T10:00:01Z", "200 OK", "image/png", "PNG")},
		file{"pages/pages.jsonl", header +
			`{"id": "1", "url": "https://a.example/one#top", "ts": "2031-03-05T10:00:00.512Z", "title": "Ferry talks"}` + "\n" +
			`{"url": "https://a.example/two", "ts": "20310306101500", "text": "Nora Venn met the union."}` + "\n\n" +
			`{"url": "https://a.example/", "title": "Gone"}` + "\n" +
			`{"url": "https://a.example/picture", "title": "Picture"}`},
	)
}

func TestRead(t *testing.T) {
	pages, err := read(t, sampleArchive(t), "")
	if err != nil || len(pages) != 4 {
		t.Fatalf("%d pages, %v", len(pages), err)
	}
	a, err := pages[0].Article("crawl.wacz page 1", article.Metadata{})
	if err != nil {
		t.Fatal(err)
	}
	// The HTML is the capture nearest to the time of the page; its date is the one of publication.
	if strings.Count(a.Text, "left the harbour") != 12 || a.Title != "Ferry talks" || a.Publisher != "Astel Post" ||
		a.Address != "https://a.example/one#top" || a.Published.EDTF != "2031-03-04" || a.Language != "en" ||
		a.Retrieved != "2031-03-05T10:00:00Z" {
		t.Errorf("%+v", a)
	}
	a, err = pages[1].Article("p", article.Metadata{Published: "2031-03-03"})
	if err != nil || a.Text != "Nora Venn met the union." || a.Title != a.Text || a.Retrieved != "2031-03-06T10:15:00Z" {
		t.Errorf("%+v, %v", a, err)
	}
	_, err = pages[1].Article("p", article.Metadata{})
	if err == nil || !strings.Contains(err.Error(), "--published") ||
		!strings.Contains(err.Error(), "the page was captured on 2031-03-06, which may be another day") {
		t.Errorf("without a date: %v", err)
	}
	for _, p := range pages[2:] {
		if _, err := p.Article("p", article.Metadata{Published: "2031"}); kg.CodeOf(err) != kg.BadInput ||
			!strings.Contains(err.Error(), "no HTML of the address https://a.example/") {
			t.Errorf("page %d: %v", p.Number, err)
		}
	}
	for choice, number := range map[string]int{"2": 2, "https://a.example/one": 1, "https://a.example": 3} {
		chosen, err := read(t, sampleArchive(t), choice)
		if err != nil || len(chosen) != 1 || chosen[0].Number != number {
			t.Errorf("%s: %v, %v", choice, chosen, err)
		}
	}
}

// TestExtraPages checks that further pages follow the others, wherever their list is in the archive, and are found.
func TestExtraPages(t *testing.T) {
	content := archive(t,
		file{"pages/extraPages.jsonl", header + `{"url": "https://a.example/b", "text": "The second page."}` + "\n" +
			`{"url": "https://a.example/c", "title": "Third"}`},
		file{"pages/pages.jsonl", header + `{"url": "https://a.example/a", "text": "The first page."}`},
		file{"archive/a.warc", capture("https://a.example/c", "2031-03-05T10:00:00Z", "200 OK", "text/html",
			page("The third page is in the crawl alone.", "2031-03-04"))},
	)
	pages, err := read(t, content, "")
	if err != nil || len(pages) != 3 {
		t.Fatalf("%d pages, %v", len(pages), err)
	}
	for i, want := range []string{"The first page.", "The second page.", "The third page is in the crawl alone."} {
		a, err := pages[i].Article("p", article.Metadata{Published: "2031-03-06"})
		if err != nil || pages[i].Number != i+1 || !strings.Contains(a.Text, want) {
			t.Errorf("page %d: %q, %v, want %q", pages[i].Number, a.Text, err, want)
		}
	}
	for choice, number := range map[string]int{"3": 3, "https://a.example/b": 2} {
		if chosen, err := read(t, content, choice); err != nil || len(chosen) != 1 || chosen[0].Number != number {
			t.Errorf("%s: %v, %v", choice, chosen, err)
		}
	}
	line := `{"url": "https://a.example/1"}` + "\n"
	many := archive(t, file{listName, strings.Repeat(line, MaxPages)}, file{extraListName, line})
	if _, err := read(t, many, ""); kg.CodeOf(err) != kg.LimitExceeded {
		t.Errorf("%d pages: %v", MaxPages+1, err)
	}
	broken := archive(t, file{listName, line}, file{extraListName, line + "{"})
	if _, err := read(t, broken, ""); err == nil || !strings.Contains(err.Error(), "page 2 of pages/extraPages.jsonl") {
		t.Errorf("a broken list: %v", err)
	}
}

func TestReadRefuses(t *testing.T) {
	line := `{"url": "https://a.example/1"}` + "\n"
	long := `{"url": "https://a.example/1", "text": "` + strings.Repeat("x", maxEntry) + `"}`
	encrypted := archive(t, file{"pages/pages.jsonl", line})
	for _, at := range []string{"PK\x03\x04", "PK\x01\x02"} { // the flags of both headers
		i := bytes.Index(encrypted, []byte(at)) + 6
		if at == "PK\x01\x02" {
			i += 2
		}
		encrypted[i] |= 1
	}
	for _, c := range []struct {
		name    string
		content []byte
		choice  string
		want    string
		code    kg.ErrorCode
	}{
		{"not an archive", []byte("text"), "", "crawl.wacz is not a zip archive", kg.BadInput},
		{"another archive", archive(t, file{"a.txt", "x"}), "", "has no pages/pages.jsonl", kg.BadInput},
		{"encrypted", encrypted, "", "is encrypted", kg.BadInput},
		{"no page", archive(t, file{listName, header}), "", "lists no page", kg.BadInput},
		{"no JSON", archive(t, file{listName, header + line + "{"}), "", "page 2 of pages/pages.jsonl is not valid",
			kg.BadInput},
		{"another page", archive(t, file{listName, header + line}), "2", "no page 2 among its 1 pages", kg.NotFound},
		{"a long page", archive(t, file{listName, long}), "", "page 1 of pages/pages.jsonl has more than", kg.BadInput},
		{"many pages", archive(t, file{listName, strings.Repeat(line, MaxPages+1)}), "", "choose one with --page",
			kg.LimitExceeded},
		{"a long list", archive(t, file{listName, line + strings.Repeat(strings.Repeat(" ", 1<<20)+"\n", 64)}), "",
			"has more than 67108864 bytes", kg.LimitExceeded},
	} {
		_, err := read(t, c.content, c.choice)
		if kg.CodeOf(err) != c.code || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s %q", c.name, err, c.code, c.want)
		}
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	content := sampleArchive(t)
	_, err := Read(ended, "crawl.wacz", bytes.NewReader(content), int64(len(content)), "")
	if kg.CodeOf(err) != kg.Timeout {
		t.Errorf("after the end of the context: %v", err)
	}
}

// TestFaultsOfRecords checks that records at fault are errors of the pages that need them alone.
func TestFaultsOfRecords(t *testing.T) {
	good := capture("https://a.example/1", "2031-03-05T10:00:00Z", "200 OK", "text/html",
		page("A ferry left.", "2031-03-04"))
	pages, err := read(t, archive(t,
		file{"archive/a.warc", good + capture("https://a.example/2", "2031-03-05T10:00:00Z", "200 OK", "text/html",
			strings.Repeat("x", article.MaxBytes+1)) + "damage\r\n\r\n"},
		file{listName, `{"url": "https://a.example/1"}` + "\n" + `{"url": "https://a.example/2"}` + "\n" +
			`{"url": "https://a.example/3"}` + "\n" + `{"url": "https://a.example/4", "text": "Some text."}`}), "")
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"", "the body is too long", "archive/a.warc: record 3 of the archive is not WARC", ""} {
		_, err := pages[i].Article("p", article.Metadata{Published: "2031"})
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("page %d: %v, want %q", i+1, err, want)
		}
	}
}

// FuzzRead reads archives whose list of pages and records are arbitrary.
func FuzzRead(f *testing.F) {
	f.Add([]byte(header+`{"url": "https://a.example/1", "ts": "2031-03-05T10:00:00Z", "text": "Text"}`),
		[]byte(capture("https://a.example/1", "2031-03-05T10:00:00Z", "200 OK", "text/html", page("Words.", "2031-03-04"))))
	f.Add([]byte(`{"url": "https://a.example/1"}`),
		[]byte(packed(f, capture("https://a.example/1", "", "200", "text/html", "<p>"))))
	f.Fuzz(func(t *testing.T, list, records []byte) {
		pages, err := read(t, archive(t, file{"archive/a.warc", string(records)}, file{listName, string(list)}), "")
		if err != nil && kg.CodeOf(err) == kg.Internal {
			t.Fatalf("an error without a code: %v", err)
		}
		for _, p := range pages {
			a, err := p.Article("page", article.Metadata{Published: "2031-03-05"})
			if err == nil && strings.TrimSpace(a.Text) == "" {
				t.Fatal("an article without text")
			}
			if err != nil && kg.CodeOf(err) != kg.BadInput {
				t.Fatalf("an error without a code: %v", err)
			}
		}
	})
}
