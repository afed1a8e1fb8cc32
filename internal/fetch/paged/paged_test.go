package paged_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"casus/internal/fetch/paged"
	"casus/internal/kg"
)

// book has pages of rows by number. The first is asked for with "".
type book struct {
	pages [][]string
	total int
	asked []string
	// fail returns an error for a request, by its number.
	fail func(n int) error
	// next replaces the number of the page that follows.
	next func(page int) string
}

func (b *book) page(_ context.Context, next string) (paged.Page, error) {
	b.asked = append(b.asked, next)
	if b.fail != nil {
		if err := b.fail(len(b.asked)); err != nil {
			return paged.Page{}, err
		}
	}
	n, _ := strconv.Atoi(next) // 0 for the first
	page := paged.Page{Total: b.total, ETag: `"e` + next + `"`}
	for _, id := range b.pages[n] {
		page.Rows = append(page.Rows, json.RawMessage(id))
	}
	if n+1 < len(b.pages) {
		page.Next = strconv.Itoa(n + 1)
	}
	if b.next != nil {
		page.Next = b.next(n)
	}
	return page, nil
}

func rows(ids ...string) []string {
	for i, id := range ids {
		ids[i] = fmt.Sprintf("{ \"id\": %q,\n \"text\": \"a\u2028<b>\" }", id)
	}
	return ids
}

func idsOf(t *testing.T, path string) (ids []string) {
	t.Helper()
	content, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	} else if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(content)) {
		var row struct{ ID, Text string }
		if err := json.Unmarshal([]byte(line), &row); err != nil || row.Text != "a\u2028<b>" {
			t.Fatalf("%q: %v", line, err)
		}
		ids = append(ids, row.ID)
	}
	return ids
}

func TestCollect(t *testing.T) {
	for name, c := range map[string]struct {
		book  book
		keep  func(string) bool
		want  string
		code  kg.ErrorCode
		words string
	}{
		"pages":   {book{pages: [][]string{rows("a", "b"), rows("c"), rows("d")}}, nil, "[a b c d]", "", ""},
		"a total": {book{pages: [][]string{rows("a", "b"), rows("c")}, total: 3}, nil, "[a b c]", "", ""},
		"some are kept": {
			book{pages: [][]string{rows("a", "b"), rows("c")}}, func(id string) bool { return id != "b" }, "[a c]", "", "",
		},
		"none is kept": {book{pages: [][]string{rows("a", "b")}}, func(string) bool { return false }, "[]", "", ""},
		"no rows":      {book{pages: [][]string{nil}}, nil, "[]", "", ""},
		"an empty end": {book{pages: [][]string{rows("a"), nil}}, nil, "[a]", "", ""},
		"numbers as ids": {
			book{pages: [][]string{{`{"id": 1, "text": "x"}`, `{"id": 1, "text": "y"}`}}},
			nil, "[]", kg.Conflict, "row 1 came twice",
		},
		"a row twice": {book{pages: [][]string{rows("a", "b"), rows("b")}}, nil, "[]", kg.Conflict, "row b came twice"},
		"too few":     {book{pages: [][]string{rows("a", "b")}, total: 3}, nil, "[]", kg.Conflict, "2 rows came of 3"},
		"far too many": {
			book{pages: [][]string{rows("a")}, total: 1_000_000_000}, nil, "[]", kg.LimitExceeded, "there are 1000000000 rows",
		},
		"too many": {book{pages: [][]string{rows("a", "b")}, total: 1}, nil, "[]", kg.Conflict, "2 rows came of 1"},
		"an empty page": {
			book{pages: [][]string{rows("a"), nil, rows("b")}}, nil, "[]", kg.Unavailable, "page 2 is empty",
		},
		"a loop of one": {
			book{pages: [][]string{rows("a"), rows("b")}, next: func(int) string { return "1" }},
			nil, "[]", kg.Unavailable, "followed by itself",
		},
		"a loop": {
			book{pages: [][]string{rows("a"), rows("b")}, next: func(n int) string { return strconv.Itoa(1 - n) }},
			nil, "[]", kg.Conflict, "row a came twice",
		},
		"no object": {book{pages: [][]string{{`[1]`}}}, nil, "[]", kg.Unavailable, "not a JSON object"},
		"no id":     {book{pages: [][]string{{`{"id": null}`}}}, nil, "[]", kg.Unavailable, "has no id"},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "rows.jsonl")
			d := paged.Download{Path: path, Query: "q", ID: "id", Page: c.book.page, Keep: c.keep}
			result, err := d.Collect(t.Context())
			if kg.CodeOf(err) != c.code || err != nil && !strings.Contains(err.Error(), c.words) {
				t.Fatalf("%v, want %q with %q", err, c.code, c.words)
			}
			got := idsOf(t, path)
			if fmt.Sprint(got) != c.want || err == nil && result.Kept != len(got) {
				t.Errorf("%v %+v, want %s", got, result, c.want)
			}
			files, _ := filepath.Glob(path + ".*")
			if kept := c.code == kg.Unavailable && len(c.book.pages) > 1; len(files) > 0 != kept {
				t.Errorf("left: %v", files)
			}
		})
	}
}

