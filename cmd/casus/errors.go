package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"casus/internal/outfile"
)

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

// outputError adds advice to a refusal of outfile.Guard. A path that no flag can allow is a usage error.
func outputError(err error) error {
	var refusal outfile.RefusedError
	switch {
	case !errors.As(err, &refusal):
		return err
	case refusal.Forceable:
		return hintedError{err, "specify another file, or --force to replace it"}
	}
	return usageError{err}
}
