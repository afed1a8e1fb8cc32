package fetch

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"casus/internal/fetch/manifest"
	"casus/internal/fetch/paged"
	"casus/internal/kg"
)

// present returns the manifest of a file that is there, of the same source and query as m. It returns CONFLICT for any
// other file of this name.
func (t *target) present(path string, m manifest.Manifest) (there manifest.Manifest, found bool, err error) {
	there, noted := manifest.Read(path)
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return manifest.Manifest{}, false, nil
	} else if err != nil {
		return there, false, kg.Errorf(kg.BadInput, "%w", err)
	}
	if !noted || there.Source != m.Source || there.Host != m.Host || there.Query != m.Query {
		return there, false, t.Hint(kg.Errorf(kg.Conflict, "%s is there, and is not what this command downloads", path),
			"choose another folder with --out")
	}
	return there, true, nil
}

// collect downloads rows into a file with the manifest m, which it completes, and returns both counts and manifest.
// Nothing is stored if there is no row.
func (t *target) collect(
	ctx context.Context, d paged.Download, m manifest.Manifest,
) (paged.Result, manifest.Manifest, error) {
	name := filepath.Base(d.Path)
	if n := d.Partial(); n > 0 {
		t.say("%s: continuing after %d rows", name, n)
	}
	show, end := t.Progress(t.stderr, t.quiet)
	d.Progress = func(rows, total int) { show(Progress{File: name, Rows: rows, TotalRows: total}) }
	result, err := d.Collect(ctx)
	end()
	if err != nil || result.Kept == 0 {
		return result, m, err
	}
	m.Rows, m.ETag, m.FetchedAt = result.Kept, result.ETag, t.now().UTC()
	return result, m, manifest.Write(ctx, d.Path, m)
}
