package sqlite

import (
	"context"
	"errors"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"casus/internal/kg"
)

// mapError wraps an error of the engine with a code and the operation that failed. It returns nil for nil and keeps an
// existing code.
func mapError(err error, what string) error {
	if err == nil {
		return nil
	}
	var own *kg.Error
	if errors.As(err, &own) {
		return err
	}
	code := kg.Internal
	switch {
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded),
		hasCode(err, sqlite3.SQLITE_INTERRUPT):
		code = kg.Timeout
	case hasCode(err, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_CANTOPEN,
		sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL):
		code = kg.Unavailable
	case hasCode(err, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM):
		code = kg.Conflict // a retry would not help
	}
	return kg.Errorf(code, "%s: %w", what, err)
}

// isDamage reports whether an error shows that stored data is damaged, and not that it cannot be reached.
func isDamage(err error) bool {
	return kg.CodeOf(mapError(err, "")) == kg.Internal
}

// hasCode reports whether an error has one of SQLite's primary result codes.
func hasCode(err error, codes ...int) bool {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return false
	}
	for _, c := range codes {
		if e.Code()&0xff == c {
			return true
		}
	}
	return false
}
