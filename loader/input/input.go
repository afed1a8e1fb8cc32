// Package input opens the files of a load: plain or packed files, the files of archives, and the standard input. It
// looks at their beginning, and refuses binary files with the command that converts them.
package input

import (
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
	// Name is the file's name in rejects.
	Name string
	Open func() (io.ReadCloser, error)
	// ReadOnce is set if the input can be read only once, as the standard input.
	ReadOnce bool
	// Size is the file's size in bytes, or 0 if it is unknown.
	Size int64
	// Encoding is a name from the WHATWG Encoding standard, such as windows-1252. If "", a mapping's applies, or UTF-8.
	Encoding string
	// Modified is when the file was last changed, or zero if that is unknown.
	Modified time.Time
	read     *atomic.Int64 // bytes so far
}

// Position returns how many bytes of the file were read, packed bytes if it is packed.
func (in Input) Position() int64 {
	if in.read == nil {
		return 0
	}
	return in.read.Load()
}

// Files returns the inputs at the given paths: "-" is stdin, files that end in .gz or .zst are decompressed, and a .zip
// is all files in it, in their order. A missing file is NOT_FOUND before anything is loaded.
func Files(paths []string, stdin io.Reader) ([]Input, error) {
	var inputs []Input
	for _, path := range paths {
		if path == "-" {
			open := func() (io.ReadCloser, error) { return io.NopCloser(stdin), nil }
			inputs = append(inputs, Input{Name: "stdin", ReadOnce: true, Open: open})
			continue
		}
		info, err := os.Stat(path)
		switch {
		case err != nil:
			return nil, kg.Errorf(kg.NotFound, "cannot load %s: %w", path, err)
		case info.IsDir():
			return nil, kg.Errorf(kg.BadInput, "cannot load %s: it is a folder; specify its files", path)
		}
		if strings.HasSuffix(strings.ToLower(path), ".zip") {
			packed, err := zipInputs(path, info.Size())
			if err != nil {
				return nil, err
			}
			inputs = append(inputs, packed...)
			continue
		}
		read := &atomic.Int64{}
		open := func() (io.ReadCloser, error) {
			f, err := os.Open(path)
			if err != nil {
				return nil, err
			}
			read.Store(0)
			return decompressed(path, countingReader{f, read})
		}
		inputs = append(inputs, Input{
			Name: path, Size: info.Size(), Modified: info.ModTime(), read: read, Open: open,
		})
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

// FS returns inputs for files of a file system, in the given order.
func FS(fsys fs.FS, names []string) []Input {
	inputs := make([]Input, len(names))
	for i, name := range names {
		inputs[i] = Input{Name: name, Open: func() (io.ReadCloser, error) { return fsys.Open(name) }}
	}
	return inputs
}

// maxZstdWindow bounds the memory for reading a zstd file. The zstd program has the same bound.
const maxZstdWindow = 128 << 20

// decompressed wraps f in the decompressor that the file's name calls for.
func decompressed(name string, f io.ReadCloser) (io.ReadCloser, error) {
	switch ending := strings.ToLower(name); {
	case strings.HasSuffix(ending, ".gz"):
		r, err := gzip.NewReader(f)
		if err != nil {
			return nil, errors.Join(kg.Errorf(kg.BadInput, "%s is not gzip: %w", name, err), f.Close())
		}
		return chainedCloser{r, f}, nil
	case strings.HasSuffix(ending, ".zst"):
		r, err := zstd.NewReader(f, zstd.WithDecoderMaxWindow(maxZstdWindow), zstd.WithDecoderConcurrency(1),
			zstd.WithDecoderLowmem(true))
		if err != nil {
			return nil, errors.Join(kg.Errorf(kg.BadInput, "%s is not zstd: %w", name, err), f.Close())
		}
		return chainedCloser{r.IOReadCloser(), f}, nil
	}
	return f, nil
}

// chainedCloser closes a reader and the reader below it.
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

// UncompressedName returns a file's name without the ending of its compression.
func UncompressedName(name string) string {
	for _, packed := range []string{".gz", ".zst"} {
		if strings.HasSuffix(strings.ToLower(name), packed) {
			name = name[:len(name)-len(packed)]
		}
	}
	return name
}
