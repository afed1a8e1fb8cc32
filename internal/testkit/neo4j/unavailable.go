package neo4j

import (
	"errors"
	"fmt"
)

// unavailableError reports that this machine lacks what a server needs. A server that fails is another error.
type unavailableError struct{ error }

func (e unavailableError) Unwrap() error { return e.error }

func unavailable(format string, args ...any) error {
	return unavailableError{fmt.Errorf(format, args...)}
}

func isUnavailable(err error) bool {
	var e unavailableError
	return errors.As(err, &e)
}
