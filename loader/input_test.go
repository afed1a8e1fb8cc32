package loader_test

import (
	"archive/zip"
	"compress/gzip"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"

	"casus/internal/kg"
	"casus/internal/store/memory"
	"casus/loader"
)

func TestFiles(t *testing.T) {
	dir := t.TempDir()
	write := func(name, line string, pack func(io.Writer) io.WriteCloser) string {
		path := filepath.Join(dir, name)
		f, err := os.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		w := pack(f)
		_, err = io.WriteString(w, line)
		for _, err := range []error{err, w.Close(), f.Close()} {
			if err != nil {
				t.Fatal(err)
			}
		}
		return path
	}
	paths := []string{
		write("a.jsonl", ada, func(w io.Writer) io.WriteCloser { return nopCloser{w} }),
		write("b.jsonl.gz", bo, func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) }),
		write("c.jsonl.zst", paper, func(w io.Writer) io.WriteCloser {
			z, err := zstd.NewWriter(w)
			if err != nil {
				t.Fatal(err)
			}
			return z
		}),
		"-",
	}
	inputs, err := loader.Files(paths, strings.NewReader(meeting))
	if err != nil {
		t.Fatal(err)
	}
	r, err := loader.Load(t.Context(), memory.New(), inputs, loader.Options{})
	if err != nil {
		t.Fatal(err)
	}
	checkCounts(t, r, 4, 0, 0)

	if _, err := loader.Files([]string{filepath.Join(dir, "none")}, nil); kg.CodeOf(err) != kg.NotFound ||
		!strings.Contains(err.Error(), "none") {
		t.Errorf("a missing file: %v", err)
	}
	if _, err := loader.Files([]string{dir}, nil); kg.CodeOf(err) != kg.BadInput {
		t.Errorf("a folder: %v", err)
	}
	for _, name := range []string{"bad.gz", "bad.zst"} {
		path := write(name, "this is not compressed", func(w io.Writer) io.WriteCloser { return nopCloser{w} })
		inputs, err := loader.Files([]string{path}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := loader.Load(t.Context(), memory.New(), inputs, loader.Options{}); kg.CodeOf(err) != kg.BadInput ||
			!strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

type nopCloser struct{ io.Writer }

func (nopCloser) Close() error { return nil }

// Every file of an archive is an input and is decompressed if its name has the suffix of a packed file.
func TestZip(t *testing.T) {
	path := filepath.Join(t.TempDir(), "all.zip")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	w := zip.NewWriter(f)
	for _, name := range []string{"a.jsonl", "folder/", "folder/b.jsonl.gz", "__MACOSX/a.jsonl"} {
		part, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		switch {
		case strings.HasSuffix(name, ".gz"):
			z := gzip.NewWriter(part)
			if _, err := z.Write([]byte(bo)); err != nil || z.Close() != nil {
				t.Fatal(err)
			}
		case name == "a.jsonl":
			if _, err := part.Write([]byte(ada)); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := errors.Join(w.Close(), f.Close()); err != nil {
		t.Fatal(err)
	}
	inputs, err := loader.Files([]string{path}, nil)
	if err != nil || len(inputs) != 2 || inputs[1].Name != path+"/folder/b.jsonl.gz" {
		t.Fatal(inputs, err)
	}
	r, err := loader.Load(t.Context(), memory.New(), inputs, loader.Options{})
	if err != nil || r.Added[kg.KindActor] != 2 {
		t.Errorf("%v %+v", err, r)
	}
	if err := os.WriteFile(path, []byte("no archive"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := loader.Files([]string{path}, nil); kg.CodeOf(err) != kg.BadInput {
		t.Error(err)
	}
}
