package acled

import (
	"errors"
	"net/http"

	"casus/internal/fetch/remote"
	"casus/internal/kg"
)

// The three reasons for which ACLED gives nothing. They have different remedies.
var (
	// ErrNoLogin is wrapped by errors for an e-mail address and password, or tokens, that ACLED does not accept.
	ErrNoLogin = errors.New("ACLED does not accept the login")
	// ErrNoAccess is wrapped by errors for an account that may log in and not read the data.
	ErrNoAccess = errors.New("ACLED accepts the login, but this account has no access to the data")
	// ErrNoRows is wrapped by errors for a query that no event matches.
	ErrNoRows = errors.New("ACLED has no events that match the query")
)

func noLogin(cause error) error { return kg.Errorf(kg.Unauthenticated, "%w: %w", ErrNoLogin, cause) }

func noAccess(cause error) error { return kg.Errorf(kg.Forbidden, "%w: %w", ErrNoAccess, cause) }

// classify returns the error of a request for data.
func classify(err error) error {
	switch remote.Status(err) {
	case http.StatusUnauthorized:
		return noLogin(err)
	case http.StatusForbidden:
		return noAccess(err)
	}
	return err
}
