package open

import (
	"context"
	"errors"
	"io/fs"
	"os"

	"casus/internal/store"
)

// Target is a store to load into.
type Target struct {
	Store store.Store
	// NewFile is the path of the database if it was created for the load, otherwise empty.
	NewFile string
}

// Close closes the store and returns loadErr, joined with the errors of closing. After a failed load it removes a
// database that was created for it and is still empty.
func (t Target) Close(ctx context.Context, loadErr error) error {
	if loadErr == nil {
		return t.Store.Close()
	}
	if err := t.CloseOrRemove(ctx); err != nil {
		return errors.Join(loadErr, err)
	}
	return loadErr
}

// CloseOrRemove closes the store, and removes a database that was created for it and is still empty.
func (t Target) CloseOrRemove(ctx context.Context) error {
	empty := false
	if t.NewFile != "" {
		stats, err := t.Store.Stats(context.WithoutCancel(ctx)) // also after an interrupt, to leave no empty file
		empty = err == nil && isEmpty(stats)
	}
	err := t.Store.Close()
	if err == nil && empty {
		err = RemoveDatabase(t.NewFile)
	}
	return err
}

func isEmpty(s store.Stats) bool {
	for _, n := range s.Nodes {
		if n > 0 {
			return false
		}
	}
	return true
}

// RemoveDatabase removes a SQLite file, unless it does not exist or its write-ahead log shows that another process has
// it open.
func RemoveDatabase(path string) error {
	if _, err := os.Stat(path + "-wal"); !errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
