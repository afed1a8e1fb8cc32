package main

import (
	"context"
	"errors"
	"io/fs"
	"os"

	"casus/internal/store"
	"casus/internal/store/open"
)

// loadTarget is the store that a load writes to.
type loadTarget struct {
	store store.Store
	shown string
	// newFile is the path of the database if the load created it, otherwise empty.
	newFile string
}

// connectForLoad opens the chosen store for a load. A file that does not exist is created.
func (f storeFlag) connectForLoad(ctx context.Context) (loadTarget, error) {
	t := loadTarget{}
	if path, ok := open.File(f.chosen(open.Default)); ok {
		if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
			t.newFile = path
		}
	}
	var err error
	t.store, t.shown, err = f.connect(ctx, open.Default)
	if err != nil && t.newFile != "" {
		return t, errors.Join(err, removeDatabase(t.newFile))
	}
	return t, err
}

// close closes the store and returns loadErr, joined by what fails meanwhile. After a failed load it removes a database
// that the load created and that is still empty.
func (t loadTarget) close(ctx context.Context, loadErr error) error {
	empty := false
	if loadErr != nil && t.newFile != "" {
		stats, err := t.store.Stats(context.WithoutCancel(ctx)) // an interrupted load, too, leaves no empty file
		empty = err == nil && isEmpty(stats)
	}
	err := t.store.Close()
	if err == nil && empty {
		err = removeDatabase(t.newFile)
	}
	if loadErr != nil && err != nil {
		return errors.Join(loadErr, err)
	}
	if loadErr != nil {
		return loadErr
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

// removeDatabase removes a SQLite file, unless it does not exist or its write-ahead log shows that another process has
// it open.
func removeDatabase(path string) error {
	if _, err := os.Stat(path + "-wal"); !errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