// TestResume interrupts a download after each request in turn, as often as it takes.
func TestResume(t *testing.T) {
	lost := kg.Errorf(kg.Unavailable, "the network is gone")
	for interrupted := 1; interrupted <= 4; interrupted++ {
		path := filepath.Join(t.TempDir(), "rows.jsonl")
		b := book{pages: [][]string{rows("a", "b"), rows("c", "d"), rows("e"), rows("f")}, total: 6}
		b.fail = func(n int) error {
			if n == interrupted {
				return lost
			}
			return nil
		}
		d := paged.Download{Path: path, Query: "q", ID: "id", Page: b.page}
		if _, err := d.Collect(t.Context()); !errors.Is(err, lost) {
			t.Fatal(err)
		}
		// A crash may leave a part of a page behind that the state does not know.
		part, err := os.OpenFile(path+".part", os.O_APPEND|os.O_WRONLY|os.O_CREATE, 0o600)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.WriteString(`{"id": "c", "te` + strings.Repeat("x", 9000)); err != nil || part.Close() != nil {
			t.Fatal(err)
		}
		b.fail, b.asked = nil, nil
		before := d.Partial()
		result, err := d.Collect(t.Context())
		if err != nil || fmt.Sprint(idsOf(t, path)) != "[a b c d e f]" || result.Resumed != before || result.ETag != `"e"` {
			t.Errorf("after %d: %v %+v %v", interrupted, err, result, idsOf(t, path))
		}
		if len(b.asked) != 5-interrupted {
			t.Errorf("after %d: asked for %q", interrupted, b.asked)
		}
	}
}

// TestOtherQueriesAreNotResumed checks that a partial download of another query, and a damaged one, begin again.
func TestOtherQueriesAreNotResumed(t *testing.T) {
	for name, change := range map[string]func(path string, d *paged.Download){
		"another query": func(_ string, d *paged.Download) { d.Query = "other" },
		"a damaged state": func(path string, _ *paged.Download) {
			_ = os.WriteFile(path+".part.json", []byte("{"), 0o600)
		},
		"a shorter part": func(path string, _ *paged.Download) { _ = os.Truncate(path+".part", 3) },
		"no part":        func(path string, _ *paged.Download) { _ = os.Remove(path + ".part") },
	} {
		path := filepath.Join(t.TempDir(), "rows.jsonl")
		b := book{pages: [][]string{rows("a"), rows("b")}}
		b.fail = func(n int) error {
			if n == 2 {
				return errors.New("gone")
			}
			return nil
		}
		d := paged.Download{Path: path, Query: "q", ID: "id", Page: b.page}
		if _, err := d.Collect(t.Context()); err == nil || d.Partial() != 1 {
			t.Fatal(err, d.Partial())
		}
		change(path, &d)
		b.asked, b.fail = nil, nil
		if _, err := d.Collect(t.Context()); err != nil || !slices.Equal(b.asked, []string{"", "1"}) {
			t.Errorf("%s: %v, asked for %q", name, err, b.asked)
		}
		if got := idsOf(t, path); fmt.Sprint(got) != "[a b]" {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// TestChangesWhileResting checks that data that changed since an interruption is noticed.
func TestChangesWhileResting(t *testing.T) {
	path := filepath.Join(t.TempDir(), "rows.jsonl")
	b := book{pages: [][]string{rows("a", "b"), rows("c", "d")}}
	b.fail = func(n int) error {
		if n == 2 {
			return errors.New("gone")
		}
		return nil
	}
	d := paged.Download{Path: path, Query: "q", ID: "id", Page: b.page}
	if _, err := d.Collect(t.Context()); err == nil {
		t.Fatal("no error")
	}
	b.fail, b.pages = nil, [][]string{rows("new", "a"), rows("b", "c"), rows("d")} // a row came in front
	if _, err := d.Collect(t.Context()); kg.CodeOf(err) != kg.Conflict || d.Partial() != 0 {
		t.Errorf("%v, %d rows are kept", err, d.Partial())
	}
	if _, err := d.Collect(t.Context()); err != nil || fmt.Sprint(idsOf(t, path)) != "[new a b c d]" {
		t.Errorf("%v %v", err, idsOf(t, path))
	}
}
