package remote

import (
	"context"
	"errors"
	"math/rand/v2"
	"net/http"
	"slices"
	"strconv"
	"time"

	"casus/internal/kg"
)

const (
	// maxTries is how often a request is sent at most.
	maxTries = 4
	// firstDelay is the pause before the second try; it doubles each time.
	firstDelay = time.Second
	// MaxDelay is the longest pause. A server that asks for a longer one is asked again by a later run.
	MaxDelay = 5 * time.Minute
)

// askedToWait is a failure after which the server says how long to wait.
type askedToWait struct {
	error
	delay time.Duration
}

func (e *askedToWait) Unwrap() error { return e.error }

// do sends a request until handle accepts the response, a failure cannot pass, or maxTries are used up.
func (c *Client) do(ctx context.Context, r Request, handle func(*http.Response) error) error {
	for try := 1; ; try++ {
		err := c.send(ctx, r, handle)
		passing := (*temporaryError)(nil)
		if !errors.As(err, &passing) || ctx.Err() != nil {
			return err
		}
		if try == maxTries {
			return kg.Errorf(kg.CodeOf(err), "%w (tried %d times)", err, try)
		}
		delay := backoff(try)
		if asked := (*askedToWait)(nil); errors.As(err, &asked) {
			if delay = asked.delay; delay > MaxDelay {
				return kg.Errorf(kg.LimitExceeded, "%w; it asks to wait for %s", err, delay.Round(time.Second))
			}
		}
		if c.o.Waiting != nil {
			c.o.Waiting(Wait{delay, err})
		}
		if err := c.o.Sleep(ctx, delay); err != nil {
			return kg.Errorf(kg.Timeout, "%s: %w", c.URL(r), err)
		}
	}
}

// backoff returns the pause after a try: 1 s, 2 s, 4 s, and randomly up to a quarter more.
func backoff(try int) time.Duration {
	d := firstDelay << (try - 1)
	return d + rand.N(d/4)
}

// statusError returns the error of a response whose status is 400 or more.
func (c *Client) statusError(r Request, response *http.Response, reason string) error {
	status := &StatusError{URL: c.URL(r), Status: response.StatusCode, Reason: reason}
	err := kg.Errorf(status.code(), "%w", status)
	if s := status.Status; s != http.StatusTooManyRequests && s < http.StatusInternalServerError &&
		!slices.Contains(r.RetryStatuses, s) {
		return err
	}
	if delay, found := retryAfter(response.Header); found {
		err = &askedToWait{err, delay}
	}
	return temporary(err)
}

// retryAfter returns how long a server asks to wait, in seconds or until a date (RFC 9110, section 10.2.3). A date is
// compared with the server's own clock, which may differ from ours.
func retryAfter(h http.Header) (delay time.Duration, found bool) {
	text := h.Get("Retry-After")
	if seconds, err := strconv.ParseUint(text, 10, 31); err == nil {
		return time.Duration(seconds) * time.Second, true
	}
	until, err := http.ParseTime(text)
	if err != nil {
		return 0, false
	}
	now, err := http.ParseTime(h.Get("Date"))
	if err != nil {
		now = time.Now()
	}
	return max(0, until.Sub(now)), true
}
