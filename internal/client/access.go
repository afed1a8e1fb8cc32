package client

import (
	"fmt"
	"net/http"

	"casus/internal/kg"
)

// AccessError reports a response with the status 401 or 403.
type AccessError struct {
	Endpoint string
	Status   int
	// HasToken reports whether the request had a token.
	HasToken bool
	// Reason is the server's message, or "".
	Reason string
}

// Error reports whether a token is missing, unknown or insufficient.
func (e *AccessError) Error() string {
	message := e.Endpoint + " requires a token"
	switch {
	case e.Status == http.StatusForbidden && e.HasToken:
		message = e.Endpoint + " does not allow this with the token"
	case e.Status == http.StatusForbidden:
		message = e.Endpoint + " does not allow this"
	case e.HasToken:
		message = e.Endpoint + " does not accept the token"
	}
	if e.Reason != "" {
		message += fmt.Sprintf(" (it answered %d: %.200q)", e.Status, e.Reason)
	}
	return message
}

// refusalCode returns the code of an AccessError with a status, or "" if the status is not one of an AccessError.
func refusalCode(status int) kg.ErrorCode {
	switch status {
	case http.StatusUnauthorized:
		return kg.Unauthenticated
	case http.StatusForbidden:
		return kg.Forbidden
	}
	return ""
}
