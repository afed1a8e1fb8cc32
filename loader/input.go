package loader

import (
	"archive/zip"
	"compress/gzip"
	"errors"
	"io"
	"io/fs"
	"os"
	"strings"
	"sync/atomic"
	"time"

	"github.com/klauspost/compress/zstd"

	"casus/internal/kg"
)

// Input is one file to load.
type Input struct {
	// Name is what rejects call it.
	Name string
	Open func() (io.ReadCloser, error)
	// ReadOnce says that it can be read only once, as the standard input can.
	ReadOnce bool
	// Size is how many bytes the file has; 0: that is not known.
	Size int64
	// Modified is when the file was last changed; zero: that is not known.
	Modified time.Time
	read     *atomic.Int64 // of its bytes
}

func (in Input) position() int64 {
	if in.read == nil {
		return 0
	}
	return in.read.Load()
}

// Files names files to load: "-" is stdin; names that end in .gz or .zst are unpacked; a .zip is all the files in it, in
// their order. A file that is not there is a NOT_FOUND at once, before anything is loaded.
func Files(paths []string, stdin io.Reader) ([]Input, error) {
	var inputs []Input
	for _, path := range paths {
		if path == "-" {
			inputs = append(inputs, Input{Name: "stdin", ReadOnce: true, Open: func() (io.ReadCloser, error) { return io.NopCloser(stdin), nil }})
			continue
		}
		info, err := os.Stat(path)
		switch {
		case err != nil:
			return nil, kg.Errorf(kg.NotFound, "cannot load %s: %w", path, err)
		case info.IsDir():
			return nil, kg.Errorf(kg.BadInput, "cannot load %s: it is a folder; name its files", path)
		}
		if strings.HasSuffix(strings.ToLower(path), ".zip") {
			packed, err := zipInputs(path)
			if err != nil {
				return nil, err
			}
			inputs = append(inputs, packed...)
			continue
		}
		read := &atomic.Int64{}
		inputs = append(inputs, Input{Name: path, Size: info.Size(), Modified: info.ModTime(), read: read, Open: func() (io.ReadCloser, error) {
			f, err := os.Open(path)
			if err != nil {
				return nil, err
			}
			read.Store(0)
			return decompressed(path, countingReader{f, read})
		}})
	}
	return inputs, nil
}

// countingReader counts the bytes that are read.
type countingReader struct {
	io.ReadCloser
	read *atomic.Int64
}

func (c countingReader) Read(p []byte) (int, error) {
	n, err := c.ReadCloser.Read(p)
	c.read.Add(int64(n))
	return n, err
}

// zipInputs lists the files in an archive. Folders, and what a system put there for itself, are none.
func zipInputs(path string) (inputs []Input, err error) {
	archive, err := zip.OpenReader(path)
	if err != nil {
		return nil, kg.Errorf(kg.BadInput, "%s is not zip: %w", path, err)
	}
	defer func() { err = errors.Join(err, archive.Close()) }()
	for i, f := range archive.File {
		if f.FileInfo().IsDir() || strings.HasPrefix(f.Name, "__MACOSX/") || strings.HasSuffix(f.Name, ".DS_Store") {
			continue
		}
		read := &atomic.Int64{}
		inputs = append(inputs, Input{Name: path + "/" + f.Name, Size: int64(f.UncompressedSize64), Modified: f.Modified, read: read, Open: func() (io.ReadCloser, error) {
			archive, err := zip.OpenReader(path)
			if err != nil {
				return nil, err
			}
			one, err := archive.File[i].Open()
			if err != nil {
				return nil, errors.Join(err, archive.Close())
			}
			read.Store(0)
			return decompressed(f.Name, chainedCloser{countingReader{one, read}, archive})
		}})
	}
	if len(inputs) == 0 {
		return nil, kg.Errorf(kg.BadInput, "%s holds no file", path)
	}
	return inputs, nil
}

// FS names files of a file system, in the given order.
func FS(fsys fs.FS, names []string) []Input {
	inputs := make([]Input, len(names))
	for i, name := range names {
		inputs[i] = Input{Name: name, Open: func() (io.ReadCloser, error) { return fsys.Open(name) }}
	}
	return inputs
}

// decompressed reads a file through what its name says it was packed by.
func decompressed(name string, f io.ReadCloser) (io.ReadCloser, error) {
	switch ending := strings.ToLower(name); {
	case strings.HasSuffix(ending, ".gz"):
		r, err := gzip.NewReader(f)
		if err != nil {
			return nil, errors.Join(kg.Errorf(kg.BadInput, "%s is not gzip: %w", name, err), f.Close())
		}
		return chainedCloser{r, f}, nil
	case strings.HasSuffix(ending, ".zst"):
		r, err := zstd.NewReader(f)
		if err != nil {
			return nil, errors.Join(kg.Errorf(kg.BadInput, "%s is not zstd: %w", name, err), f.Close())
		}
		return chainedCloser{r.IOReadCloser(), f}, nil
	}
	return f, nil
}

// chainedCloser closes what it reads through and what that reads from.
type chainedCloser struct {
	io.ReadCloser
	inner io.Closer
}

func (b chainedCloser) Close() error {
	err := b.ReadCloser.Close()
	if e := b.inner.Close(); err == nil {
		err = e
	}
	return err
}
