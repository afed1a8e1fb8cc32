// Casus serves a knowledge graph of conflict timelines, loads it and maintains it. Run `casus help`.
package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"casus/internal/interrupt"
)

func main() {
	ctx, stop := interrupt.Context(context.Background())
	defer stop()
	os.Exit(run(ctx, os.Args[1:], interrupt.NewStdin(ctx), os.Stdout, os.Stderr))
}

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
	root.SetArgs(joinSampleName(args))
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
