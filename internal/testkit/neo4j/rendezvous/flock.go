//go:build linux || darwin

package rendezvous

import (
	"errors"
	"fmt"
	"os"
	"syscall"
)

// Mode is how a lock is held.
type Mode int

// A lock is held by many who share it, or by one alone.
const (
	Shared    Mode = syscall.LOCK_SH
	Exclusive Mode = syscall.LOCK_EX
)

// Lock takes the lock of a file, which it makes if need be, and waits for it. Closing the file releases the lock.
func Lock(path string, mode Mode) (*os.File, error) {
	f, err := open(path)
	if err != nil {
		return nil, err
	}
	if err := flock(f, int(mode)); err != nil {
		return nil, errors.Join(fmt.Errorf("lock %s: %w", path, err), f.Close())
	}
	return f, nil
}

// TryLock is Lock without the wait: a nil file and no error say that another process holds it.
func TryLock(path string, mode Mode) (*os.File, error) {
	f, err := open(path)
	if err != nil {
		return nil, err
	}
	err = flock(f, int(mode)|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return nil, f.Close()
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("lock %s: %w", path, err), f.Close())
	}
	return f, nil
}

// Inherit takes over a locked file that the parent process passed on as the given descriptor, and keeps it from
// children.
func Inherit(fd int, path string) *os.File {
	syscall.CloseOnExec(fd)
	return os.NewFile(uintptr(fd), path)
}

// Detached makes a process outlive the one that starts it.
func Detached() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setsid: true} }

func open(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open lock: %w", err)
	}
	return f, nil
}

func flock(f *os.File, how int) error {
	for {
		if err := syscall.Flock(int(f.Fd()), how); !errors.Is(err, syscall.EINTR) {
			return err
		}
	}
}
