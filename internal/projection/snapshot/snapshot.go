// Package snapshot stores values of projections in files, so that a program that starts again need not read the whole
// store. A file is used only if its format, its checksum and its lengths are right.
package snapshot

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/cespare/xxhash/v2"

	"casus/internal/kg"
	"casus/internal/outfile"
)

// Header identifies what a file holds.
type Header struct {
	// Kind names the value and the version of its format.
	Kind string
	// Revision is the revision of the store that the value is of.
	Revision int64
}

// magic begins every file.
const magic = "casus projection\n"

// bufferSize is the size in bytes of the reads and writes of a file.
const bufferSize = 1 << 18

// Save writes a file, which takes its place at the path only if it is complete. It creates the folder.
func Save(ctx context.Context, path string, h Header, encode func(*Encoder)) error {
	err := outfile.Guard{Force: true}.Write(ctx, path, func(to io.Writer) error {
		hash := xxhash.New()
		buffer := bufio.NewWriterSize(to, bufferSize)
		e := &Encoder{to: io.MultiWriter(buffer, hash)}
		e.bytes([]byte(magic))
		e.String(h.Kind)
		e.Int(h.Revision)
		encode(e)
		if e.err == nil {
			_, e.err = buffer.Write(hash.Sum(nil))
		}
		return errors.Join(e.err, buffer.Flush())
	})
	if err != nil {
		return fmt.Errorf("write the snapshot %s: %w", path, err)
	}
	return nil
}

// Load reads a file of a kind and returns the revision of its value. After an error the value that decode has read must
// not be used. The error is NOT_FOUND if the file is missing, CONFLICT if it is of another kind, and INTERNAL if it is
// damaged.
func Load(path, kind string, decode func(*Decoder)) (revision int64, err error) {
	file, err := os.Open(filepath.Clean(path))
	if errors.Is(err, fs.ErrNotExist) {
		return 0, kg.Errorf(kg.NotFound, "there is no snapshot %s", path)
	}
	if err != nil {
		return 0, kg.Errorf(kg.Unavailable, "open the snapshot: %w", err)
	}
	defer func() { _ = file.Close() }() // it is only read
	info, err := file.Stat()
	if err != nil {
		return 0, kg.Errorf(kg.Unavailable, "open the snapshot: %w", err)
	}
	const sumBytes = 8
	d := &Decoder{from: bufio.NewReaderSize(file, bufferSize), hash: xxhash.New(), left: info.Size() - sumBytes}
	if string(d.bytes(len(magic))) != magic && d.err == nil {
		return 0, kg.Errorf(kg.Internal, "%s is not a snapshot", path)
	}
	if found := d.String(); found != kind && d.err == nil {
		return 0, kg.Errorf(kg.Conflict, "the snapshot %s holds %q, not %q", path, found, kind)
	}
	revision = d.Int()
	if d.err == nil {
		decode(d)
	}
	switch {
	case d.err != nil:
		return 0, kg.Errorf(kg.Internal, "the snapshot %s is damaged: %w", path, d.err)
	case d.left != 0:
		return 0, kg.Errorf(kg.Internal, "the snapshot %s is damaged: %d bytes follow its end", path, d.left)
	}
	var sum [sumBytes]byte
	if _, err := io.ReadFull(d.from, sum[:]); err != nil {
		return 0, kg.Errorf(kg.Internal, "the snapshot %s is damaged: %w", path, err)
	}
	if string(sum[:]) != string(d.hash.Sum(nil)) {
		return 0, kg.Errorf(kg.Internal, "the snapshot %s is damaged: its checksum differs", path)
	}
	return revision, nil
}
