// Package manifest notes next to a downloaded file where it is from, by which query and when. Terms of use require the
// date of access, and the next run finds its predecessors.
package manifest

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"casus/internal/kg"
	"casus/internal/outfile"
)

// suffix ends the name of a manifest.
const suffix = ".fetch.json"

// maxBytes bounds a manifest.
const maxBytes = 1 << 20

// Manifest says where a file is from. It has no secrets.
type Manifest struct {
	// Source is what `casus fetch` calls it, such as acled.
	Source string `json:"source"`
	// Host and Query are those of the requests; Query is empty for a source without one.
	Host  string `json:"host"`
	Query string `json:"query,omitempty"`
	// Release and Released are for `casus load`, empty if the source has no releases.
	Release  string `json:"release,omitempty"`
	Released string `json:"released,omitempty"`
	// Partial is set if the file is only a part of the release.
	Partial bool `json:"partial,omitempty"`
	// Since is the moment since which changes were asked for. Pending is set until the deletions since then are stored.
	Since   time.Time `json:"since,omitzero"`
	Pending bool      `json:"pending,omitempty"`
	Rows    int       `json:"rows,omitempty"`
	// ETag is the entity tag of the file, or of its first page.
	ETag string `json:"etag,omitempty"`
	// Text is the content itself of a short list whose entries are downloaded.
	Text string `json:"text,omitempty"`
	// StartedAt and FetchedAt are when the download began and ended, by this machine's clock.
	StartedAt time.Time `json:"startedAt"`
	FetchedAt time.Time `json:"fetchedAt"`
}

// Read returns the manifest of a file. found is false if there is none, or one that cannot be read.
func Read(file string) (m Manifest, found bool) {
	content, err := os.ReadFile(file + suffix)
	if err != nil || len(content) > maxBytes || json.Unmarshal(content, &m) != nil {
		return Manifest{}, false
	}
	return m, true
}

// Write stores the manifest of a file.
func Write(ctx context.Context, file string, m Manifest) error {
	content, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return kg.Errorf(kg.Internal, "%w", err)
	}
	return Replace(ctx, file+suffix, append(content, '\n'))
}

// Remove removes a file and its manifest, if they are there.
func Remove(file string) error {
	for _, path := range []string{file, file + suffix} {
		if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return kg.Errorf(kg.Internal, "cannot remove %s: %w", path, err)
		}
	}
	return nil
}

// Replace writes a small file at once, so that no reader sees a part of it.
func Replace(ctx context.Context, path string, content []byte) error {
	f, err := outfile.Guard{Force: true}.Create(ctx, path)
	if err != nil {
		return err
	}
	if _, err := f.Write(content); err != nil {
		return errors.Join(kg.Errorf(kg.Internal, "cannot write %s: %w", path, err), f.Abort())
	}
	return f.Commit()
}

// Files returns the files in a folder that have a manifest, with it, in the order of their names.
func Files(folder string) (files []string, manifests []Manifest, err error) {
	paths, err := filepath.Glob(filepath.Join(escape(folder), "*"+suffix))
	if err != nil {
		return nil, nil, kg.Errorf(kg.Internal, "cannot list %s: %w", folder, err)
	}
	for _, path := range paths {
		file := strings.TrimSuffix(path, suffix)
		m, found := Read(file)
		if _, err := os.Stat(file); err == nil && found {
			files, manifests = append(files, file), append(manifests, m)
		}
	}
	return files, manifests, nil
}

// escape keeps the characters of a folder's name from being a pattern.
func escape(folder string) string {
	return strings.NewReplacer(`\`, `\\`, "*", `\*`, "?", `\?`, "[", `\[`).Replace(folder)
}
