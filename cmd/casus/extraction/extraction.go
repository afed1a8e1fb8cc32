// Package extraction has the commands that turn articles into records: they ask a model to fill in a form, or print the
// form for one, and convert the filled-in form into a proposal.
package extraction

import (
	"context"
	"errors"
	"io"
	"os"

	"github.com/spf13/cobra"

	"casus/internal/kg"
	"casus/internal/store"
)

// Program has what the commands need from the program that they are a part of.
type Program struct {
	// StoreFlag adds --store to a command, and returns a function that opens the chosen store, or returns nil if none is
	// chosen, and the files of that store, which no output replaces. The store must exist unless create is set.
	StoreFlag func(c *cobra.Command, create bool) (
		open func(context.Context, io.Writer) (store.Store, error), files func() []string,
	)
	// Version is sent to endpoints, with the program's name.
	Version string
	// Usage returns the error of an invalid command line, Hint adds advice to an error, and OutputError adds advice to the
	// refusal of an output file.
	Usage       func(format string, args ...any) error
	Hint        func(err error, hint string) error
	OutputError func(error) error
	// Values makes a shell offer fixed values for a flag.
	Values func(c *cobra.Command, flag string, values ...string)
}

// readFile returns the content of a file, or of the standard input if the name is -. One of more than limit bytes is an
// error.
func readFile(what, name string, stdin io.Reader, limit int64) (content []byte, err error) {
	in := stdin
	if name != "-" {
		file, err := os.Open(name)
		if err != nil {
			return nil, kg.Errorf(kg.NotFound, "cannot read %s: %w", what, err)
		}
		defer func() { _ = file.Close() }() // it was only read
		in = file
	}
	content, err = io.ReadAll(io.LimitReader(in, limit+1))
	switch {
	case err != nil && kg.CodeOf(err) == kg.Timeout:
		return nil, err
	case err != nil:
		return nil, kg.Errorf(kg.BadInput, "cannot read %s: %w", what, err)
	case int64(len(content)) > limit:
		return nil, kg.Errorf(kg.BadInput, "%s has more than %d bytes", what, limit)
	}
	return content, nil
}

// closeStore closes a store, which may be nil, and keeps the first error in err.
func closeStore(s store.Store, err *error) {
	if s != nil {
		*err = errors.Join(*err, s.Close())
	}
}
