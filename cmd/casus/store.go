package main

import (
	"cmp"
	"context"
	"errors"
	"io"
	"os"

	"github.com/spf13/cobra"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/open"
)

// The environment that completes a command line.
const (
	envStore    = "CASUS_STORE"
	envUser     = "CASUS_NEO4J_USER"
	envPassword = "CASUS_NEO4J_PASSWORD"
)

// storeFlag is --store: which store a command works on.
type storeFlag struct {
	url string
	// eventBytes are store.Options'.
	eventBytes int
}

func (f *storeFlag) add(c *cobra.Command) {
	c.Flags().StringVar(&f.url, "store", "", "the store's URL: sqlite:PATH or neo4j://HOST:7687 (default $"+envStore+", else "+open.Default+")")
}

// chosen is the URL the user gave, by flag or environment; "" where there is none.
func (f storeFlag) chosen() string { return cmp.Or(f.url, os.Getenv(envStore)) }

// open opens the chosen store, or else the fallback, to read from. It makes the indexes that an interrupted load left out and
// reports their progress to stderr.
func (f storeFlag) open(ctx context.Context, fallback string, stderr io.Writer) (store.Store, string, error) {
	s, shown, err := f.connect(ctx, fallback)
	if err != nil {
		return nil, shown, err
	}
	if err := s.BuildDeferredIndexes(ctx, func(built, all int) {
		say(stderr, "a load was interrupted: rebuilding indexes (%d/%d)", built+1, all)
	}); err != nil {
		return nil, shown, errors.Join(err, s.Close())
	}
	return s, shown, nil
}

// connect opens the chosen store, or else the fallback, as it is.
func (f storeFlag) connect(ctx context.Context, fallback string) (store.Store, string, error) {
	url := cmp.Or(f.chosen(), fallback)
	s, err := open.Open(ctx, url, open.Options{User: os.Getenv(envUser), Password: os.Getenv(envPassword), EventBytes: f.eventBytes})
	shown := open.Redacted(url)
	switch kg.CodeOf(err) {
	case "":
		return s, shown, nil
	case kg.BadInput:
		return nil, shown, usageError{err}
	case kg.Unauthenticated:
		err = hinted{err, "give the user and password in $" + envUser + " and $" + envPassword}
	case kg.Unavailable:
		err = hinted{err, "is " + shown + " right, and is it running?"}
	}
	return nil, shown, err
}

// openExisting opens a store to read from: an embedded one that is not there is a mistake rather than an empty graph.
func (f storeFlag) openExisting(ctx context.Context, stderr io.Writer) (store.Store, string, error) {
	url := cmp.Or(f.chosen(), open.Default)
	if path, ok := open.File(url); ok {
		if _, err := os.Stat(path); os.IsNotExist(err) {
			return nil, url, hinted{kg.Errorf(kg.NotFound, "there is no store at %s", url), "`casus load FILE` makes one; `casus serve --sample` shows the bundled example"}
		}
	}
	return f.open(ctx, url, stderr)
}

// closing closes a store and keeps the first error.
func closing(s store.Store, err *error) {
	if e := s.Close(); e != nil && *err == nil {
		*err = e
	}
}
