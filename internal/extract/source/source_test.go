package source

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"casus/internal/extract/article"
	"casus/internal/kg"
)

// write writes files into a folder, by their paths.
func write(t *testing.T, folder string, files map[string]string) {
	t.Helper()
	for name, content := range files {
		at := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(at), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(at, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func TestFolder(t *testing.T) {
	outside := t.TempDir()
	write(t, outside, map[string]string{"secret.txt": "secret"})
	folder := t.TempDir()
	deep := strings.Repeat("d/", maxDepth-1)
	write(t, folder, map[string]string{
		"b.TXT": "b", "a.md": "a", "c/x.html": "<p>", "c/.git/y.txt": "no", "picture.png": "no",
		"a.proposal.jsonl": "", "a.review.json": "", "a.refused.jsonl": "", "a.run.json": "", "run.json": "",
		"a.form.json": "", "a.form.md": "", deep + "last.txt": "deep", deep + "e/deeper.txt": "no",
	})
	for link, target := range map[string]string{
		"out": outside, "secret.txt": filepath.Join(outside, "secret.txt"), "up.txt": "b.TXT",
	} {
		if err := os.Symlink(target, filepath.Join(folder, link)); err != nil {
			t.Fatal(err)
		}
	}
	o := Options{Given: article.Metadata{Published: "2031-03-04"}}
	l, err := o.List(t.Context(), []string{folder})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, i := range l.Items {
		got = append(got, i.Folder+"|"+i.Name)
	}
	want := []string{"|a", "|b", "c|x", strings.TrimSuffix(deep, "/") + "|last"}
	if !slices.Equal(got, want) || l.Folders != 1 {
		t.Errorf("%q, want %q", got, want)
	}
	var skipped []string
	for _, s := range l.Skipped {
		name, err := filepath.Rel(folder, s.Path)
		if err != nil {
			t.Fatal(err)
		}
		skipped = append(skipped, name+": "+s.Reason)
	}
	want = []string{
		"c/.git: hidden", deep + "e: nested more than 8 deep", "out: a link", "picture.png: no known ending",
		"secret.txt: a link", "up.txt: a link",
	}
	if !slices.Equal(skipped, want) || !strings.HasPrefix(l.SkippedText(), "6 files skipped: ") ||
		!strings.HasSuffix(l.SkippedText(), ", ...") {
		t.Errorf("%q, want %q: %s", skipped, want, l.SkippedText())
	}
	// A file that has become a link out of the folder since it was listed is not read.
	at := filepath.Join(folder, "b.TXT")
	if err := os.Remove(at); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(outside, "secret.txt"), at); err != nil {
		t.Fatal(err)
	}
	if a, err := l.Items[1].Read(t.Context()); kg.CodeOf(err) != kg.NotFound || a.Text != "" {
		t.Errorf("a link that leads out: %q, %v", a.Text, err)
	}
	if a, err := l.Items[0].Read(t.Context()); err != nil || a.Text != "a" {
		t.Errorf("%q, %v", a.Text, err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := o.List(ended, []string{folder}); kg.CodeOf(err) != kg.Timeout {
		t.Errorf("after the end of the context: %v", err)
	}
}

func TestFiles(t *testing.T) {
	folder := t.TempDir()
	write(t, folder, map[string]string{"a.txt": "Text", "no.wacz": "text"})
	o := Options{Given: article.Metadata{Published: "2031-03-04"}, Stdin: strings.NewReader("# Title\nText")}
	paths := []string{"a.txt", "-", "missing.md", "no.wacz"}
	for i, name := range paths {
		if name != "-" {
			paths[i] = filepath.Join(folder, name)
		}
	}
	l, err := o.List(t.Context(), paths)
	if err != nil || len(l.Items) != 4 || l.Archives != 1 {
		t.Fatalf("%+v, %v", l, err)
	}
	for i, want := range []string{"Text", "# Title\nText", "cannot read the article", "is not a zip archive"} {
		a, err := l.Items[i].Read(t.Context())
		if i < 2 && (err != nil || a.Text != want) || i >= 2 && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%s: %q, %v, want %q", l.Items[i].Path, a.Text, err, want)
		}
	}
	o.Format = article.WACZ
	if l, err = o.List(t.Context(), []string{"-"}); err == nil {
		_, err = l.Items[0].Read(t.Context())
	}
	if kg.CodeOf(err) != kg.BadInput || !strings.Contains(err.Error(), "not the standard input") {
		t.Errorf("an archive from the standard input: %v", err)
	}
}

func TestForm(t *testing.T) {
	folder := t.TempDir()
	write(t, folder, map[string]string{"c/x.form.md": "answer", "y.form.json": "{}", "y.form.md": "other"})
	for _, c := range []struct {
		item          Item
		content, want string
	}{
		{Item{Folder: "c", Name: "x"}, "answer", "c/x.form.md"},
		{Item{Name: "y"}, "{}", "y.form.json"},
	} {
		content, file, err := c.item.Form(folder)
		if err != nil || string(content) != c.content || file != filepath.Join(folder, c.want) {
			t.Errorf("%s: %q, %s, %v", c.want, content, file, err)
		}
	}
	if _, _, err := (Item{Name: "x"}).Form(folder); kg.CodeOf(err) != kg.NotFound ||
		!strings.Contains(err.Error(), "expected x.form.json or x.form.md") {
		t.Errorf("no form: %v", err)
	}
}

// TestGivenFacts checks that given facts take precedence over the file of one article, and hold for several, or for a
// folder, where a file states none.
func TestGivenFacts(t *testing.T) {
	folder := t.TempDir()
	write(t, folder, map[string]string{
		"a.md": "---\npublished: 2031-01-02\n---\nOne.", "b.txt": "Two.",
	})
	a, b := filepath.Join(folder, "a.md"), filepath.Join(folder, "b.txt")
	for _, c := range []struct{ paths, want []string }{
		{[]string{a}, []string{"2031-03-04"}},
		{[]string{b}, []string{"2031-03-04"}},
		{[]string{a, b}, []string{"2031-01-02", "2031-03-04"}},
		{[]string{folder}, []string{"2031-01-02", "2031-03-04"}},
	} {
		l, err := Options{Given: article.Metadata{Published: "2031-03-04"}}.List(t.Context(), c.paths)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, item := range l.Items {
			read, err := item.Read(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, read.Published.EDTF)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%v: %v, want %v", c.paths, got, c.want)
		}
	}
}
