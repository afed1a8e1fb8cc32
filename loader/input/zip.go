package input

import (
	"errors"
	"io"
	"os"
	"sync"
	"sync/atomic"

	"casus/internal/kg"
	"casus/internal/zipfile"
)

// zipFile is a zip archive that is open while any of its files is, so that thousands of inputs share one listing.
type zipFile struct {
	path  string
	mu    sync.Mutex
	file  *os.File
	users int
}

// ReadAt reads from the open archive.
func (z *zipFile) ReadAt(p []byte, at int64) (int, error) {
	z.mu.Lock()
	f := z.file
	z.mu.Unlock()
	if f == nil {
		return 0, os.ErrClosed
	}
	return f.ReadAt(p, at)
}

func (z *zipFile) acquire() error {
	z.mu.Lock()
	defer z.mu.Unlock()
	if z.users == 0 {
		f, err := os.Open(z.path)
		if err != nil {
			return err
		}
		z.file = f
	}
	z.users++
	return nil
}

// Close releases one use of the archive.
func (z *zipFile) Close() error {
	z.mu.Lock()
	defer z.mu.Unlock()
	if z.users--; z.users > 0 {
		return nil
	}
	f := z.file
	z.file = nil
	return f.Close()
}

// zipInputs returns the files in an archive, without folders and files that an operating system adds.
func zipInputs(path string, size int64) (inputs []Input, err error) {
	z := &zipFile{path: path}
	if err := z.acquire(); err != nil {
		return nil, kg.Errorf(kg.NotFound, "cannot load %s: %w", path, err)
	}
	defer func() { err = errors.Join(err, z.Close()) }()
	files, err := zipfile.List(path, z, size)
	if kg.CodeOf(err) == kg.LimitExceeded {
		return nil, kg.Errorf(kg.BadInput, "%w: unpack it and load its files in several commands", err)
	} else if err != nil {
		return nil, err
	}
	for _, f := range files {
		read := &atomic.Int64{}
		open := func() (io.ReadCloser, error) {
			if err := z.acquire(); err != nil {
				return nil, err
			}
			member, err := f.Open()
			if err != nil {
				return nil, errors.Join(err, z.Close())
			}
			read.Store(0)
			return decompressed(f.Name, chainedCloser{countingReader{member, read}, z})
		}
		inputs = append(inputs, Input{
			Name: path + "/" + f.Name, Size: int64(f.UncompressedSize64), Modified: f.Modified, read: read, Open: open,
		})
	}
	return inputs, nil
}
