// Package remote makes requests to one host. Every request has timeouts, every body a bound, failures that may pass are
// retried a few times, and no redirect leads to another host.
package remote

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"syscall"
	"time"

	"casus/internal/fetch/secret"
	"casus/internal/kg"
	"casus/internal/loopback"
)

// The timeouts of a request.
const (
	connectTimeout = 15 * time.Second
	// DefaultIdleTimeout is how long a response may be silent, before its first byte and between any two.
	DefaultIdleTimeout = 90 * time.Second
)

// Options of a client.
type Options struct {
	// UserAgent names the program to the server.
	UserAgent string
	// SendsSecrets is set if requests carry passwords or tokens: plain http is then refused, except to this machine.
	SendsSecrets bool
	// LoopbackOnly refuses every host that is not this machine, by name and again by address when it connects.
	LoopbackOnly bool
	// IdleTimeout is how long a response may be silent. 0 uses DefaultIdleTimeout.
	IdleTimeout time.Duration
	// Waiting is called before a request is repeated. It may be nil.
	Waiting func(Wait)
	// Sleep waits for a duration or for the end of ctx. nil waits for real; tests do not.
	Sleep func(ctx context.Context, d time.Duration) error
}

// Wait is a pause before a request is repeated.
type Wait struct {
	// Delay is how long the pause is.
	Delay time.Duration
	// Reason is why the request failed. It has no secrets.
	Reason error
}

// Client makes requests to one host. It is safe for concurrent use.
type Client struct {
	base *url.URL
	http *http.Client
	o    Options
}

// ErrAnotherMachine is wrapped by errors for a host that is not this machine, where only this one is permitted.
var ErrAnotherMachine = errors.New("another machine")

// New returns a client for a host, such as https://example.org. The error has the code BAD_INPUT.
func New(host string, o Options) (*Client, error) {
	u, err := url.Parse(host)
	switch {
	case err != nil:
		return nil, kg.Errorf(kg.BadInput, "%q is not a URL", secret.Redact(host))
	case u.Scheme != "http" && u.Scheme != "https" || u.Host == "":
		return nil, kg.Errorf(kg.BadInput, "%q is not the URL of a host, such as https://example.org", u.Redacted())
	case u.User != nil:
		return nil, kg.Errorf(kg.BadInput, "%s: a host is given without user and password", u.Redacted())
	case u.RawQuery != "" || u.Fragment != "":
		return nil, kg.Errorf(kg.BadInput, "%s: a host is given without a query", u.Redacted())
	case o.LoopbackOnly && !loopback.Host(u.Hostname()):
		return nil, kg.Errorf(kg.BadInput, "%s is %w", u.Redacted(), ErrAnotherMachine)
	case o.SendsSecrets && u.Scheme != "https" && !loopback.Host(u.Hostname()):
		return nil, kg.Errorf(kg.BadInput, "%s: passwords and tokens are sent over https alone", u.Redacted())
	}
	if o.IdleTimeout == 0 {
		o.IdleTimeout = DefaultIdleTimeout
	}
	if o.Sleep == nil {
		o.Sleep = sleep
	}
	u.Path = strings.TrimSuffix(u.Path, "/")
	transport := &http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		DialContext:           (&net.Dialer{Timeout: connectTimeout}).DialContext,
		TLSHandshakeTimeout:   connectTimeout,
		ForceAttemptHTTP2:     true,
		MaxIdleConns:          2,
		IdleConnTimeout:       time.Minute,
		ExpectContinueTimeout: time.Second,
	}
	if o.LoopbackOnly {
		transport.Proxy = nil
		transport.DialContext = (&net.Dialer{Timeout: connectTimeout, ControlContext: loopbackAlone}).DialContext
	}
	return &Client{base: u, http: &http.Client{Transport: transport, CheckRedirect: sameHost}, o: o}, nil
}

// loopbackAlone refuses a connection to an address of another machine, to which a name may resolve.
func loopbackAlone(_ context.Context, _, address string, _ syscall.RawConn) error {
	if host, _, err := net.SplitHostPort(address); err != nil || !loopback.Host(host) {
		return kg.Errorf(kg.BadInput, "%s is another machine", address)
	}
	return nil
}

// Host returns the host as it is named in messages, such as https://example.org.
func (c *Client) Host() string { return c.base.String() }

// Close closes idle connections.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// Request is a request to the client's host.
type Request struct {
	// Path begins with a slash.
	Path  string
	Query url.Values
	// Form makes the request a POST of a form.
	Form url.Values
	// JSON makes the request a POST of JSON.
	JSON []byte
	// MaxBytes bounds a response in JSON. 0 is MaxJSONBytes.
	MaxBytes int64
	// Header has further headers.
	Header map[string]string
	// Secrets are the passwords and tokens of the request. They are masked where the server repeats them.
	Secrets []secret.Secret
	// RetryStatuses are statuses after which the request is repeated, besides 429 and the ones from 500.
	RetryStatuses []int
	// prepare sets headers that differ from try to try. It may be nil.
	prepare func(http.Header)
}

// URL returns the request's URL without its query, for messages.
func (c *Client) URL(r Request) string { return c.base.String() + r.Path }

// send sends a request once and passes the response to handle, whose body fails if the server is silent for too long.
func (c *Client) send(ctx context.Context, r Request, handle func(*http.Response) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	idle := time.AfterFunc(c.o.IdleTimeout, func() { cancel(errSilent) })
	defer idle.Stop()
	request, err := c.request(ctx, r)
	if err != nil {
		return err
	}
	response, err := c.http.Do(request)
	if err != nil {
		return c.transportError(ctx, r, err)
	}
	defer func() { _ = response.Body.Close() }() // a read error is returned by handle
	response.Body = &timedBody{response.Body, func() { idle.Reset(c.o.IdleTimeout) }}
	if err = handle(response); err != nil && errors.Is(context.Cause(ctx), errSilent) {
		return c.transportError(ctx, r, err)
	}
	return err
}

func (c *Client) request(ctx context.Context, r Request) (*http.Request, error) {
	u := *c.base
	u.Path += r.Path
	u.RawQuery = r.Query.Encode()
	method, body := http.MethodGet, io.Reader(nil)
	contentType := ""
	switch {
	case r.Form != nil:
		method, body = http.MethodPost, strings.NewReader(r.Form.Encode())
		contentType = "application/x-www-form-urlencoded"
	case r.JSON != nil:
		method, body, contentType = http.MethodPost, bytes.NewReader(r.JSON), "application/json"
	}
	request, err := http.NewRequestWithContext(ctx, method, u.String(), body)
	if err != nil {
		return nil, kg.Errorf(kg.Internal, "cannot make a request to %s", c.URL(r))
	}
	if contentType != "" {
		request.Header.Set("Content-Type", contentType)
	}
	request.Header.Set("User-Agent", c.o.UserAgent)
	for name, value := range r.Header {
		request.Header.Set(name, value)
	}
	if r.prepare != nil {
		r.prepare(request.Header)
	}
	return request, nil
}

// timedBody is a response's body that reports every read.
type timedBody struct {
	io.ReadCloser
	progressed func()
}

// Read reads and reports.
func (b *timedBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if n > 0 {
		b.progressed()
	}
	return n, err
}

// sleep waits for a duration or for the end of ctx.
func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}
