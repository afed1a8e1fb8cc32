package main

import (
	"cmp"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/cache"
	"casus/internal/store/open"
)

// Environment variables that are the defaults of flags.
const (
	envStore    = "CASUS_STORE"
	envUser     = "CASUS_NEO4J_USER"
	envPassword = "CASUS_NEO4J_PASSWORD"
)

// storeFlag is --store, the URL of the store that a command works on.
type storeFlag struct {
	url string
	// caches are the sizes of the store's caches.
	caches cache.Options
	// failFast makes reads fail while the store is unavailable; see open.Options.
	failFast bool
	// damaged allows opening a store whose indexes cannot be rebuilt.
	damaged bool
}

func (f *storeFlag) add(c *cobra.Command) {
	help := "the store's URL: sqlite:PATH or neo4j://HOST:7687 (default $" + envStore + ", else " + open.Default + ")"
	c.Flags().StringVar(&f.url, "store", "", help)
	completeFlag(c, "store", storeURLs)
}

// chosen returns the URL of the flag or the environment, or fallback.
func (f storeFlag) chosen(fallback string) string {
	return cmp.Or(f.url, os.Getenv(envStore), fallback)
}

// open opens the chosen store, or else the fallback, for reading. It builds the indexes that an interrupted load left
// out and reports the progress to stderr. shown is the URL without a password.
func (f storeFlag) open(
	ctx context.Context, fallback string, stderr io.Writer,
) (s *cache.Store, shown string, err error) {
	s, shown, err = f.connect(ctx, fallback)
	if err != nil {
		return nil, shown, err
	}
	if err := s.BuildDeferredIndexes(ctx, func(built, total int) {
		printLine(stderr, "rebuilding indexes after an interrupted load (%d/%d)", built+1, total)
	}); err != nil {
		// Without indexes the answers are the same, only slower: a full disk is no reason to refuse them.
		if _, isFile := open.File(f.chosen(fallback)); !isFile || !f.damaged && kg.CodeOf(err) != kg.Unavailable {
			return nil, shown, errors.Join(err, s.Close())
		}
		printLine(stderr, "the indexes cannot be rebuilt: %v", err)
	}
	return s, shown, nil
}

// openDamaged opens a store like openExisting, even if indexes cannot be rebuilt because of damage.
func (f storeFlag) openDamaged(ctx context.Context, stderr io.Writer) (s *cache.Store, shown string, err error) {
	f.damaged = true
	return f.openExisting(ctx, stderr)
}

// connect opens the chosen store, or else the fallback, without building indexes.
func (f storeFlag) connect(ctx context.Context, fallback string) (s *cache.Store, shown string, err error) {
	url := f.chosen(fallback)
	s, err = open.Open(ctx, url, open.Options{
		User:     os.Getenv(envUser),
		Password: os.Getenv(envPassword),
		FailFast: f.failFast,
		Caches:   f.caches,
	})
	shown = open.Redacted(url)
	switch kg.CodeOf(err) {
	case "":
		return s, shown, nil
	case kg.BadInput:
		err = usageError{err}
		if url != "" && !strings.Contains(url, ":") {
			err = hintedError{err, "a file's URL begins with sqlite: use --store sqlite:" + url}
		}
	case kg.Unauthenticated:
		err = hintedError{err, "set the user and password in $" + envUser + " and $" + envPassword}
	case kg.Unavailable:
		err = hintedError{err, "is " + shown + " right, and is it running?"}
	}
	return nil, shown, err
}

// openExisting opens a store for reading like open. A file that does not exist is an error instead of an empty graph.
func (f storeFlag) openExisting(ctx context.Context, stderr io.Writer) (s *cache.Store, shown string, err error) {
	url := f.chosen(open.Default)
	if path, ok := open.File(url); ok {
		if _, err := os.Stat(path); os.IsNotExist(err) {
			return nil, url, hintedError{
				kg.Errorf(kg.NotFound, "no store at %s", url),
				"`casus load FILE` creates one; `casus serve --sample` serves the bundled example",
			}
		}
	}
	return f.open(ctx, url, stderr)
}

// openOrCreate opens the chosen store like open. A file that does not exist is created, and removed again if nothing is
// in it when it is closed.
func (f storeFlag) openOrCreate(ctx context.Context, stderr io.Writer) (store.Store, error) {
	path, isFile := open.File(f.chosen(open.Default))
	_, missing := os.Stat(path)
	s, _, err := f.open(ctx, open.Default, stderr)
	if err != nil {
		return nil, err
	}
	if isFile && errors.Is(missing, fs.ErrNotExist) {
		return newStore{s, path}, nil
	}
	return s, nil
}

// newStore is a store whose file was created when it was opened.
type newStore struct {
	*cache.Store
	path string
}

// Unwrap returns the store.
func (s newStore) Unwrap() store.Store { return s.Store }

// Close closes the store, and removes its file if it is empty.
func (s newStore) Close() error {
	stats, err := s.Stats(context.Background())
	empty := err == nil && isEmpty(stats)
	if err = errors.Join(err, s.Store.Close()); err == nil && empty {
		err = removeDatabase(s.path)
	}
	return err
}

// closeStore closes a store and keeps the first error in err.
func closeStore(s store.Store, err *error) {
	if e := s.Close(); e != nil && *err == nil {
		*err = e
	}
}

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
			// Creating a database takes milliseconds. Interrupted, it would leave a file that cannot be removed yet.
			ctx = context.WithoutCancel(ctx)
		}
	}
	var err error
	t.store, t.shown, err = f.connect(ctx, open.Default)
	if err != nil && t.newFile != "" {
		return t, errors.Join(err, removeDatabase(t.newFile))
	}
	return t, err
}

// close closes the store and returns loadErr, joined with the errors of closing. After a failed load it removes a
// database that the load created and that is still empty.
func (t loadTarget) close(ctx context.Context, loadErr error) error {
	empty := false
	if loadErr != nil && t.newFile != "" {
		stats, err := t.store.Stats(context.WithoutCancel(ctx)) // also after an interrupt, to leave no empty file
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

// storeFiles returns the files of an embedded store, which need not exist; none for other stores.
func (f storeFlag) storeFiles() []string {
	path, ok := open.File(f.chosen(open.Default))
	if !ok {
		return nil
	}
	return open.Files(path)
}
