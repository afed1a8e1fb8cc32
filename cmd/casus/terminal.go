package main

import (
	"fmt"
	"io"
	"os"

	"golang.org/x/term"
)

// printLine prints a message. A failure to write it is ignored: there is no other place to report it.
func printLine(w io.Writer, format string, args ...any) { _, _ = fmt.Fprintf(w, format+"\n", args...) }

// isTerminal reports whether a reader or writer is a terminal.
func isTerminal(stream any) bool {
	f, ok := stream.(interface{ Fd() uintptr })
	return ok && term.IsTerminal(int(f.Fd()))
}

// hasColour reports whether output to w may be coloured: on a terminal, unless $NO_COLOR is set or $TERM is "dumb".
func hasColour(w io.Writer) bool {
	return isTerminal(w) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
}
