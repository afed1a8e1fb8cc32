package outfile

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"casus/internal/kg"
)

// File is a file being written. It must be ended by Commit or Abort; after one of them both do nothing.
type File struct {
	*os.File
	given, path string
	// replace is set if an existing file may be replaced.
	replace bool
	// direct is set for a FIFO or a device, which is written in place.
	direct, done bool
	stop         func() bool
}

// Create checks the path as Check does, and returns a temporary file in the same folder. A FIFO or device is opened
// itself; until ctx ends, Create waits for a reader of the FIFO, and so do writes.
func (g Guard) Create(ctx context.Context, path string) (*File, error) {
	at, err := g.check(path)
	if err != nil {
		return nil, err
	}
	f := &File{given: path, path: at.path, replace: g.Force}
	if at.info != nil && !at.info.Mode().IsRegular() {
		f.direct = true
		if f.File, err = openDirect(ctx, at.path); err != nil {
			return nil, describe(path, err)
		}
		f.stop = context.AfterFunc(ctx, func() { _ = f.SetWriteDeadline(time.Now()) }) // devices have no deadline
		return f, nil
	}
	mode := fs.FileMode(0o666) // less the process's mask
	if at.info != nil {
		mode = at.info.Mode().Perm()
	}
	if f.File, err = createBeside(at.path, mode); err != nil {
		return nil, describe(path, err)
	}
	if at.info != nil { // the mask does not apply to a file that is replaced
		if err := f.Chmod(mode); err != nil {
			return nil, errors.Join(describe(path, err), f.Abort())
		}
	}
	return f, nil
}

// openDirect opens a FIFO or device. Opening a FIFO without a reader would block and ignore signals, so it is opened
// without blocking, repeatedly until it has a reader.
func openDirect(ctx context.Context, path string) (*os.File, error) {
	for {
		f, err := os.OpenFile(path, os.O_WRONLY|syscall.O_NONBLOCK, 0)
		if !errors.Is(err, syscall.ENXIO) {
			return f, err
		}
		select {
		case <-ctx.Done():
			return nil, kg.Errorf(kg.Timeout, "waiting for a reader: %w", ctx.Err())
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// createBeside creates a hidden file with a unique name in the folder of path.
func createBeside(path string, mode fs.FileMode) (*os.File, error) {
	folder, name := filepath.Split(path)
	if len(name) > 200 { // names have at most 255 bytes
		name = name[:200]
	}
	for {
		unused, err := os.CreateTemp(folder, "."+name+"-*")
		if err != nil {
			return nil, err
		}
		// The file has the mode 0600; only creating one applies the mask.
		if err := errors.Join(unused.Close(), os.Remove(unused.Name())); err != nil {
			return nil, err
		}
		f, err := os.OpenFile(unused.Name(), os.O_RDWR|os.O_CREATE|os.O_EXCL, mode)
		if !errors.Is(err, fs.ErrExist) {
			return f, err
		}
	}
}

// Empty reports whether nothing was written yet. It reports false for a FIFO or device.
func (f *File) Empty() bool {
	info, err := f.Stat()
	return err == nil && info.Mode().IsRegular() && info.Size() == 0
}

// Commit completes the file and moves it into its place. It returns a RefusedError if a file that must not be replaced
// has been created there in the meantime; the file is then removed.
func (f *File) Commit() error {
	if f.done {
		return nil
	}
	if f.direct {
		f.done = true
		f.stop()
		return describe(f.given, f.Close())
	}
	// Without Sync a power failure could leave an empty file under the name.
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return errors.Join(describe(f.given, err), f.Abort())
	}
	if err := f.move(); err != nil {
		return errors.Join(err, f.Abort())
	}
	f.done = true
	return nil
}

// move renames the file. A link, unlike a rename, fails if the name is taken.
func (f *File) move() error {
	if f.replace {
		return describe(f.given, os.Rename(f.Name(), f.path))
	}
	switch err := os.Link(f.Name(), f.path); {
	case err == nil:
		return describe(f.given, os.Remove(f.Name()))
	case errors.Is(err, fs.ErrExist):
		return taken("%s: it has been created in the meantime", f.given)
	}
	// The file system has no hard links.
	if _, err := os.Lstat(f.path); err == nil {
		return taken("%s: it has been created in the meantime", f.given)
	}
	return describe(f.given, os.Rename(f.Name(), f.path))
}

// Abort removes the file.
func (f *File) Abort() error {
	if f.done {
		return nil
	}
	f.done = true
	_ = f.Close() // Commit may have closed it
	if f.direct {
		f.stop()
		return nil
	}
	return describe(f.given, os.Remove(f.Name()))
}
