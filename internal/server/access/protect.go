package access

import (
	"net/http"

	"casus/internal/kg"
)

// Data protects a route that answers with data. It refuses requests that pages of other origins make a browser send,
// navigations and links included, with 403, and requests without a token that may read, with 401. Allowed origins may
// send requests and read the responses.
func (g *Guard) Data(next http.Handler) http.Handler { return g.protect(next, g.open(), writePlain) }

// Internal protects a route with information about the server itself. It is like Data, but requires a token whenever
// the server has any.
func (g *Guard) Internal(next http.Handler) http.Handler {
	return g.protect(next, g.config.Tokens.Empty(), writePlain)
}

// GraphQL is Data with refusals that are GraphQL responses.
func (g *Guard) GraphQL(next http.Handler) http.Handler {
	return g.protect(next, g.open(), writeGraphQL)
}

// protect protects a route, which is open to clients without a token or not.
func (g *Guard) protect(next http.Handler, open bool, refuse writer) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		g.origins.share(w, r)
		if g.origins.preflight(w, r) {
			return
		}
		why, ok := g.check(r, open)
		if !ok {
			if why.status == http.StatusUnauthorized {
				w.Header().Set("WWW-Authenticate", challenge)
			}
			refuse(w, r, why)
			return
		}
		if _, named := NameOf(r.Context()); named {
			w.Header().Set("Cache-Control", "no-store")
		}
		next.ServeHTTP(w, r)
	})
}

// check returns the refusal of a request, or ok if the request is allowed.
func (g *Guard) check(r *http.Request, open bool) (why refusal, ok bool) {
	page, origin := pageOf(r)
	if page == foreignPage && !g.origins.allow(origin) {
		return refusal{http.StatusForbidden, kg.Forbidden, "a page of another site made the browser send this request:" +
			" open the address yourself, or start the server with --allow-origin for that site"}, false
	}
	if why, ok := checkSession(r, page); !ok {
		return why, false
	}
	c := callerOf(r.Context())
	switch {
	case c.wrongToken:
		return refusal{http.StatusUnauthorized, kg.Unauthenticated, "the server does not know this token"}, false
	case !c.known && !open:
		return refusal{http.StatusUnauthorized, kg.Unauthenticated,
			"a token is required: send it in the header Authorization: Bearer TOKEN, or sign in with it"}, false
	}
	return refusal{}, true
}

// checkSession returns the refusal of a request with a session's cookie, or ok if it is allowed: if its method is safe,
// or a page of this server sent it.
func checkSession(r *http.Request, page relation) (why refusal, ok bool) {
	if callerOf(r.Context()).session && !isSafe(r.Method) && page != samePage {
		return refusal{http.StatusForbidden, kg.Forbidden,
			"a session takes " + r.Method + " only from this server's own pages: send a token instead"}, false
	}
	return refusal{}, true
}

// isSafe reports whether a method only reads (RFC 9110, section 9.2.1).
func isSafe(method string) bool {
	return method == http.MethodGet || method == http.MethodHead || method == http.MethodOptions
}
