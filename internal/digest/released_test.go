package digest_test

import (
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"testing"

	"casus/internal/check"
	"casus/internal/store"
	"casus/internal/store/open"
	"casus/loader"
)

// TestReleasedStores opens the store of each released version, which updates it, and restores the export that the same
// version made of it. Both are the same graph, without a break. `.ci/release/store.sh` makes both files.
func TestReleasedStores(t *testing.T) {
	folders, err := filepath.Glob("testdata/released/*")
	if err != nil || len(folders) == 0 {
		t.Fatalf("no released versions: %v", err)
	}
	for _, folder := range folders {
		t.Run(filepath.Base(folder), func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "casus.db")
			if err := os.WriteFile(path, unzipped(t, filepath.Join(folder, "casus.db.gz")), 0o600); err != nil {
				t.Fatal(err)
			}
			updated := opened(t, path)
			export := filepath.Join(t.TempDir(), "graph.jsonl")
			if err := os.WriteFile(export, unzipped(t, filepath.Join(folder, "graph.jsonl.gz")), 0o600); err != nil {
				t.Fatal(err)
			}
			restored := opened(t, filepath.Join(t.TempDir(), "casus.db"))
			files, err := loader.Files([]string{export}, nil)
			if err != nil {
				t.Fatal(err)
			}
			report, err := loader.Load(t.Context(), restored, files, loader.Options{Restore: true})
			if err != nil || report.Rejected > 0 || report.Applied < 100 {
				t.Fatalf("restored %+v, %v", report, err)
			}
			if got, want := digestOf(t, updated), digestOf(t, restored); got != want {
				t.Errorf("the updated store is %s, the restored one %s", got, want)
			}
			breaks, err := check.Run(t.Context(), updated, check.Options{})
			if err != nil || len(breaks.Breaks) > 0 {
				t.Errorf("%v %+v", err, breaks.Breaks)
			}
		})
	}
}

func opened(t *testing.T, path string) store.Store {
	t.Helper()
	s, err := open.Open(t.Context(), "sqlite:"+path, open.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func unzipped(t *testing.T, path string) []byte {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	content, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return content
}
