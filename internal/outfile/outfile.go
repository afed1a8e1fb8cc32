// Package outfile writes the output files of commands. A file is written under a temporary name in the same folder and
// renamed once it is complete. Existing files are replaced only if the user requests it. The inputs of the command and
// its store are never replaced.
package outfile

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"casus/internal/kg"
)

// Guard decides which paths may be written.
type Guard struct {
	// Force allows replacing a file, and writing to a FIFO or a device.
	Force bool
	// Protected are files that are never written, such as the inputs and the store. They need not exist. Empty paths and
	// "-" are ignored.
	Protected []string
}

// RefusedError reports a path that must not be written.
type RefusedError struct {
	error
	// Forceable reports whether Force would allow writing it.
	Forceable bool
}

// Unwrap returns the error with its kg code.
func (e RefusedError) Unwrap() error { return e.error }

func refused(format string, args ...any) error {
	return RefusedError{kg.Errorf(kg.BadInput, "cannot write to "+format, args...), false}
}

func taken(format string, args ...any) error {
	return RefusedError{kg.Errorf(kg.Conflict, "cannot write to "+format, args...), true}
}

// Check returns nil if path may be written. Otherwise it returns a RefusedError: BAD_INPUT for a protected file and for
// a folder, and CONFLICT for anything else that exists, unless Force is set. Links are followed first.
func (g Guard) Check(path string) error {
	_, err := g.check(path)
	return err
}

// CheckFolder returns BAD_INPUT if a protected file is in the folder, at any depth.
func (g Guard) CheckFolder(folder string) error {
	at, err := follow(folder)
	if err != nil {
		return err
	}
	for _, p := range g.protected() {
		if within, err := filepath.Rel(at.path, p.path); err == nil && filepath.IsLocal(within) {
			return refused("the folder %s: the command uses %s, which is in it", folder, p.given)
		}
	}
	return nil
}

func (g Guard) check(path string) (target, error) {
	at, err := follow(path)
	if err != nil {
		return at, err
	}
	for _, p := range g.protected() {
		if at.path == p.path || at.info != nil && p.info != nil && os.SameFile(at.info, p.info) {
			return at, refused("%s: the command uses %s itself", path, p.given)
		}
	}
	switch {
	case at.info == nil:
		return at, nil
	case at.info.IsDir():
		return at, refused("%s: it is a folder", path)
	case !g.Force:
		return at, taken("%s: %s exists", path, at.kind())
	}
	return at, nil
}

func (g Guard) protected() []target {
	var all []target
	for _, p := range g.Protected {
		if p == "" || p == "-" {
			continue
		}
		if at, err := follow(p); err == nil {
			all = append(all, at)
		}
	}
	return all
}

// target describes the file at a path.
type target struct {
	given, path string
	info        fs.FileInfo // nil if nothing is there
}

// kind names the file type of the target.
func (t target) kind() string {
	switch mode := t.info.Mode(); {
	case mode.IsRegular():
		return "the file"
	case mode&fs.ModeNamedPipe != 0:
		return "a FIFO of this name"
	case mode&fs.ModeDevice != 0:
		return "a device of this name"
	}
	return "something of this name"
}

// maxLinks bounds a chain of links, as systems do.
const maxLinks = 40

// follow follows links, also one to a file that does not exist yet.
func follow(path string) (target, error) {
	t := target{given: path}
	at, err := filepath.Abs(path)
	if err != nil {
		return t, refused("%s: %w", path, err)
	}
	for range maxLinks {
		folder, err := filepath.EvalSymlinks(filepath.Dir(at))
		if err == nil {
			at = filepath.Join(folder, filepath.Base(at))
		} else if !errors.Is(err, fs.ErrNotExist) {
			return t, refused("%s: %w", path, err)
		}
		info, err := os.Lstat(at)
		if errors.Is(err, fs.ErrNotExist) {
			t.path = at
			return t, nil
		}
		if err != nil {
			return t, refused("%s: %w", path, err)
		}
		if info.Mode()&fs.ModeSymlink == 0 {
			t.path, t.info = at, info
			return t, nil
		}
		next, err := os.Readlink(at)
		if err != nil {
			return t, refused("%s: %w", path, err)
		}
		if !filepath.IsAbs(next) {
			next = filepath.Join(filepath.Dir(at), next)
		}
		// Links of /proc, such as the one behind /dev/stdout, lead to pipes and files without a name.
		if _, err := os.Lstat(next); err != nil {
			if info, err := os.Stat(at); err == nil {
				t.path, t.info = at, info
				return t, nil
			}
		}
		at = next
	}
	return t, refused("%s: too many links", path)
}

// Write calls write with a file that takes its place at path only if write returns nil. It creates missing folders.
func (g Guard) Write(ctx context.Context, path string, write func(io.Writer) error) error {
	at, err := g.check(path)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(at.path), 0o755); err != nil {
		return describe(path, err)
	}
	f, err := g.Create(ctx, path)
	if err != nil {
		return err
	}
	if err := write(f); err != nil {
		return errors.Join(err, f.Abort())
	}
	return f.Commit()
}

// describe wraps an error of the system.
func describe(path string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("write %s: %w", path, err)
}
