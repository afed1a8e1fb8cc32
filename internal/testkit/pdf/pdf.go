// Package pdf makes PDF files for tests: lines of text in any script at places of a page. Its font has no glyphs, only
// a table from codes to characters, which is all that programs that read text need.
package pdf

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf16"
)

const envRequire = "CASUS_REQUIRE_PDF"

// RequirePoppler skips a test where the programs of Poppler are not installed, or fails it if CASUS_REQUIRE_PDF is 1.
func RequirePoppler(t testing.TB) {
	t.Helper()
	for _, program := range []string{"pdftotext", "pdfinfo"} {
		if _, err := exec.LookPath(program); err == nil {
			continue
		}
		if os.Getenv(envRequire) == "1" {
			t.Fatalf("%s=1: %s is not installed", envRequire, program)
		}
		t.Skipf("SKIPPED: no Poppler: %s is not installed", program)
	}
}

// Line is a line of text, whose first letter is X and Y points from the lower left corner of the page.
type Line struct {
	X, Y int
	Text string
}

// File describes a PDF file.
type File struct {
	// Title is the title in its properties, and Created the date of its making, such as D:20310305.
	Title, Created string
	// Pages are the lines of each page.
	Pages [][]Line
	// Locked encrypts it with an unknown password.
	Locked bool
}

// Column returns lines of one column, from its upper left corner.
func Column(x, y int, lines ...string) (all []Line) {
	for i, line := range lines {
		all = append(all, Line{x, y - 14*i, line})
	}
	return all
}

// Bytes returns the file.
func (f File) Bytes() []byte {
	codes := f.codes()
	var w writer
	w.WriteString("%PDF-1.4\n")
	var kids []string
	for i := range f.Pages {
		kids = append(kids, fmt.Sprintf("%d 0 R", 8+2*i))
	}
	w.object("<< /Type /Catalog /Pages 2 0 R >>")
	w.object(fmt.Sprintf("<< /Type /Pages /Kids [%s] /Count %d >>", strings.Join(kids, " "), len(kids)))
	w.object("<< /Type /Font /Subtype /Type0 /BaseFont /Test /Encoding /Identity-H /DescendantFonts [4 0 R] " +
		"/ToUnicode 6 0 R >>")
	w.object("<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Test /FontDescriptor 5 0 R /DW 500 " +
		"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>")
	w.object("<< /Type /FontDescriptor /FontName /Test /Flags 4 /FontBBox [0 -200 500 800] /Ascent 800 /Descent -200 " +
		"/CapHeight 700 /ItalicAngle 0 /StemV 80 >>")
	w.stream(toUnicode(codes))
	w.object(fmt.Sprintf("<< /Title <%s> /CreationDate (%s) >>", hexText("\uFEFF"+f.Title), f.Created))
	for i, lines := range f.Pages {
		w.object(fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "+
			"/Resources << /Font << /F 3 0 R >> >> >>", 9+2*i))
		w.stream(content(lines, codes))
	}
	return w.end(f.Locked)
}

// codes numbers the characters of the file, from 1.
func (f File) codes() map[rune]int {
	codes := map[rune]int{}
	for _, lines := range f.Pages {
		for _, line := range lines {
			for _, r := range line.Text {
				if codes[r] == 0 {
					codes[r] = len(codes) + 1
				}
			}
		}
	}
	return codes
}

// content draws lines. A line in Arabic is drawn from its end, as programs do that write PDF files.
func content(lines []Line, codes map[rune]int) string {
	var b strings.Builder
	b.WriteString("BT /F 12 Tf\n")
	for _, line := range lines {
		runes := []rune(line.Text)
		if slices.ContainsFunc(runes, func(r rune) bool { return unicode.Is(unicode.Arabic, r) }) {
			slices.Reverse(runes)
		}
		fmt.Fprintf(&b, "1 0 0 1 %d %d Tm <", line.X, line.Y)
		for _, r := range runes {
			fmt.Fprintf(&b, "%04X", codes[r])
		}
		b.WriteString("> Tj\n")
	}
	return b.String() + "ET"
}

// toUnicode returns the table from codes to characters.
func toUnicode(codes map[rune]int) string {
	var b strings.Builder
	b.WriteString("/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /T def /CMapType 2 def\n" +
		"1 begincodespacerange <0000> <FFFF> endcodespacerange\n")
	runes := make([]rune, len(codes))
	for r, code := range codes {
		runes[code-1] = r
	}
	for chunk := range slices.Chunk(runes, 100) {
		fmt.Fprintf(&b, "%d beginbfchar\n", len(chunk))
		for _, r := range chunk {
			fmt.Fprintf(&b, "<%04X> <%s>\n", codes[r], hexText(string(r)))
		}
		b.WriteString("endbfchar\n")
	}
	return b.String() + "endcmap CMapName currentdict /CMap defineresource pop end end"
}

// hexText returns a text in UTF-16BE as hexadecimal digits.
func hexText(s string) string {
	var b strings.Builder
	for _, unit := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&b, "%04X", unit)
	}
	return b.String()
}

// writer writes numbered objects and remembers where they are.
type writer struct {
	bytes.Buffer
	offsets []int
}

func (w *writer) printf(format string, args ...any) { _, _ = fmt.Fprintf(w, format, args...) }

func (w *writer) object(body string) {
	w.offsets = append(w.offsets, w.Len())
	w.printf("%d 0 obj\n%s\nendobj\n", len(w.offsets), body)
}

func (w *writer) stream(data string) {
	w.object(fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(data), data))
}

// end writes the table of objects.
func (w *writer) end(locked bool) []byte {
	encryption := ""
	if locked {
		garbage := strings.Repeat("AB", 32)
		w.object(fmt.Sprintf("<< /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P -4 >>", garbage, garbage))
		encryption = fmt.Sprintf(" /Encrypt %d 0 R /ID [<%s> <%s>]", len(w.offsets), garbage[:32], garbage[:32])
	}
	start := w.Len()
	w.printf("xref\n0 %d\n0000000000 65535 f \n", len(w.offsets)+1)
	for _, at := range w.offsets {
		w.printf("%010d 00000 n \n", at)
	}
	w.printf("trailer\n<< /Size %d /Root 1 0 R /Info 7 0 R%s >>\nstartxref\n%d\n%%%%EOF\n", len(w.offsets)+1,
		encryption, start)
	return w.Bytes()
}
