// Package access decides who may use a server: which names it answers to, which pages may make a browser send requests
// to it, and which tokens and sessions may read and write.
package access

import (
	"net/http"
)

// Config describes a Guard. With the zero value every client may read that reaches the server by an IP address or as
// localhost.
type Config struct {
	// Tokens are the tokens that clients may present. Without any, every client may read.
	Tokens Tokens
	// AnonymousRead lets clients without a token read, although there are tokens.
	AnonymousRead bool
	// AllowWrites lets tokens with the write right write. Without it they only read.
	AllowWrites bool
	// Hosts lists the names by which clients reach the server, besides IP addresses and localhost. Ports are ignored.
	Hosts []string
	// Origins lists the origins of pages of other sites whose scripts may send requests and read the responses, such as
	// "https://example.org"; "*" allows any.
	Origins []string
	// TrustedProxy reports whether a request comes from a proxy whose X-Forwarded-Proto is true. nil means that none does.
	TrustedProxy func(*http.Request) bool
}

// Guard applies a Config to requests. It is safe for concurrent use.
type Guard struct {
	config   Config
	hosts    map[string]bool
	origins  origins
	sessions *sessions
}

// New returns a guard without sessions.
func New(c Config) *Guard {
	g := &Guard{config: c, hosts: map[string]bool{}, origins: newOrigins(c.Origins), sessions: newSessions()}
	for _, host := range c.Hosts {
		g.hosts[hostName(host)] = true
	}
	return g
}

// open reports whether clients without a token may read.
func (g *Guard) open() bool { return g.config.Tokens.Empty() || g.config.AnonymousRead }
