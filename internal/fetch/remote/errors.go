package remote

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"

	"casus/internal/kg"
)

// errSilent is the cause of a request's end if the server sent nothing for too long.
var errSilent = errors.New("the server is silent")

// StatusError reports a response with a status of 400 or more.
type StatusError struct {
	// URL is the request's, without its query.
	URL    string
	Status int
	// Reason is the beginning of the server's message, in one line and without secrets. It may be empty.
	Reason string
}

// Error returns the status and the server's reason.
func (e *StatusError) Error() string {
	text := fmt.Sprintf("%s answered %d %s", e.URL, e.Status, http.StatusText(e.Status))
	if e.Reason != "" {
		text += fmt.Sprintf(": %q", e.Reason)
	}
	return text
}

// code returns the kg code of the status.
func (e *StatusError) code() kg.ErrorCode {
	switch {
	case e.Status == http.StatusUnauthorized:
		return kg.Unauthenticated
	case e.Status == http.StatusForbidden:
		return kg.Forbidden
	case e.Status == http.StatusNotFound, e.Status == http.StatusGone:
		return kg.NotFound
	case e.Status == http.StatusTooManyRequests:
		return kg.LimitExceeded
	case e.Status >= http.StatusInternalServerError:
		return kg.Unavailable
	}
	return kg.BadInput
}

// Status returns the status of a StatusError in the chain of err, else 0.
func Status(err error) int {
	if e := (*StatusError)(nil); errors.As(err, &e) {
		return e.Status
	}
	return 0
}

// ContentError reports a response of another kind than the expected one, such as a web page instead of data.
type ContentError struct {
	URL string
	// What says what the response is.
	What string
}

// Error says what the response is.
func (e *ContentError) Error() string { return e.URL + " answered " + e.What }

// temporaryError is a failure that may pass, so that the request is repeated.
type temporaryError struct{ error }

func (e *temporaryError) Unwrap() error { return e.error }

func temporary(err error) error { return &temporaryError{err} }

// cutOff returns the error of a body that ended too early.
func (c *Client) cutOff(r Request, err error) error {
	return temporary(kg.Errorf(kg.Unavailable, "the response of %s was cut off: %w", c.URL(r), err))
}

// transportError returns the error of a request that got no response, or none to its end. It leaves out what a
// *url.Error repeats, which is the query.
func (c *Client) transportError(ctx context.Context, r Request, err error) error {
	if u := (*url.Error)(nil); errors.As(err, &u) {
		err = u.Err
	}
	redirect, certificate := (*RedirectError)(nil), (*tls.CertificateVerificationError)(nil)
	switch {
	case errors.As(err, &redirect), errors.Is(err, errRedirects):
		return kg.Errorf(kg.Unavailable, "%s: %w", c.URL(r), err)
	case errors.As(err, &certificate):
		return kg.Errorf(kg.Unavailable, "cannot trust %s: %w", c.Host(), err)
	case errors.Is(context.Cause(ctx), errSilent):
		return temporary(kg.Errorf(kg.Unavailable, "%s sent nothing for %s", c.URL(r), c.o.IdleTimeout))
	case ctx.Err() != nil:
		return kg.Errorf(kg.Timeout, "%s: %w", c.URL(r), ctx.Err())
	}
	if dns := (*net.DNSError)(nil); errors.As(err, &dns) && dns.IsNotFound {
		return kg.Errorf(kg.Unavailable, "cannot reach %s: %w", c.Host(), err)
	}
	return temporary(kg.Errorf(kg.Unavailable, "cannot reach %s: %w", c.Host(), err))
}
