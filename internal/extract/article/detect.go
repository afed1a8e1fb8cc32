package article

import (
	"bytes"
	"strings"
)

// endings are the ends of the names of articles' files, in lower case.
var endings = map[Format][]string{
	HTML: {".html", ".htm", ".xhtml"}, Markdown: {".md", ".markdown"}, Text: {".txt", ".text"}, PDF: {".pdf"},
	WACZ: {".wacz"},
}

// ByName returns the format of a file by the end of its name, or "".
func ByName(name string) Format {
	name = strings.ToLower(name)
	for _, format := range Formats() {
		for _, end := range endings[format] {
			if strings.HasSuffix(name, end) {
				return format
			}
		}
	}
	return ""
}

// Detect returns the format of a file by the end of its name, else by its content, of which the first bytes suffice.
func Detect(name string, content []byte) Format {
	if format := ByName(name); format != "" {
		return format
	}
	start := strings.ToLower(strings.TrimSpace(string(content[:min(len(content), 1024)])))
	switch {
	case bytes.HasPrefix(content, []byte("%PDF-")):
		return PDF
	case strings.HasPrefix(start, "<!doctype html"), strings.HasPrefix(start, "<html"), strings.HasPrefix(start, "<?xml"):
		return HTML
	case strings.HasPrefix(start, "---\n"), strings.HasPrefix(start, "# "):
		return Markdown
	}
	return Text
}
