package access

import (
	"context"
	"net/http"
	"strings"
)

// caller is the sender of a request, as identified by its token or session.
type caller struct {
	token Token
	known bool
	// mayWrite is set if the token may write and the server allows writes.
	mayWrite bool
	// session is set if a session's cookie named the token.
	session bool
	// wrongToken is set if the request has a token that the server does not know.
	wrongToken bool
}

type callerKey struct{}

func callerOf(ctx context.Context) caller {
	c, _ := ctx.Value(callerKey{}).(caller)
	return c
}

// NameOf returns the name of the token that a request was sent with, directly or through a session. It reports false
// for a client without a token.
func NameOf(ctx context.Context) (name string, ok bool) {
	c := callerOf(ctx)
	return c.token.Name, c.known
}

// Identify adds the caller to the context of each request, for NameOf. It refuses no request.
func (g *Guard) Identify(next http.Handler) http.Handler {
	if g.config.Tokens.Empty() {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx := context.WithValue(r.Context(), callerKey{}, g.identify(r))
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// identify returns the caller. A token takes precedence over a session. A session does not count for requests that a
// page of another origin sends.
func (g *Guard) identify(r *http.Request) caller {
	var c caller
	if secret, ok := bearerOf(r); ok {
		c.token, c.known = g.config.Tokens.find(secret)
		c.wrongToken = !c.known
	} else if cookie, err := r.Cookie(cookieName); err == nil {
		if page, _ := pageOf(r); page != foreignPage {
			c.token, c.known = g.sessions.find(cookie.Value)
			c.session = c.known
		}
	}
	c.mayWrite = c.known && c.token.Right == Write && g.config.AllowWrites
	return c
}

// bearerOf returns the token of the Authorization header. Other schemes are meant for a proxy in front of the server.
func bearerOf(r *http.Request) (secret string, ok bool) {
	scheme, secret, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	return strings.TrimSpace(secret), strings.EqualFold(scheme, "Bearer")
}
