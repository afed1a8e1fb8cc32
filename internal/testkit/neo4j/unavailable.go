package neo4j

import (
	"errors"
	"fmt"
)

// unavailableError is the error for a machine that lacks Java or Maven. The failure of a server is a different error.
type unavailableError struct{ error }

func (e unavailableError) Unwrap() error { return e.error }

func unavailable(format string, args ...any) error {
	return unavailableError{fmt.Errorf(format, args...)}
}

func isUnavailable(err error) bool {
	var e unavailableError
	return errors.As(err, &e)
}
