package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"casus/internal/kg"
)

// The exit codes.
const (
	exitDone   = 0
	exitFailed = 1 // the work failed, or found what must not be
	exitUsage  = 2 // the command line was wrong; nothing was done
)

// run is the whole program: it obeys the arguments until it is done or the context ends, and returns the exit code.
// What machines read goes to stdout, what people read to stderr.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	started := false
	root := newRoot()
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	root.PersistentPreRun = func(*cobra.Command, []string) { started = true }
	command, err := root.ExecuteContextC(ctx)
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errReported):
		return exitFailed
	case started && !errors.As(err, new(usageError)):
		complain(stderr, err, "")
		return exitFailed
	}
	complain(stderr, err, fmt.Sprintf("`%s --help` shows what it takes", cmp.Or(command, root).CommandPath()))
	return exitUsage
}

// errReported ends a command that has already said what is wrong.
var errReported = errors.New("reported")

// usageError is wrong use of a command, found after its flags were read.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

func usagef(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// hinted is an error with advice on what to do about it.
type hinted struct {
	error
	hint string
}

func (e hinted) Unwrap() error { return e.error }

// complain prints an error and a hint: the error's own, or the one given.
func complain(stderr io.Writer, err error, hint string) {
	if h := (hinted{}); errors.As(err, &h) {
		hint = h.hint
	}
	message := err.Error()
	if code := kg.CodeOf(err); code == kg.Timeout && errors.Is(err, context.Canceled) {
		message = "interrupted: " + message
	}
	say(stderr, "casus: %s", strings.TrimPrefix(message, "casus: "))
	if hint != "" {
		say(stderr, "hint: %s", hint)
	}
}

// say prints a line for people. A stderr that cannot be written to leaves nobody to tell.
func say(w io.Writer, format string, args ...any) { _, _ = fmt.Fprintf(w, format+"\n", args...) }

// isTerminal says whether a person looks at what is written.
func isTerminal(w any) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}
