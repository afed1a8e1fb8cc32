package access

import (
	"crypto/sha256"
	"sync"
	"time"
)

const (
	// sessionLife is the duration of a session.
	sessionLife = 12 * time.Hour
	// maxSessions bounds the sessions of one token. Another one ends the oldest.
	maxSessions = 64
)

// sessions holds the open sessions in memory. It is safe for concurrent use.
type sessions struct {
	mu sync.Mutex
	// open has the sessions by the hashes of their ids, so that the duration of a look-up reveals nothing about an id.
	open map[[sha256.Size]byte]session
	now  func() time.Time
}

type session struct {
	token Token
	ends  time.Time
}

func newSessions() *sessions {
	return &sessions{open: map[[sha256.Size]byte]session{}, now: time.Now}
}

// start begins a session and returns its id.
func (s *sessions) start(token Token) (id string) {
	id = randomText()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.makeRoom(token.Name)
	s.open[sha256.Sum256([]byte(id))] = session{token, s.now().Add(sessionLife)}
	return id
}

// makeRoom removes the sessions that have ended, and the oldest one of a token that has too many.
func (s *sessions) makeRoom(name string) {
	var oldest [sha256.Size]byte
	count := 0
	for key, one := range s.open {
		switch {
		case !s.now().Before(one.ends):
			delete(s.open, key)
		case one.token.Name == name:
			if count == 0 || one.ends.Before(s.open[oldest].ends) {
				oldest = key
			}
			count++
		}
	}
	if count >= maxSessions {
		delete(s.open, oldest)
	}
}

// find returns the token of a session that has not ended.
func (s *sessions) find(id string) (token Token, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	one, ok := s.open[sha256.Sum256([]byte(id))]
	if !ok || !s.now().Before(one.ends) {
		return Token{}, false
	}
	return one.token, true
}

// end ends a session if there is one with the id.
func (s *sessions) end(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.open, sha256.Sum256([]byte(id)))
}
