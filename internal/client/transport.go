package client

import (
	"bytes"
	"io"
	"net/http"
)

// handlerTransport is an http.RoundTripper that calls a handler.
type handlerTransport struct{ http.Handler }

// RoundTrip returns the handler's response.
func (t handlerTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	w := &responseRecorder{header: http.Header{}, status: http.StatusOK}
	t.ServeHTTP(w, r)
	return &http.Response{
		Status: http.StatusText(w.status), StatusCode: w.status, Header: w.header, Body: io.NopCloser(&w.body), Request: r,
	}, nil
}

// responseRecorder is an http.ResponseWriter that holds the response in memory.
type responseRecorder struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (w *responseRecorder) Header() http.Header         { return w.header }
func (w *responseRecorder) WriteHeader(status int)      { w.status = status }
func (w *responseRecorder) Write(b []byte) (int, error) { return w.body.Write(b) }
