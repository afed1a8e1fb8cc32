package main

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

// request is a GraphQL request as it goes over HTTP.
type request struct {
	Query         string         `json:"query"`
	OperationName string         `json:"operationName,omitempty"`
	Variables     map[string]any `json:"variables,omitempty"`
}

// client asks a GraphQL server, here or elsewhere.
type client struct {
	endpoint string
	http     *http.Client
}

// remote asks over the network, a little longer than the server may take.
func remote(endpoint string, timeout time.Duration) client {
	c := client{endpoint, &http.Client{}}
	if timeout > 0 {
		c.http.Timeout = timeout + 5*time.Second
	}
	return c
}

// local asks a handler in this process, by the same road.
func local(h http.Handler) client {
	return client{"http://casus/graphql", &http.Client{Transport: inProcess{h}}}
}

type inProcess struct{ http.Handler }

// RoundTrip answers a request by the handler.
func (h inProcess) RoundTrip(r *http.Request) (*http.Response, error) {
	w := &answered{header: http.Header{}, status: http.StatusOK}
	h.ServeHTTP(w, r)
	return &http.Response{
		Status: http.StatusText(w.status), StatusCode: w.status, Header: w.header, Body: io.NopCloser(&w.body), Request: r,
	}, nil
}

// answered keeps what a handler answers.
type answered struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (a *answered) Header() http.Header         { return a.header }
func (a *answered) WriteHeader(status int)      { a.status = status }
func (a *answered) Write(b []byte) (int, error) { return a.body.Write(b) }

// ask prints the answer, indented. It fails where the answer has errors, which are in what it printed.
func (c client) ask(ctx context.Context, q request, out io.Writer) error {
	body, err := json.Marshal(q)
	if err != nil {
		return err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, c.endpoint, bytes.NewReader(body))
	if err != nil {
		return usagef("--endpoint: %w", err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "application/graphql-response+json, application/json;q=0.9")
	response, err := c.http.Do(r)
	if err != nil {
		if u := (*url.Error)(nil); errors.As(err, &u) {
			err = u.Err
		}
		return hinted{kg.Errorf(kg.Unavailable, "cannot ask %s: %w", c.endpoint, err), "is a server running there? `casus serve` starts one"}
	}
	defer func() { _ = response.Body.Close() }() // it was read, or the error is told
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		return kg.Errorf(kg.Unavailable, "the answer of %s broke off: %w", c.endpoint, err)
	}
	var shape struct {
		Data   json.RawMessage   `json:"data"`
		Errors []json.RawMessage `json:"errors"`
	}
	var pretty bytes.Buffer
	if json.Unmarshal(answer, &shape) != nil || shape.Data == nil && shape.Errors == nil || json.Indent(&pretty, answer, "", "  ") != nil {
		return hinted{fmt.Errorf("%s answered %s, which is no GraphQL answer: %.200q", c.endpoint, response.Status, answer), "an endpoint looks like http://127.0.0.1:8080/graphql"}
	}
	if _, err := fmt.Fprintf(out, "%s\n", bytes.TrimSpace(pretty.Bytes())); err != nil {
		return err
	}
	if len(shape.Errors) > 0 {
		return errReported
	}
	return nil
}
