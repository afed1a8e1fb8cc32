package wacz

import (
	"archive/zip"
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/url"
	"slices"
	"strconv"
	"time"

	"casus/internal/extract/article"
	"casus/internal/kg"
	"casus/internal/text"
)

// The bounds of a list of pages.
const (
	// MaxPages is the number of pages that are read at once.
	MaxPages = 1000
	// maxList bounds a list in unpacked bytes, and maxEntry one page of it.
	maxList  = 64 << 20
	maxEntry = article.MaxBytes + 1<<20
)

// The files with lists of pages: the ones that an archive was made for, and further ones that a crawler came across,
// which an archive need not have.
const (
	listName      = "pages/pages.jsonl"
	extraListName = "pages/extraPages.jsonl"
)

// Page is a page of an archive.
type Page struct {
	// Number is its position in the lists of pages, from 1. Further pages follow the others.
	Number int
	// URL is its address, and Title its title, which may be empty.
	URL, Title string
	// Text is its text in the list of pages, which may be empty.
	Text string
	// Captured is when it was captured; zero if the archive does not say so.
	Captured time.Time

	html     []byte // of the record that was captured nearest to that time
	htmlType string
	distance time.Duration
	fault    error // why there is no HTML, if that is known
}

// entry is a line of the list of pages.
type entry struct {
	URL   string `json:"url"`
	Title string `json:"title"`
	Text  string `json:"text"`
	Time  string `json:"ts"`
}

// lists are the chosen pages of the lists of an archive.
type lists struct {
	choice string
	// number counts all pages so far.
	number int
	pages  []*Page
}

// read adds the chosen pages of a list.
func (l *lists) read(ctx context.Context, f *zip.File) error {
	in, err := f.Open()
	if err != nil {
		return kg.Errorf(kg.BadInput, "cannot read %s: %w", f.Name, err)
	}
	defer func() { _ = in.Close() }() // it was only read
	limited := &io.LimitedReader{R: in, N: maxList}
	lines := bufio.NewScanner(limited)
	lines.Buffer(nil, maxEntry)
	inList := 0
	for lines.Scan() {
		if err := ctx.Err(); err != nil {
			return kg.Errorf(kg.Timeout, "reading the pages was stopped: %w", err)
		}
		line := bytes.TrimSpace(lines.Bytes())
		if len(line) == 0 {
			continue
		}
		var e entry
		if err := json.Unmarshal(line, &e); err != nil {
			return kg.Errorf(kg.BadInput, "page %d of %s is not valid: %w", inList+1, f.Name, err)
		}
		if e.URL == "" { // the header of the list
			continue
		}
		inList++
		l.number++
		if !matches(l.choice, l.number, e.URL) {
			continue
		}
		if len(l.pages) == MaxPages {
			return kg.Errorf(kg.LimitExceeded, "more than %d pages: choose one with --page", MaxPages)
		}
		l.pages = append(l.pages, &Page{
			Number: l.number, URL: e.URL, Title: e.Title, Text: e.Text, Captured: parseTime(e.Time),
		})
	}
	switch err := lines.Err(); {
	case errors.Is(err, bufio.ErrTooLong):
		return kg.Errorf(kg.BadInput, "page %d of %s has more than %d bytes", inList+1, f.Name, maxEntry)
	case err != nil:
		return kg.Errorf(kg.BadInput, "cannot read %s: %w", f.Name, err)
	case limited.N == 0:
		return kg.Errorf(kg.LimitExceeded, "%s has more than %d bytes", f.Name, maxList)
	}
	return nil
}

// chosen returns the chosen pages, of which there must be one.
func (l *lists) chosen() ([]*Page, error) {
	switch {
	case l.number == 0:
		return nil, kg.Errorf(kg.BadInput, "%s lists no page", listName)
	case len(l.pages) == 0:
		return nil, kg.Errorf(kg.NotFound, "no page %s among its %d pages", l.choice, l.number)
	}
	return l.pages, nil
}

// readLists returns the chosen pages of an archive with the files.
func readLists(ctx context.Context, files []*zip.File, choice string) ([]*Page, error) {
	l := lists{choice: choice}
	for _, name := range []string{listName, extraListName} {
		i := slices.IndexFunc(files, func(f *zip.File) bool { return f.Name == name })
		switch {
		case i >= 0:
			if err := l.read(ctx, files[i]); err != nil {
				return nil, err
			}
		case name == listName:
			return nil, kg.Errorf(kg.BadInput, "it has no %s, and so is not a WACZ archive", name)
		}
	}
	return l.chosen()
}

// matches reports whether a page is chosen: by its number, by its address, or because nothing is chosen.
func matches(choice string, number int, address string) bool {
	return choice == "" || choice == strconv.Itoa(number) || key(choice) == key(address)
}

// parseTime returns a time in RFC 3339 or in the 14 digits of older archives, else zero.
func parseTime(s string) time.Time {
	for _, layout := range []string{time.RFC3339Nano, "20060102150405"} {
		if t, err := time.Parse(layout, s); err == nil && t.Year() > 0 && t.Year() < 10_000 {
			return t.UTC()
		}
	}
	return time.Time{}
}

// key returns what pages and records of one address have in common.
func key(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	if u.Fragment, u.RawFragment = "", ""; u.Path == "" {
		u.Path = "/"
	}
	return u.String()
}

// Article returns the article of a page: the text in the list of pages, else the readable part of its HTML. given are
// facts that take precedence. Errors are those of article.Read.
func (p *Page) Article(name string, given article.Metadata) (article.Article, error) {
	var s string
	var facts article.Metadata
	err := p.fault
	if p.html != nil {
		s, facts, err = article.Page(p.html, p.htmlType, p.URL)
	}
	if !text.IsBlank(p.Text) {
		s, err = p.Text, nil
	}
	switch {
	case err != nil:
		return article.Article{}, kg.Errorf(kg.BadInput, "%s: %w", name, err)
	case text.IsBlank(s):
		return article.Article{}, kg.Errorf(kg.BadInput, "%s: the list of pages has no text of it, and the archive no "+
			"HTML of the address %s", name, p.URL)
	}
	if p.Title != "" {
		facts.Title = p.Title
	}
	facts.Address = p.URL
	if !p.Captured.IsZero() {
		facts.Retrieved = p.Captured.Format(time.RFC3339)
		facts.Hint = "the page was captured on " + p.Captured.Format(time.DateOnly)
	}
	return article.New(name, s, facts, given)
}
