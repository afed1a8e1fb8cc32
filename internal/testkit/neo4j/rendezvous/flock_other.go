//go:build !linux && !darwin

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
	Shared Mode = iota
	Exclusive
)

var errUnsupported = fmt.Errorf("locks between test processes are written for Linux and macOS: %w", errors.ErrUnsupported)

// Lock fails with errors.ErrUnsupported.
func Lock(string, Mode) (*os.File, error) { return nil, errUnsupported }

// TryLock fails with errors.ErrUnsupported.
func TryLock(string, Mode) (*os.File, error) { return nil, errUnsupported }

// Inherit is never reached, since no lock can be taken here.
func Inherit(fd int, path string) *os.File { return os.NewFile(uintptr(fd), path) }

// Detached is never reached, since no lock can be taken here.
func Detached() *syscall.SysProcAttr { return nil }
