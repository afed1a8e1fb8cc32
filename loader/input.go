package loader

import (
	"compress/gzip"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/klauspost/compress/zstd"

	"casus/internal/kg"
)

// Input is one file to load.
type Input struct {
	// Name is what rejects call it.
	Name string
	Open func() (io.ReadCloser, error)
}

// Files names files to load: "-" is stdin; names that end in .gz or .zst are unpacked. A file that is not there is a
// NOT_FOUND at once, before anything is loaded.
func Files(paths []string, stdin io.Reader) ([]Input, error) {
	var inputs []Input
	for _, path := range paths {
		if path == "-" {
			inputs = append(inputs, Input{"stdin", func() (io.ReadCloser, error) { return io.NopCloser(stdin), nil }})
			continue
		}
		info, err := os.Stat(path)
		switch {
		case err != nil:
			return nil, kg.Errorf(kg.NotFound, "cannot load %s: %w", path, err)
		case info.IsDir():
			return nil, kg.Errorf(kg.BadInput, "cannot load %s: it is a folder; name its files", path)
		}
		inputs = append(inputs, Input{path, func() (io.ReadCloser, error) {
			f, err := os.Open(path)
			if err != nil {
				return nil, err
			}
			return unpacked(path, f)
		}})
	}
	return inputs, nil
}

// FS names files of a file system, in the given order.
func FS(fsys fs.FS, names []string) []Input {
	inputs := make([]Input, len(names))
	for i, name := range names {
		inputs[i] = Input{name, func() (io.ReadCloser, error) { return fsys.Open(name) }}
	}
	return inputs
}

// unpacked reads a file through what its name says it was packed by.
func unpacked(name string, f io.ReadCloser) (io.ReadCloser, error) {
	switch {
	case strings.HasSuffix(name, ".gz"):
		r, err := gzip.NewReader(f)
		if err != nil {
			return nil, kg.Errorf(kg.BadInput, "%s is not gzip: %w", name, err)
		}
		return both{r, f}, nil
	case strings.HasSuffix(name, ".zst"):
		r, err := zstd.NewReader(f)
		if err != nil {
			return nil, kg.Errorf(kg.BadInput, "%s is not zstd: %w", name, err)
		}
		return both{r.IOReadCloser(), f}, nil
	}
	return f, nil
}

// both closes what it reads through and what that reads from.
type both struct {
	io.ReadCloser
	under io.Closer
}

func (b both) Close() error {
	err := b.ReadCloser.Close()
	if e := b.under.Close(); err == nil {
		err = e
	}
	return err
}
