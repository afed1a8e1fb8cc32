package input

import (
	"archive/zip"
	"errors"
	"io"
	"os"
	"strings"
	"sync"
	"sync/atomic"

	"casus/internal/kg"
)

const (
	// maxZipFiles is the number of files in a zip archive.
	maxZipFiles = 10_000
	// maxZipListing is the number of bytes that may be read to list an archive's files.
	maxZipListing = 16 << 20
)

// zipFile is a zip archive that is open while any of its files is, so that thousands of inputs share one listing.
type zipFile struct {
	path  string
	mu    sync.Mutex
	file  *os.File
	users int
	// listing is how many bytes may still be read while the archive is listed; negative afterwards.
	listing int64
}

var errLongListing = errors.New("its list of files is too long")

// ReadAt reads from the open archive.
func (z *zipFile) ReadAt(p []byte, at int64) (int, error) {
	if z.listing >= 0 {
		if z.listing -= int64(len(p)); z.listing < 0 {
			z.listing = 0
			return 0, errLongListing
		}
	}
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
	z := &zipFile{path: path, listing: maxZipListing}
	if err := z.acquire(); err != nil {
		return nil, kg.Errorf(kg.NotFound, "cannot load %s: %w", path, err)
	}
	defer func() { err = errors.Join(err, z.Close()) }()
	files, err := listZip(path, z, size)
	z.listing = -1
	if err != nil {
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

// listZip returns the files of an archive that are data. Errors: BAD_INPUT if it is not an archive, is encrypted, or
// has no file or too many.
func listZip(path string, in io.ReaderAt, size int64) ([]*zip.File, error) {
	archive, err := zip.NewReader(in, size)
	tooMany := func() error {
		return kg.Errorf(kg.BadInput, "%s has more than %d files: unpack it and load its files in several commands",
			path, maxZipFiles)
	}
	switch {
	case errors.Is(err, errLongListing):
		return nil, tooMany()
	case err != nil && !errors.Is(err, zip.ErrInsecurePath):
		return nil, kg.Errorf(kg.BadInput, "%s is not a zip archive: %w", path, err)
	}
	var files []*zip.File
	for _, f := range archive.File {
		switch {
		case f.FileInfo().IsDir(), strings.HasPrefix(f.Name, "__MACOSX/"), strings.HasSuffix(f.Name, ".DS_Store"):
			continue
		case f.Flags&1 != 0:
			return nil, kg.Errorf(kg.BadInput, "%s is encrypted: unpack it first", path)
		}
		if files = append(files, f); len(files) > maxZipFiles {
			return nil, tooMany()
		}
	}
	if len(files) == 0 {
		return nil, kg.Errorf(kg.BadInput, "%s contains no file", path)
	}
	return files, nil
}
