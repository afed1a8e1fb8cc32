package access

import (
	"net/http"

	"casus/internal/kg"
	"casus/internal/server/respond"
)

// Write protects a route that writes. It refuses requests that pages of other origins send, even if they may read,
// requests without a token that may write, and a session's cookie except from a page of this
// server. Refusals are GraphQL errors.
func (g *Guard) Write(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if why, ok := g.checkWrite(r); !ok {
			if why.status == http.StatusUnauthorized {
				w.Header().Set("WWW-Authenticate", challenge)
			}
			respond.GraphQLError(w, r, why.status, why.code, why.message)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// checkWrite returns the refusal of a request to write, or ok if it is allowed.
func (g *Guard) checkWrite(r *http.Request) (why refusal, ok bool) {
	page, _ := pageOf(r)
	c := callerOf(r.Context())
	switch {
	case page == foreignPage:
		return refusal{http.StatusForbidden, kg.Forbidden, "only this server's own pages may write"}, false
	case !g.config.AllowWrites:
		return refusal{http.StatusForbidden, kg.Forbidden,
			"the server takes no writes: start it with --allow-writes"}, false
	}
	if why, ok := checkSession(r, page); !ok {
		return why, false
	}
	switch {
	case c.wrongToken:
		return refusal{http.StatusUnauthorized, kg.Unauthenticated, "the server does not know this token"}, false
	case !c.known:
		return refusal{http.StatusUnauthorized, kg.Unauthenticated,
			"a token that may write is required: send it in the header Authorization: Bearer TOKEN, or sign in with it"}, false
	case !c.mayWrite:
		return refusal{http.StatusForbidden, kg.Forbidden, "the token " + c.token.Name + " may only read"}, false
	}
	return refusal{}, true
}
