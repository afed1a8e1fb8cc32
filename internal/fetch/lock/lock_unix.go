//go:build linux || darwin

package lock

import (
	"context"
	"errors"
	"os"
	"syscall"
	"time"

	"casus/internal/kg"
)

// interval is the time between two attempts.
const interval = 50 * time.Millisecond

// Acquire waits until no other process holds the lock of a path, and takes it. The lock is the file path.lock, which
// stays; it is free again after release, or when the process ends. The error has the code TIMEOUT if ctx ended first.
func Acquire(ctx context.Context, path string) (release func(), err error) {
	f, err := open(path)
	if err != nil {
		return nil, err
	}
	for {
		switch locked, err := try(f); {
		case err != nil:
			return nil, errors.Join(kg.Errorf(kg.Internal, "cannot lock %s: %w", path, err), f.Close())
		case locked:
			return func() { _ = f.Close() }, nil // closing unlocks
		}
		select {
		case <-ctx.Done():
			return nil, errors.Join(kg.Errorf(kg.Timeout, "waiting for another process that uses %s: %w", path, ctx.Err()),
				f.Close())
		case <-time.After(interval):
		}
	}
}

// Try takes the lock of a path, or returns CONFLICT if another process holds it.
func Try(path string) (release func(), err error) {
	f, err := open(path)
	if err != nil {
		return nil, err
	}
	switch locked, err := try(f); {
	case err != nil:
		return nil, errors.Join(kg.Errorf(kg.Internal, "cannot lock %s: %w", path, err), f.Close())
	case !locked:
		return nil, errors.Join(kg.Errorf(kg.Conflict, "another process downloads here and has locked %s", f.Name()),
			f.Close())
	}
	return func() { _ = f.Close() }, nil
}

func open(path string) (*os.File, error) {
	f, err := os.OpenFile(path+".lock", os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, kg.Errorf(kg.BadInput, "cannot lock %s: %w", path, err)
	}
	return f, nil
}

// try reports whether the lock was free.
func try(f *os.File) (locked bool, err error) {
	for {
		switch err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); {
		case err == nil:
			return true, nil
		case errors.Is(err, syscall.EWOULDBLOCK):
			return false, nil
		case !errors.Is(err, syscall.EINTR):
			return false, err
		}
	}
}
