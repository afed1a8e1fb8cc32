package kg

import (
	"context"
	"errors"
	"fmt"
)

// ErrorCode is the kind of a failure. HTTP statuses and exit codes depend on codes, never on messages.
type ErrorCode string

// The codes, as in extensions.code of a GraphQL error.
const (
	BadInput        ErrorCode = "BAD_INPUT"
	NotFound        ErrorCode = "NOT_FOUND"
	LimitExceeded   ErrorCode = "LIMIT_EXCEEDED"
	Timeout         ErrorCode = "TIMEOUT"
	Unavailable     ErrorCode = "UNAVAILABLE"
	Unauthenticated ErrorCode = "UNAUTHENTICATED"
	Forbidden       ErrorCode = "FORBIDDEN"
	Conflict        ErrorCode = "CONFLICT"
	Internal        ErrorCode = "INTERNAL"
)

// Error is a failure with a code. Message includes the message of the cause; Err is the cause, for errors.Is.
type Error struct {
	Code    ErrorCode
	Message string
	Err     error
}

// Error returns the message.
func (e *Error) Error() string { return e.Message }

// Unwrap returns the cause, for errors.Is and errors.As.
func (e *Error) Unwrap() error { return e.Err }

// Errorf returns an Error with a code. The operands of %w verbs are its cause.
func Errorf(code ErrorCode, format string, args ...any) error {
	err := fmt.Errorf(format, args...)
	cause := errors.Unwrap(err)
	if _, several := err.(interface{ Unwrap() []error }); several {
		cause = err
	}
	return &Error{Code: code, Message: err.Error(), Err: cause}
}

// CodeOf returns the code of the outermost Error in the chain of err: "" for nil, Timeout for a deadline or
// cancellation without a code, Internal for any other error without a code.
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
