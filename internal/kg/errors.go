package kg

import (
	"context"
	"errors"
	"fmt"
)

// ErrorCode says what kind of failure an error is. Every edge (HTTP, command line) maps codes, never messages.
type ErrorCode string

// The codes, as they stand in extensions.code of a GraphQL error.
const (
	BadInput        ErrorCode = "BAD_INPUT"
	NotFound        ErrorCode = "NOT_FOUND"
	LimitExceeded   ErrorCode = "LIMIT_EXCEEDED"
	Timeout         ErrorCode = "TIMEOUT"
	Unavailable     ErrorCode = "UNAVAILABLE"
	Unauthenticated ErrorCode = "UNAUTHENTICATED"
	Conflict        ErrorCode = "CONFLICT"
	Internal        ErrorCode = "INTERNAL"
)

// Error is a failure with a code. Its message is whole, its cause included; Err is the cause itself, for errors.Is.
type Error struct {
	Code    ErrorCode
	Message string
	Err     error
}

// Error gives the message.
func (e *Error) Error() string { return e.Message }

// Unwrap gives the cause to errors.Is and errors.As.
func (e *Error) Unwrap() error { return e.Err }

// Errorf makes an error with a code. The operands of %w verbs are kept as the cause.
func Errorf(code ErrorCode, format string, args ...any) error {
	err := fmt.Errorf(format, args...)
	cause := errors.Unwrap(err)
	if _, several := err.(interface{ Unwrap() []error }); several {
		cause = err
	}
	return &Error{Code: code, Message: err.Error(), Err: cause}
}

// CodeOf is the code of the outermost Error in err's chain. A deadline or cancellation is a Timeout, anything else Internal.
func CodeOf(err error) ErrorCode {
	var e *Error
	switch {
	case err == nil:
		return ""
	case errors.As(err, &e):
		return e.Code
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return Timeout
	}
	return Internal
}
