package pdf

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"casus/internal/extract/article"
	"casus/internal/kg"
	kitpdf "casus/internal/testkit/pdf"
)

func TestRead(t *testing.T) {
	kitpdf.RequirePoppler(t)
	two := append(kitpdf.Column(40, 700, "The ferry left the harbour", "at dawn, the union said, and", "came back."),
		kitpdf.Column(320, 700, "Nora Venn met the union in", "Port Astel on Monday. Both", "sides agreed.")...)
	for _, c := range []struct {
		name  string
		file  kitpdf.File
		want  string
		title string
		hint  string
	}{
		{"a headline and a paragraph", kitpdf.File{Title: "Ferry talks", Created: "D:20310305120000Z", Pages: [][]kitpdf.Line{
			kitpdf.Column(40, 700, "Ferry talks", "Nora Venn met the harbour union in Port", "Astel on Monday, she said."),
		}}, "Ferry talks\nNora Venn met the harbour union in Port Astel on Monday, she said.", "Ferry talks",
			"the file was made on 2031-03-05"},
		{"two columns in their order", kitpdf.File{Title: "talks.docx", Pages: [][]kitpdf.Line{two}},
			"The ferry left the harbour at dawn, the union said, and came back.\n\nNora Venn met the union in " +
				"Port Astel on Monday. Both sides agreed.", "", ""},
		{"a divided word", kitpdf.File{Pages: [][]kitpdf.Line{
			kitpdf.Column(40, 700, "The internationali-", "sation of the port."),
		}}, "The internationalisation of the port.", "", ""},
		{"Ukrainian", kitpdf.File{Title: "Порт", Pages: [][]kitpdf.Line{
			kitpdf.Column(40, 700, "Пором вийшов з порту на світанку, сказали", "в управлінні порту. Ніхто не постраждав."),
		}}, "Пором вийшов з порту на світанку, сказали в управлінні порту. Ніхто не постраждав.", "Порт", ""},
		{"Arabic", kitpdf.File{Title: "الميناء", Pages: [][]kitpdf.Line{
			kitpdf.Column(40, 700, "غادرت السفينة الميناء قبل الفجر بحسب", "الناطق باسم الميناء في المدينة"),
		}}, "غادرت السفينة الميناء قبل الفجر بحسب الناطق باسم الميناء في المدينة", "الميناء", ""},
	} {
		d, err := Read(t.Context(), c.file.Bytes())
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		// Controls of the direction are part of the text.
		got := strings.NewReplacer("\u202b", "", "\u202c", "", "\u202a", "").Replace(strings.TrimSpace(d.Text))
		if got != c.want {
			t.Errorf("%s:\n%q, want\n%q", c.name, got, c.want)
		}
		if d.Facts != (article.Metadata{Title: c.title, Hint: c.hint}) {
			t.Errorf("%s: %+v", c.name, d.Facts)
		}
	}
}

func TestReadRefuses(t *testing.T) {
	kitpdf.RequirePoppler(t)
	whole := kitpdf.File{Pages: [][]kitpdf.Line{kitpdf.Column(40, 700, "Some words.")}}.Bytes()
	for _, c := range []struct {
		name    string
		content []byte
		want    string
	}{
		{"encrypted", kitpdf.File{Locked: true, Pages: [][]kitpdf.Line{kitpdf.Column(40, 700, "Secret")}}.Bytes(),
			"encrypted: save a copy without its password"},
		{"a scan", kitpdf.File{Pages: [][]kitpdf.Line{nil, nil}}.Bytes(), "no text (pages: 2): if it is a scan"},
		{"dots alone", kitpdf.File{Pages: [][]kitpdf.Line{kitpdf.Column(40, 700, ". . 7")}}.Bytes(), "no text (pages: 1)"},
		{"nothing", nil, "cannot read the PDF"},
		{"not a PDF", []byte("Nora Venn met the union."), "cannot read the PDF"},
		{"a file that ends early", whole[:60], "cannot read the PDF"},
		{"too long", bytes.Repeat([]byte("x"), MaxBytes+1), "more than"},
	} {
		_, err := Read(t.Context(), c.content)
		if kg.CodeOf(err) != kg.BadInput || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Read(ended, whole); kg.CodeOf(err) != kg.Timeout {
		t.Errorf("after the end of the context: %v", err)
	}
}

// TestRun runs programs in the place of pdftotext, which are not there, write without end, or print their environment.
func TestRun(t *testing.T) {
	folder := t.TempDir()
	t.Setenv("PATH", folder)
	t.Setenv("CASUS_EXTRACT_KEY", "never-to-be-seen")
	if _, err := run(t.Context(), nil, 10, "pdftotext"); kg.CodeOf(err) != kg.Unavailable ||
		!strings.Contains(err.Error(), "apt install poppler-utils") {
		t.Errorf("without the program: %v", err)
	}
	t.Setenv("PATH", folder+string(os.PathListSeparator)+"/usr/bin:/bin")
	program := func(name, script string) string {
		if err := os.WriteFile(filepath.Join(folder, name), []byte("#!/bin/sh\n"+script), 0o700); err != nil {
			t.Fatal(err)
		}
		return name
	}
	endless := program("endless", "while :; do echo aaaaaaaaaaaaaaaaaaaaaa; done")
	if _, err := run(t.Context(), nil, 1000, endless); err == nil ||
		!strings.Contains(err.Error(), "more than 1000 bytes") {
		t.Errorf("without end: %v", err)
	}
	environment := program("environment", "env; echo \"$@\"; cat")
	out, err := run(t.Context(), []byte("content"), 1000, environment, "--", "-x")
	if err != nil || strings.Contains(string(out), "never-to-be-seen") ||
		!strings.HasSuffix(string(out), "-- -x\ncontent") {
		t.Errorf("%q, %v", out, err)
	}
	if _, err := run(t.Context(), nil, 10, program("forbidden", "exit 3")); err == nil ||
		!strings.Contains(err.Error(), "does not allow copying") {
		t.Errorf("forbidden: %v", err)
	}
	if _, err := run(t.Context(), nil, 10, program("locked", "echo Incorrect password >&2; exit 1")); err == nil ||
		!strings.Contains(err.Error(), "encrypted") {
		t.Errorf("locked: %v", err)
	}
}

func TestJoinLines(t *testing.T) {
	for in, want := range map[string]string{
		"":                                 "",
		"one":                              "one",
		"Title\nA long line of words\nend": "Title\nA long line of words end",
		"a b c d\ne f g h\n\ni j k l\nm n": "a b c d e f g h\n\ni j k l m n",
		"\n\nlong line\nlong line\nx\ny\n": "\n\nlong line long line x\ny\n",
		"السفينة\nالميناء قبل":             "السفينة الميناء قبل",
		"\u202bшлях\u202c\n\u202bпорт":     "\u202bшлях\u202c \u202bпорт",
	} {
		got := joinLines(in)
		if got != want || utf8.RuneCountInString(got) != utf8.RuneCountInString(in) {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}
