// Package backup copies the database of a store while others read and write it.
package backup

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"time"

	"casus/internal/kg"
	"casus/internal/store/sqlite/checksum"
	"casus/internal/store/sqlite/dbfile"
)

// interval is the time between two reports of the progress.
const interval = 500 * time.Millisecond

// Copy writes a copy of the database at from into the file at to, which must be empty or missing. The copy is the graph
// at one moment: writes during the copy are not in it, and do not wait for it. It has no log and no unused pages.
// copied is called with the bytes that are written, and with the size of the original, which is about the size of the
// copy. Afterwards the copy is checked; Copy returns INTERNAL if it is damaged.
func Copy(ctx context.Context, from, to string, copied func(written, size int64)) error {
	if err := checksum.Register(); err != nil { // indexes may use the function
		return err
	}
	db, err := sql.Open("sqlite", dbfile.ReadOnlyName(from))
	if err != nil {
		return kg.Errorf(kg.Unavailable, "open %s: %w", from, err)
	}
	stop := report(to, sizeOf(from)+sizeOf(from+dbfile.LogSuffix), copied)
	_, err = db.ExecContext(ctx, "VACUUM INTO ?", to)
	stop()
	switch err = errors.Join(err, db.Close()); {
	case ctx.Err() != nil:
		return kg.Errorf(kg.Timeout, "copy %s: %w", from, err)
	case err != nil:
		return kg.Errorf(kg.Unavailable, "copy %s: %w", from, err)
	}
	return check(ctx, to)
}

// check reads all pages of a copy.
func check(ctx context.Context, path string) error {
	db, err := sql.Open("sqlite", dbfile.UnlockedName(path))
	if err != nil {
		return kg.Errorf(kg.Unavailable, "open the copy: %w", err)
	}
	var found string
	err = db.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&found)
	switch err = errors.Join(err, db.Close()); {
	case ctx.Err() != nil:
		return kg.Errorf(kg.Timeout, "check the copy: %w", err)
	case err != nil:
		return kg.Errorf(kg.Internal, "check the copy: %w", err)
	case found != "ok":
		return kg.Errorf(kg.Internal, "the copy is damaged, and so may be the store: %s", found)
	}
	return nil
}

// report calls copied with the size of the copy until the returned function is called.
func report(to string, size int64, copied func(written, size int64)) (stop func()) {
	done, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		for {
			select {
			case <-done:
				return
			case <-time.After(interval):
				copied(min(sizeOf(to), size), size)
			}
		}
	}()
	return func() {
		close(done)
		<-ended
	}
}

// sizeOf returns the size of a file, 0 if there is none.
func sizeOf(path string) int64 {
	info, err := os.Stat(path)
	if err != nil {
		return 0
	}
	return info.Size()
}
