package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"casus/internal/interrupt"
)

// The exit codes. A command that a signal interrupts exits with 128 and the signal's number: 130 for SIGINT.
const (
	exitDone   = 0
	exitFailed = 1 // the command failed, or found errors in its input
	exitUsage  = 2 // the command line is invalid; nothing was done
)

// run executes the command that args name until it is done or ctx ends, and returns the exit code. Results go to
// stdout, messages for people to stderr.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	started := false
	root := newRoot()
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	root.PersistentPreRun = func(*cobra.Command, []string) { started = true }
	command, err := root.ExecuteContextC(ctx)
	if err == nil {
		return exitDone
	}
	if !started || errors.As(err, new(usageError)) {
		printError(stderr, err, fmt.Sprintf("run `%s --help`", cmp.Or(command, root).CommandPath()))
		return exitUsage
	}
	if !errors.Is(err, errReported) {
		printError(stderr, err, "")
	}
	if code, ok := interrupt.ExitCode(ctx); ok {
		return code
	}
	return exitFailed
}

// errReported ends a command that has already printed its errors.
var errReported = errors.New("reported")

// usageError is an invalid command line, found after the flags were parsed.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

func usagef(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// hintedError is an error with advice on how to resolve it.
type hintedError struct {
	error
	hint string
}

func (e hintedError) Unwrap() error { return e.error }

// printError prints an error and a hint: the error's own, if it has one, otherwise fallback.
func printError(stderr io.Writer, err error, fallback string) {
	hint := fallback
	if h := (hintedError{}); errors.As(err, &h) {
		hint = h.hint
	}
	message := err.Error()
	if errors.Is(err, context.Canceled) {
		message = "interrupted: " + message
	}
	printLine(stderr, "casus: %s", strings.TrimPrefix(message, "casus: "))
	if hint != "" {
		printLine(stderr, "hint: %s", hint)
	}
}

// printLine prints a message. A failure to write it is ignored: there is no other place to report it.
func printLine(w io.Writer, format string, args ...any) { _, _ = fmt.Fprintf(w, format+"\n", args...) }
