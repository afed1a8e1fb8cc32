// Package wacz reads the pages of web archives in the WACZ format: a zip archive with a list of pages and the records
// of a crawl.
package wacz

import (
	"archive/zip"
	"context"
	"errors"
	"io"
	"strings"
	"time"

	"casus/internal/extract/article"
	"casus/internal/extract/warc"
	"casus/internal/kg"
	"casus/internal/zipfile"
)

// maxContent bounds the bytes of all pages together.
const maxContent = 256 << 20

// Read returns the pages of an archive of size bytes: all, or the one that choice names by its number in the list of
// pages or by its address. Errors: BAD_INPUT for a file that is no such archive, NOT_FOUND if the choice is not in it,
// LIMIT_EXCEEDED, TIMEOUT. Records that cannot be read are an error of the pages that need them.
func Read(ctx context.Context, path string, in io.ReaderAt, size int64, choice string) ([]*Page, error) {
	files, err := zipfile.List(path, in, size)
	if err != nil {
		return nil, err
	}
	pages, err := readLists(ctx, files, choice)
	if err != nil {
		return nil, kg.Errorf(kg.CodeOf(err), "%s: %w", path, err)
	}
	s := newScan(pages)
	for _, f := range files {
		if !isArchive(f.Name) {
			continue
		}
		if err := s.read(ctx, f); kg.CodeOf(err) == kg.Timeout {
			return nil, err
		} else if err != nil {
			s.fail(kg.Errorf(kg.CodeOf(err), "%s: %w", f.Name, err))
		}
	}
	return pages, nil
}

// isArchive reports whether a file of an archive has records of a crawl.
func isArchive(name string) bool {
	name = strings.ToLower(name)
	return strings.HasPrefix(name, "archive/") && (strings.HasSuffix(name, ".warc") || strings.HasSuffix(name, ".warc.gz"))
}

// scan looks for the HTML of pages.
type scan struct {
	pages   []*Page
	byKey   map[string][]*Page
	content int64 // bytes so far
	// packed and unpacked are the bytes of the archives that may still be read.
	packed, unpacked int64
}

func newScan(pages []*Page) *scan {
	s := &scan{pages: pages, byKey: map[string][]*Page{}, packed: warc.MaxBytes, unpacked: warc.MaxBytes}
	for _, p := range pages {
		s.byKey[key(p.URL)] = append(s.byKey[key(p.URL)], p)
	}
	return s
}

// fail notes why the pages without HTML have none.
func (s *scan) fail(err error) {
	for _, p := range s.pages {
		if p.html == nil && p.fault == nil {
			p.fault = err
		}
	}
}

// complete reports whether every page has the record that was captured with it.
func (s *scan) complete() bool {
	for _, p := range s.pages {
		if p.html == nil || p.distance >= time.Second {
			return false
		}
	}
	return true
}

// read reads the records of one archive.
func (s *scan) read(ctx context.Context, f *zip.File) error {
	if s.complete() {
		return nil
	}
	in, err := f.Open()
	if err != nil {
		return kg.Errorf(kg.BadInput, "cannot read it: %w", err)
	}
	defer func() { _ = in.Close() }() // it was only read
	counted := &io.LimitedReader{R: in, N: s.packed}
	r, err := warc.NewReader(ctx, counted, s.unpacked)
	if err != nil {
		return err
	}
	defer func() { s.packed, s.unpacked = counted.N, r.Left() }()
	for {
		rec, err := r.Next()
		if errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		pages := s.byKey[key(rec.URI)]
		if pages == nil {
			continue
		}
		body, err := rec.Body(article.MaxBytes, isPage)
		switch {
		case kg.CodeOf(err) == kg.Timeout:
			return err
		case err != nil:
			for _, p := range pages {
				p.fault = err
			}
		case body.Content != nil:
			if err := s.add(pages, rec, body); err != nil {
				return err
			}
		}
		if s.complete() {
			return nil
		}
	}
}

// add sets the HTML of pages to a record, unless they have one that was captured nearer to their time.
func (s *scan) add(pages []*Page, rec warc.Record, body warc.Body) error {
	for _, p := range pages {
		distance := rec.Date.Sub(p.Captured).Abs()
		if p.html != nil && p.distance <= distance {
			continue
		}
		if s.content += int64(len(body.Content) - len(p.html)); s.content > maxContent {
			return kg.Errorf(kg.LimitExceeded, "its pages have more than %d bytes: choose one with --page", maxContent)
		}
		p.html, p.htmlType, p.distance, p.fault = body.Content, body.ContentType, distance, nil
	}
	return nil
}

// isPage reports whether a response is a page of HTML.
func isPage(status int, contentType string) bool {
	kind, _, _ := strings.Cut(strings.ToLower(contentType), ";")
	kind = strings.TrimSpace(kind)
	return status == 200 && (kind == "text/html" || kind == "application/xhtml+xml")
}
