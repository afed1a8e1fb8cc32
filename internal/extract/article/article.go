// Package article reads the text of an article, and what its file says about it: title, publisher, date, address and
// language. The text is never changed: offsets into it and its hash stay valid.
package article

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/language"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/text"
)

// MaxBytes bounds the file of an article.
const MaxBytes = 8 << 20

// Format is the format of an article's file.
type Format string

// The formats. Read reads the first three; the others need a program, and hold several articles.
const (
	Text     Format = "text"
	Markdown Format = "markdown"
	HTML     Format = "html"
	PDF      Format = "pdf"
	WACZ     Format = "wacz"
)

// Formats returns the formats.
func Formats() []Format { return []Format{Text, Markdown, HTML, PDF, WACZ} }

// Article is an article as it was read.
type Article struct {
	// Text is what claims rest on: a text file as it is, Markdown without its front matter, the readable part of a page.
	Text string
	// SHA256 is the hash of the text in lower-case hexadecimal.
	SHA256 string
	Metadata
	Published edtf.Time
}

// Read reads an article from the content of a text, Markdown or HTML file. A format that is empty is detected by the
// name and the content. given are facts that take precedence over the file's. Errors are BAD_INPUT, for an article
// without a date as well: a claim is known from the publication of its document.
func Read(name string, content []byte, format Format, given Metadata) (Article, error) {
	if len(content) > MaxBytes {
		return Article{}, kg.Errorf(kg.BadInput, "%s has more than %d bytes", name, MaxBytes)
	}
	if format == "" {
		format = Detect(name, content)
	}
	var s string
	var found Metadata
	var err error
	switch format {
	case HTML:
		s, found, err = Page(content, "text/html", given.Address)
	case Markdown, Text:
		if s, err = decode(content); err == nil && format == Markdown {
			s, found, err = readMarkdown(s)
		}
	default:
		return Article{}, kg.Errorf(kg.BadInput, "%s: the format %q is not read as a text", name, format)
	}
	if err != nil {
		return Article{}, kg.Errorf(kg.BadInput, "%s: %w", name, err)
	}
	return New(name, s, found, given)
}

// New returns the article of a text, with the facts that its file states. given are facts that take precedence. Errors
// are those of Read.
func New(name, s string, found, given Metadata) (Article, error) {
	a := Article{Text: s, Metadata: found}
	if text.IsBlank(s) {
		return a, kg.Errorf(kg.BadInput, "%s has no text", name)
	}
	if strings.ContainsRune(s, 0) || strings.ContainsRune(s, '\uFDD0') || !utf8.ValidString(s) {
		return a, kg.Errorf(kg.BadInput, "%s has a zero byte, U+FDD0 or invalid UTF-8, and so is not a text", name)
	}
	if len(s) > MaxBytes {
		return a, kg.Errorf(kg.BadInput, "%s has a text of more than %d bytes", name, MaxBytes)
	}
	return a.complete(name, given)
}

// complete adds the given facts, the hash and the date.
func (a Article) complete(name string, given Metadata) (Article, error) {
	sum := sha256.Sum256([]byte(a.Text))
	a.SHA256 = hex.EncodeToString(sum[:])
	a.dropFaulty()
	first, second := given, a.Metadata
	if given.Fallback {
		first, second = second, first
	}
	a.Title = shorten(cmp.Or(first.Title, second.Title, firstLine(a.Text)))
	a.Publisher = cmp.Or(first.Publisher, second.Publisher)
	a.Address = cmp.Or(first.Address, second.Address)
	a.Language = cmp.Or(first.Language, second.Language)
	a.Metadata.Published = cmp.Or(first.Published, second.Published)
	if err := a.check(); err != nil {
		return a, kg.Errorf(kg.BadInput, "%s: %w", name, err)
	}
	if a.Language != "" {
		a.Language = language.Make(a.Language).String()
	}
	wayToDate := cmp.Or(given.DateName, "--published DATE, such as --published 2031-03-02")
	switch published := a.Metadata.Published; {
	case published == "" && a.Unreadable != "":
		return a, kg.Errorf(kg.BadInput, "%s: the page's date %q is not in ISO 8601: specify %s", name, a.Unreadable,
			wayToDate)
	case published == "":
		hint := ""
		if a.Hint != "" {
			hint = " (" + a.Hint + ", which may be another day)"
		}
		return a, kg.Errorf(kg.BadInput, "%s has no date of publication, from which its claims are known: specify %s%s",
			name, wayToDate, hint)
	}
	var err error
	if a.Published, err = edtf.ParseTime(a.Metadata.Published); err != nil {
		return a, kg.Errorf(kg.BadInput, "%s: the date of publication: %w", name, err)
	}
	if !a.Published.Latest.Bounded() {
		return a, kg.Errorf(kg.BadInput, "%s: the date of publication %s has no end", name, a.Published)
	}
	return a, nil
}

// decode returns the text of UTF-8, or of UTF-16 with a byte order mark, which is not part of the text.
func decode(content []byte) (string, error) {
	if bytes.HasPrefix(content, []byte("\xff\xfe")) || bytes.HasPrefix(content, []byte("\xfe\xff")) {
		var err error
		if content, err = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(content); err != nil {
			return "", kg.Errorf(kg.BadInput, "it is not UTF-16, as its first bytes say: %w", err)
		}
	}
	if !utf8.Valid(content) {
		return "", kg.Errorf(kg.BadInput, "it is neither UTF-8 nor UTF-16 with a byte order mark: convert it first")
	}
	return kg.WithoutMark(string(content)), nil
}

// firstLine returns the first line of a text that is not blank.
func firstLine(s string) string {
	for line := range strings.Lines(s) {
		if line = strings.TrimSpace(line); !text.IsBlank(line) {
			return line
		}
	}
	return ""
}

// shorten returns a title of at most 300 characters.
func shorten(s string) string {
	if s = strings.TrimSpace(s); utf8.RuneCountInString(s) > 300 {
		return string([]rune(s)[:299]) + "…"
	}
	return s
}
