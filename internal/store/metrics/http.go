package metrics

import (
	"net/http"
	"slices"
	"strconv"
	"time"
)

// Route counts and times the requests that a handler answers, under a route's name. done, if there is one, is told of
// each when it is answered.
func (s *Set) Route(route string, h http.Handler, done func(r *http.Request, status int, took time.Duration)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		started := time.Now()
		seen := &statusWriter{ResponseWriter: w}
		s.inFlight.Inc()
		defer func() { // also when the handler panics, which the server makes an end of the connection
			took := time.Since(started)
			s.inFlight.Dec()
			s.requests.WithLabelValues(route, method(r.Method), strconv.Itoa(seen.answered())).Inc()
			s.requestSeconds.WithLabelValues(route).Observe(took.Seconds())
			if done != nil {
				done(r, seen.answered(), took)
			}
		}()
		h.ServeHTTP(seen, r)
	})
}

// method keeps strangers' inventions out of the labels.
func method(m string) string {
	known := []string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodOptions, http.MethodPut, http.MethodPatch, http.MethodDelete}
	if slices.Contains(known, m) {
		return m
	}
	return "OTHER"
}

// statusWriter notes the status that is written through it.
type statusWriter struct {
	http.ResponseWriter
	status int
}

func (w *statusWriter) WriteHeader(status int) {
	if w.status == 0 && status >= 200 { // informational ones come before the answer
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

// Unwrap lets http.ResponseController reach the connection's own writer.
func (w *statusWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// answered is the status; a handler that writes nothing answers 200.
func (w *statusWriter) answered() int {
	if w.status == 0 {
		return http.StatusOK
	}
	return w.status
}
