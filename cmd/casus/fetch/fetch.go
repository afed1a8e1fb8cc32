// Package fetch has the commands that download data sets from their own services, into files that `casus load` reads.
// They are the only ones, besides `casus query --endpoint`, that make requests, and they never load.
package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"casus/internal/fetch/lock"
	"casus/internal/fetch/remote"
	"casus/internal/kg"
)

// Program has what the commands need from the program that they are a part of.
type Program struct {
	// Version is sent to services, with the program's name.
	Version string
	// Usage returns the error of an invalid command line, and Hint adds advice to an error.
	Usage func(format string, args ...any) error
	Hint  func(err error, hint string) error
	// Progress returns a function that shows how far a download is, and one that ends the display.
	Progress func(stderr io.Writer, quiet bool) (show func(Progress), end func())
}

// Progress is how far a download is.
type Progress struct {
	// File is the name of the file.
	File string
	// Rows have come of TotalRows, or Bytes of TotalBytes. An unknown total is 0.
	Rows, TotalRows   int
	Bytes, TotalBytes int64
}

// target has the flags that all sources share.
type target struct {
	Program
	folder, host         string
	again, quiet, asJSON bool
	stdin                io.Reader
	stdout, stderr       io.Writer
	now                  func() time.Time
}

func (t *target) add(c *cobra.Command, host string) {
	flags := c.Flags()
	flags.StringVar(&t.folder, "out", ".", "the folder of the files; it is created if missing")
	flags.StringVar(&t.host, "host", host, "the source's host")
	flags.BoolVar(&t.again, "again", false, "download again what is there already")
	flags.BoolVarP(&t.quiet, "quiet", "q", false, "print nothing unless something fails")
	flags.BoolVar(&t.asJSON, "json", false, "print the files, and the arguments with which to load them, as JSON")
}

// complete sets the values that a shell offers for a flag. It panics if the command does not define the flag, as any
// run of the program shows.
func complete(c *cobra.Command, flag string, values ...string) {
	offered := cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp)
	if err := c.RegisterFlagCompletionFunc(flag, offered); err != nil {
		panic(err)
	}
}

// start prepares the folder, of which no other process may then download into, and a client.
func (t *target) start(c *cobra.Command, sendsSecrets bool) (client *remote.Client, end func(), err error) {
	t.stdin, t.stdout, t.stderr, t.now = c.InOrStdin(), c.OutOrStdout(), c.ErrOrStderr(), time.Now
	client, err = remote.New(t.host, remote.Options{
		UserAgent: "casus/" + t.Version, SendsSecrets: sendsSecrets, Waiting: func(w remote.Wait) {
			t.say("waiting for %s: %v", w.Delay.Round(100*time.Millisecond), w.Reason)
		},
	})
	if err != nil {
		return nil, nil, t.Usage("--host: %w", err)
	}
	if err := os.MkdirAll(t.folder, 0o777); err != nil {
		return nil, nil, kg.Errorf(kg.BadInput, "--out: %w", err)
	}
	release, err := lock.Try(filepath.Join(t.folder, ".casus-fetch"))
	if err != nil {
		return nil, nil, err
	}
	return client, func() { client.Close(); release() }, nil
}

// say prints a message for people. A failure to write it is ignored: there is no other place to report it.
func (t *target) say(format string, args ...any) {
	if !t.quiet {
		t.warn(format, args...)
	}
}

// warn prints a message even with --quiet.
func (t *target) warn(format string, args ...any) { _, _ = fmt.Fprintf(t.stderr, format+"\n", args...) }

// path returns the path of a file in the folder.
func (t *target) path(name string) string { return filepath.Join(t.folder, name) }

// describe adds to an error what an interrupted or refused download leaves behind.
func (t *target) describe(ctx context.Context, err error) error {
	if err != nil && ctx.Err() != nil {
		return t.Hint(err, "the same command continues the download")
	}
	if redirect := (*remote.RedirectError)(nil); errors.As(err, &redirect) {
		return t.Hint(err, "if you trust it, name it with --host")
	}
	return err
}
