package admission

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"time"
)

// Middleware admits the requests of a handler through a gate.
type Middleware struct {
	Gate *Gate
	// Client names the client of a request.
	Client func(*http.Request) string
	// BodyBytes is the number of bytes of a body that are read before the request waits, so that a slow sender needs no
	// slot.
	BodyBytes int64
	// Timeout limits an admitted request, with its answer, because the server's own limit has run while it waited. 0
	// means no limit.
	Timeout time.Duration
	// Refuse answers a request that is not admitted.
	Refuse func(http.ResponseWriter, *http.Request, error)
}

// Handler returns next behind the gate. Requests with method OPTIONS, which do no work, pass.
func (m Middleware) Handler(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodOptions {
			next.ServeHTTP(w, r)
			return
		}
		place, err := m.Gate.Arrive(m.Client(r))
		if err != nil {
			m.Refuse(w, r, err)
			return
		}
		defer place.Leave()
		r.Body = readAhead(r.Body, m.BodyBytes)
		if err := place.Wait(r.Context()); err != nil {
			m.Refuse(w, r, err)
			return
		}
		if m.Timeout > 0 { // a test's recorder has no deadline to set
			_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(m.Timeout))
		}
		next.ServeHTTP(&writer{w, place}, r)
	})
}

// readAhead returns a body whose first bytes are in memory.
func readAhead(body io.ReadCloser, n int64) io.ReadCloser {
	if body == nil {
		return body
	}
	var ahead bytes.Buffer
	rest := io.Reader(body)
	if _, err := io.CopyN(&ahead, body, n); err != nil && !errors.Is(err, io.EOF) {
		rest = failedReader{err}
	}
	return struct {
		io.Reader
		io.Closer
	}{io.MultiReader(&ahead, rest), body}
}

type failedReader struct{ err error }

func (r failedReader) Read([]byte) (int, error) { return 0, r.err }

// slowWrite is the duration after which a write is taken to wait for a slow reader.
const slowWrite = 20 * time.Millisecond

// writer releases the slot when the reader is slow. Until then the handler keeps it, also between writes, for example
// to compress.
type writer struct {
	http.ResponseWriter
	place *Place
}

func (w *writer) Write(p []byte) (int, error) {
	slow := time.AfterFunc(slowWrite, w.place.Yield)
	defer slow.Stop()
	return w.ResponseWriter.Write(p)
}

// Unwrap returns the underlying writer, for http.ResponseController.
func (w *writer) Unwrap() http.ResponseWriter { return w.ResponseWriter }
