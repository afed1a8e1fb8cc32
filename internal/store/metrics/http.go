package metrics

import (
	"net/http"
	"slices"
	"strconv"
	"time"
)

// Route wraps a handler so that its requests are counted and timed under a route's name. done, unless nil, is called
// after each request.
func (s *Set) Route(
	route string, h http.Handler, done func(r *http.Request, status int, took time.Duration),
) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		started := time.Now()
		sw := &statusWriter{ResponseWriter: w}
		s.inFlight.Inc()
		defer func() { // also runs when the handler panics; the server then closes the connection
			took := time.Since(started)
			s.inFlight.Dec()
			s.requests.WithLabelValues(route, method(r.Method), strconv.Itoa(sw.code())).Inc()
			s.requestSeconds.WithLabelValues(route).Observe(took.Seconds())
			if done != nil {
				done(r, sw.code(), took)
			}
		}()
		h.ServeHTTP(sw, r)
	})
}

// Client counts a request of a client that has a token, by the token's name. The caller makes sure that there are few
// names.
func (s *Set) Client(name string, status int) {
	s.clients.WithLabelValues(name, strconv.Itoa(status)).Inc()
}

// method returns the label of a request method. Unknown methods share one label, so that clients cannot add labels.
func method(m string) string {
	known := []string{
		http.MethodGet, http.MethodHead, http.MethodPost, http.MethodOptions, http.MethodPut, http.MethodPatch,
		http.MethodDelete,
	}
	if slices.Contains(known, m) {
		return m
	}
	return "OTHER"
}

// statusWriter records the status that is written through it.
type statusWriter struct {
	http.ResponseWriter
	status int
}

func (w *statusWriter) WriteHeader(status int) {
	if w.status == 0 && status >= 200 { // informational statuses precede the response's own
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *statusWriter) Write(b []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	return w.ResponseWriter.Write(b)
}

// Unwrap returns the underlying writer, for http.ResponseController.
func (w *statusWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// code returns the status, which is 200 for a handler that writes nothing.
func (w *statusWriter) code() int {
	if w.status == 0 {
		return http.StatusOK
	}
	return w.status
}
