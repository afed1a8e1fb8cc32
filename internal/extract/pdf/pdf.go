// Package pdf reads the text of PDF files with the programs pdftotext and pdfinfo of Poppler, where they are installed.
package pdf

import (
	"context"
	"strings"
	"unicode"

	"casus/internal/extract/article"
	"casus/internal/kg"
)

// MaxBytes bounds a file.
const MaxBytes = 64 << 20

// Document is what a PDF file holds.
type Document struct {
	// Text is what pdftotext writes in the order of reading, in which the breaks of lines within a paragraph are spaces.
	Text string
	// Facts are the title, and as a hint when the file was made.
	Facts article.Metadata
}

// Read reads a PDF file. Errors: UNAVAILABLE if Poppler is not installed, TIMEOUT, and BAD_INPUT for a file that it
// cannot read, that is encrypted, or that has no text, such as a scan.
func Read(ctx context.Context, content []byte) (d Document, err error) {
	if len(content) > MaxBytes {
		return d, kg.Errorf(kg.BadInput, "a PDF of more than %d bytes", MaxBytes)
	}
	// The text in the order of reading: -layout would put columns beside one another.
	out, err := run(ctx, content, article.MaxBytes, "pdftotext", "-enc", "UTF-8", "-eol", "unix", "-nopgbrk", "-", "-")
	if err != nil {
		return d, err
	}
	properties, err := run(ctx, content, maxProperties, "pdfinfo", "-enc", "UTF-8", "-isodates", "-")
	if err != nil {
		return d, err
	}
	facts, pages := parseProperties(string(properties))
	d.Text = joinLines(strings.ToValidUTF8(string(out), "\uFFFD"))
	if !strings.ContainsFunc(d.Text, unicode.IsLetter) {
		return d, kg.Errorf(kg.BadInput, "the PDF has no text (pages: %d): if it is a scan, recognise its text first, for "+
			"example with ocrmypdf", pages)
	}
	d.Facts = facts
	return d, nil
}
