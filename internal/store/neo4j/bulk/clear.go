package bulk

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"casus/internal/kg"
)

// Clear removes the files of an earlier bulk load from a folder, and nothing else. It does nothing if the folder does
// not exist.
func Clear(dir string) error {
	patterns := []string{script}
	for _, d := range layout() {
		for v := range d.header.variants() {
			patterns = append(patterns, d.file(v)+"-header.csv", d.file(v)+"-[0-9].csv")
		}
	}
	for _, p := range patterns {
		found, err := fs.Glob(os.DirFS(dir), p)
		if err != nil {
			return kg.Errorf(kg.Internal, "look for an earlier bulk load: %w", err)
		}
		for _, name := range found {
			if err := os.Remove(filepath.Join(dir, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return kg.Errorf(kg.Internal, "remove an earlier bulk load: %w", err)
			}
		}
	}
	if err := os.RemoveAll(filepath.Join(dir, spoolFolder)); err != nil {
		return kg.Errorf(kg.Internal, "remove an earlier bulk load: %w", err)
	}
	return nil
}
