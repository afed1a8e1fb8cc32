package neo4j

import (
	"errors"
	"os"
	"time"
)

// lockFile locks a file against other processes and returns how long it waited. If it has to wait, it prints for what.
// The lock is released when the file is closed or the process ends.
func lockFile(path, waitingFor string) (f *os.File, waited time.Duration, err error) {
	if f, err = tryLock(path); f != nil || err != nil {
		return f, 0, err
	}
	note("waiting for %s", waitingFor)
	began := time.Now()
	if f, err = os.OpenFile(path, os.O_RDWR, 0o600); err != nil {
		return nil, 0, err
	}
	if _, err := flock(f, true); err != nil {
		return nil, 0, errors.Join(err, f.Close())
	}
	return f, time.Since(began), nil
}

// tryLock is lockFile without a wait: it returns nil if another process holds the lock.
func tryLock(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	free, err := flock(f, false)
	if err == nil && free {
		return f, nil
	}
	return nil, errors.Join(err, f.Close())
}
