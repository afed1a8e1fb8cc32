package extract

import (
	"os"
	"path/filepath"
	"testing"

	"casus/internal/extract/article"
	"casus/internal/kg"
	"casus/internal/store/memory"
	"casus/loader"
)

// seedArticle returns the path of the news report whose facts the bundled example has, which is not part of the
// project: shared/seed/article.ar.txt in a folder above the project's.
func seedArticle(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		path := filepath.Join(dir, "shared", "seed", "article.ar.txt")
		if _, err := os.Stat(path); err == nil {
			return path
		}
		above := filepath.Dir(dir)
		if above == dir {
			t.Skip("SKIPPED: the news report shared/seed/article.ar.txt is in no folder above the project")
		}
		dir = above
	}
}

// TestSeed converts a form with the facts of a real news report. Every entry enters, every span is verified, and no
// record is rejected.
func TestSeed(t *testing.T) {
	content, err := os.ReadFile(seedArticle(t))
	if err != nil {
		t.Fatal(err)
	}
	a, err := article.Read("article.ar.txt", content, "", article.Metadata{Published: "2025-12-21", Language: "ar"})
	if err != nil {
		t.Fatal(err)
	}
	form, err := os.ReadFile("testdata/seed.form.json")
	if err != nil {
		t.Fatal(err)
	}
	p := convert(t, Converter{}, a, form)
	for _, r := range p.Refused {
		t.Errorf("refused: %+v", r)
	}
	s := memory.New()
	report := load(t, s, p, loader.Options{})
	if report.Applied != len(p.Records) || len(p.Records) < 40 {
		t.Errorf("%d of %d records were applied", report.Applied, len(p.Records))
	}
	if n := checkSpans(t, s); n < 30 || n != report.Spans[kg.SpanVerified] {
		t.Errorf("%d spans are verified, and %d in the report", n, report.Spans[kg.SpanVerified])
	}
}
