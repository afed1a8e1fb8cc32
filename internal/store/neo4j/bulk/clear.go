package bulk

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"casus/internal/kg"
)

// Clear removes from a folder what an earlier bulk load wrote there, and nothing else. A folder that is not there is empty.
func Clear(dir string) error {
	patterns := []string{script}
	for _, d := range layout() {
		patterns = append(patterns, d.file()+"-header.csv", d.file()+"-[0-9].csv")
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
