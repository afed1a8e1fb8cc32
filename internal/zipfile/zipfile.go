// Package zipfile lists the files of a zip archive that may be hostile.
package zipfile

import (
	"archive/zip"
	"errors"
	"io"
	"strings"

	"casus/internal/kg"
)

const (
	// MaxFiles is the number of files in an archive.
	MaxFiles = 10_000
	// maxListing is the number of bytes that may be read to list an archive's files.
	maxListing = 16 << 20
)

var errLongListing = errors.New("its list of files is too long")

// listing reads an archive, at first no more than remaining bytes, which is negative once the files are listed.
type listing struct {
	io.ReaderAt
	remaining int64
}

func (l *listing) ReadAt(p []byte, at int64) (int, error) {
	if l.remaining >= 0 {
		if l.remaining -= int64(len(p)); l.remaining < 0 {
			l.remaining = 0
			return 0, errLongListing
		}
	}
	return l.ReaderAt.ReadAt(p, at)
}

// List returns the files of the archive in, which has size bytes, without folders and files that an operating system
// adds. Errors: BAD_INPUT if it is not an archive, is encrypted, or has no file; LIMIT_EXCEEDED for more than MaxFiles.
func List(path string, in io.ReaderAt, size int64) ([]*zip.File, error) {
	l := &listing{in, maxListing}
	archive, err := zip.NewReader(l, size)
	l.remaining = -1
	tooMany := func() error { return kg.Errorf(kg.LimitExceeded, "%s has more than %d files", path, MaxFiles) }
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
		if files = append(files, f); len(files) > MaxFiles {
			return nil, tooMany()
		}
	}
	if len(files) == 0 {
		return nil, kg.Errorf(kg.BadInput, "%s contains no file", path)
	}
	return files, nil
}
