package manifest_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"casus/internal/fetch/manifest"
)

func TestManifests(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "a [b]*")
	if err := os.Mkdir(folder, 0o777); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(folder, "rows.jsonl")
	want := manifest.Manifest{Source: "acled", Host: "https://example.org", Rows: 3,
		StartedAt: time.Date(2026, 11, 30, 1, 2, 3, 0, time.UTC)}
	if _, found := manifest.Read(path); found {
		t.Error("there is none yet")
	}
	if err := manifest.Write(t.Context(), path, want); err != nil {
		t.Fatal(err)
	}
	if got, found := manifest.Read(path); !found || got != want {
		t.Errorf("%+v", got)
	}
	if files, _, err := manifest.Files(folder); len(files) > 0 || err != nil {
		t.Errorf("without its file: %q %v", files, err)
	}
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if files, all, err := manifest.Files(folder); err != nil || len(files) != 1 || files[0] != path || all[0] != want {
		t.Errorf("%q %+v %v", files, all, err)
	}
	if err := os.WriteFile(path+".fetch.json", []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, found := manifest.Read(path); found {
		t.Error("a damaged one")
	}
	for range 2 {
		if err := manifest.Remove(path); err != nil {
			t.Error(err)
		}
	}
	if entries, err := os.ReadDir(folder); err != nil || len(entries) > 0 {
		t.Errorf("%v %v", entries, err)
	}
}
