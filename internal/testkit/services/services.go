// Package services stands in for the services of ACLED, UCDP and GDELT in tests. It follows their documentation, has
// invented rows, and can misbehave.
package services

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync"
	"testing"
)

// Fault answers a request in another way than the service. It reports whether it did.
type Fault func(w http.ResponseWriter, r *http.Request) bool

// Server is the stand-in. Its fields may be changed while no request is under way.
type Server struct {
	URL string
	// Date is the Date header of responses, "" for the real one: a server's clock may be wrong.
	Date string

	ACLED
	UCDP
	GDELT

	mutex    sync.Mutex
	faults   []Fault
	requests []string
}

// New starts a server, which ends with the test.
func New(tb testing.TB) *Server {
	tb.Helper()
	s := Start()
	tb.Cleanup(s.close)
	return s.Server
}

// Running is a server that ends with its Close.
type Running struct {
	*Server
	close func()
}

// Close ends the server.
func (r Running) Close() { r.close() }

// Start starts a server.
func Start() Running {
	s := &Server{ACLED: newACLED(), UCDP: newUCDP(), GDELT: newGDELT()}
	web := httptest.NewServer(s)
	s.URL = web.URL
	return Running{s, web.Close}
}

// Misbehave adds faults: one for each of the next requests in turn, nil for a request that is answered as usual.
func (s *Server) Misbehave(faults ...Fault) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.faults = append(s.faults, faults...)
}

// Requests returns the paths and queries of all requests so far, and forgets them.
func (s *Server) Requests() []string {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	all := s.requests
	s.requests = nil
	return all
}

// ServeHTTP answers a request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.requests = append(s.requests, r.URL.RequestURI())
	if s.Date != "" {
		w.Header().Set("Date", s.Date)
	}
	if len(s.faults) > 0 {
		fault := s.faults[0]
		s.faults = s.faults[1:]
		if fault != nil && fault(w, r) {
			return
		}
	}
	switch {
	case s.ACLED.serve(w, r), s.UCDP.serve(w, r, s.URL), s.GDELT.serve(w, r, s.URL):
	default:
		http.NotFound(w, r)
	}
}

func respond(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) // a client that is gone fails its test
}

// numberOf returns a number of a query, else another one.
func numberOf(r *http.Request, key string, otherwise int) int {
	n, err := strconv.Atoi(r.URL.Query().Get(key))
	if err != nil {
		return otherwise
	}
	return n
}

// pageOf returns the rows of a page; pages are numbered from 0.
func pageOf(rows []Row, page, size int) []Row {
	from := min(page*size, len(rows))
	return append([]Row{}, rows[from:min(from+size, len(rows))]...) // an empty list, not null
}

// Row is a row of a service.
type Row map[string]any
