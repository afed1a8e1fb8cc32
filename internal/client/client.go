// Package client sends GraphQL requests to a server, over the network or to a handler in the same process.
package client

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

	"casus/internal/kg"
)

// ErrUnreachable is wrapped by errors for an endpoint that accepts no connection or does not respond.
var ErrUnreachable = errors.New("server unreachable")

// timeoutMargin is added to an operation's timeout, so that the server reports the timeout before the client does.
const timeoutMargin = 5 * time.Second

// Client sends requests to one endpoint. It is safe for concurrent use.
type Client struct {
	endpoint string
	token    Token
	http     *http.Client
}

// New returns a client for a server's endpoint, such as http://127.0.0.1:8080/graphql. It sends token with each
// request, unless it is empty. timeout limits one operation; 0 or negative means no limit. The error, if the endpoint
// is not a valid URL, has the code BAD_INPUT.
func New(endpoint string, token Token, timeout time.Duration) (*Client, error) {
	if _, err := url.Parse(endpoint); err != nil {
		return nil, kg.Errorf(kg.BadInput, "%w", err)
	}
	c := &Client{endpoint, token, &http.Client{}}
	if token != "" {
		c.http.CheckRedirect = sameOrigin
	}
	if timeout > 0 {
		c.http.Timeout = timeout + timeoutMargin
	}
	return c, nil
}

// NewInProcess returns a client for a handler in this process. Requests pass the same HTTP code as over the network.
func NewInProcess(h http.Handler) *Client {
	return &Client{endpoint: "http://casus/graphql", http: &http.Client{Transport: handlerTransport{h}}}
}

// Request is a GraphQL request as it is sent over HTTP.
type Request struct {
	Query         string         `json:"query"`
	OperationName string         `json:"operationName,omitempty"`
	Variables     map[string]any `json:"variables,omitempty"`
}

// Do sends a request and returns the response. An error means that the server did not run it: it wraps ErrUnreachable,
// an *AccessError, a *RedirectError or a *ResponseError, or has the code UNAVAILABLE if the response was cut off. Other
// GraphQL errors are part of the response.
func (c *Client) Do(ctx context.Context, q Request) (*Response, error) {
	body, err := json.Marshal(q)
	if err != nil {
		return nil, err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, c.endpoint, bytes.NewReader(body))
	if err != nil {
		return nil, kg.Errorf(kg.BadInput, "%w", err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "application/graphql-response+json, application/json;q=0.9")
	if c.token != "" {
		r.Header.Set("Authorization", "Bearer "+string(c.token))
	}
	response, err := c.http.Do(r)
	if redirect := (*RedirectError)(nil); errors.As(err, &redirect) {
		return nil, kg.Errorf(kg.BadInput, "%w", redirect)
	}
	if err != nil {
		return nil, c.unreachable(err)
	}
	defer func() { _ = response.Body.Close() }() // a read error is returned below
	content, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, kg.Errorf(kg.Unavailable, "the response of %s was cut off: %w", c.endpoint, err)
	}
	if code := refusalCode(response.StatusCode); code != "" {
		return nil, kg.Errorf(code, "%w", &AccessError{
			Endpoint: c.endpoint, Status: response.StatusCode, HasToken: c.token != "", Reason: firstMessage(content),
		})
	}
	parsed, ok := parseResponse(content)
	if !ok {
		return nil, &ResponseError{Endpoint: c.endpoint, Status: response.Status, Body: content}
	}
	return parsed, nil
}

// unreachable wraps an error of package http, without the method and URL that a *url.Error repeats.
func (c *Client) unreachable(err error) error {
	if u := (*url.Error)(nil); errors.As(err, &u) {
		err = u.Err
	}
	return &unreachableError{kg.Errorf(kg.Unavailable, "cannot reach %s: %w", c.endpoint, err)}
}

// unreachableError adds ErrUnreachable to an error's chain and leaves its message as it is.
type unreachableError struct{ error }

func (e *unreachableError) Unwrap() error { return e.error }

func (e *unreachableError) Is(target error) bool { return target == ErrUnreachable }

// ResponseError reports a response that is not a valid GraphQL response.
type ResponseError struct {
	Endpoint, Status string
	Body             []byte
}

// Error returns the status and the beginning of the body.
func (e *ResponseError) Error() string {
	return fmt.Sprintf("%s answered %s with an invalid GraphQL response: %.200q", e.Endpoint, e.Status, e.Body)
}
