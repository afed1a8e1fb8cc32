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

// The formats.
const (
	Text     Format = "text"
	Markdown Format = "markdown"
	HTML     Format = "html"
)

// Formats returns the formats.
func Formats() []Format { return []Format{Text, Markdown, HTML} }

// Article is an article as it was read.
type Article struct {
	// Text is what claims rest on: a text file as it is, Markdown without its front matter, the readable part of a page.
	Text string
	// SHA256 is the hash of the text in lower-case hexadecimal.
	SHA256 string
	Metadata
	Published edtf.Time
}

// Read reads an article from the content of a file. A format that is empty is detected by the name and the content.
// given are facts that take precedence over the file's. Errors are BAD_INPUT, for an article without a date as well: a
// claim is known from the publication of its document.
func Read(name string, content []byte, format Format, given Metadata) (Article, error) {
	if len(content) > MaxBytes {
		return Article{}, kg.Errorf(kg.BadInput, "%s has more than %d bytes", name, MaxBytes)
	}
	if format == "" {
		format = Detect(name, content)
	}
	var a Article
	var err error
	switch format {
	case HTML:
		a, err = readHTML(content, given.Address)
	case Markdown, Text:
		var s string
		if s, err = decode(content); err == nil {
			a.Text = s
			if format == Markdown {
				a, err = readMarkdown(s)
			}
		}
	default:
		return a, kg.Errorf(kg.BadInput, "unknown format %q of an article; must be text, markdown or html", format)
	}
	if err != nil {
		return a, kg.Errorf(kg.BadInput, "%s: %w", name, err)
	}
	if text.IsBlank(a.Text) {
		return a, kg.Errorf(kg.BadInput, "%s has no text", name)
	}
	if strings.ContainsRune(a.Text, 0) || strings.ContainsRune(a.Text, '\uFDD0') {
		return a, kg.Errorf(kg.BadInput, "%s has a zero byte or U+FDD0, and so is not a text", name)
	}
	return a.complete(name, given)
}

// complete adds the given facts, the hash and the date.
func (a Article) complete(name string, given Metadata) (Article, error) {
	sum := sha256.Sum256([]byte(a.Text))
	a.SHA256 = hex.EncodeToString(sum[:])
	a.dropFaulty()
	a.Title = shorten(cmp.Or(given.Title, a.Title, firstLine(a.Text)))
	a.Publisher = cmp.Or(given.Publisher, a.Publisher)
	a.Address = cmp.Or(given.Address, a.Address)
	a.Language = cmp.Or(given.Language, a.Language)
	a.Metadata.Published = cmp.Or(given.Published, a.Metadata.Published)
	if err := a.check(); err != nil {
		return a, kg.Errorf(kg.BadInput, "%s: %w", name, err)
	}
	if a.Language != "" {
		a.Language = language.Make(a.Language).String()
	}
	switch published := a.Metadata.Published; {
	case published == "" && a.Unreadable != "":
		return a, kg.Errorf(kg.BadInput, "%s: the page's date %q is not in ISO 8601: specify --published DATE, such as "+
			"--published 2031-03-02", name, a.Unreadable)
	case published == "":
		return a, kg.Errorf(kg.BadInput, "%s has no date of publication, from which its claims are known: specify "+
			"--published DATE, such as --published 2031-03-02", name)
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

// Detect returns the format of a file by the end of its name, else by its content.
func Detect(name string, content []byte) Format {
	name = strings.ToLower(name)
	for _, c := range []struct {
		format Format
		ends   []string
	}{{HTML, []string{".html", ".htm", ".xhtml"}}, {Markdown, []string{".md", ".markdown"}}, {Text, []string{".txt"}}} {
		for _, end := range c.ends {
			if strings.HasSuffix(name, end) {
				return c.format
			}
		}
	}
	start := strings.ToLower(strings.TrimSpace(string(content[:min(len(content), 1024)])))
	switch {
	case strings.HasPrefix(start, "<!doctype html"), strings.HasPrefix(start, "<html"), strings.HasPrefix(start, "<?xml"):
		return HTML
	case strings.HasPrefix(start, "---\n"), strings.HasPrefix(start, "# "):
		return Markdown
	}
	return Text
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
