package access

import (
	"mime"
	"net/http"
	"strings"

	"casus/internal/kg"
	"casus/internal/server/respond"
	"casus/internal/strictjson"
)

const (
	// cookieName is the name of the cookie that has a session's id.
	cookieName = "casus-session"
	// maxSessionBody bounds the body of a request for a session.
	maxSessionBody = 4 << 10
)

// Session answers /session: POST begins a session with a token, DELETE ends it, and GET returns the name and the right
// of the caller. A browser that opens the address gets a page that begins a session with the token in the address's
// fragment.
func (g *Guard) Session() http.Handler {
	page := sessionPage()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Add("Vary", "Accept")
		isRead := r.Method == http.MethodGet || r.Method == http.MethodHead
		if isRead && strings.Contains(r.Header.Get("Accept"), "text/html") {
			page.ServeHTTP(w, r)
			return
		}
		from, _ := pageOf(r)
		if from == foreignPage {
			writeGraphQL(w, r, refusal{http.StatusForbidden, kg.Forbidden, "sessions are for this server's own pages"})
			return
		}
		if why, ok := checkSession(r, from); !ok {
			writeGraphQL(w, r, why)
			return
		}
		switch {
		case isRead:
			g.showSession(w, r)
		case r.Method == http.MethodPost:
			g.startSession(w, r)
		case r.Method == http.MethodDelete:
			g.endSession(w, r)
		default:
			w.Header().Set("Allow", "GET, HEAD, POST, DELETE")
			writeGraphQL(w, r, refusal{http.StatusMethodNotAllowed, kg.BadInput, "use GET, POST or DELETE"})
		}
	})
}

// showSession answers with the name and the right of the caller, and whether reading needs a token.
func (g *Guard) showSession(w http.ResponseWriter, r *http.Request) {
	type shown struct {
		Name     string `json:"name"`
		Access   string `json:"access"`
		Required bool   `json:"required"`
	}
	c := callerOf(r.Context())
	if c.wrongToken || !c.known && !g.open() {
		w.Header().Set("WWW-Authenticate", challenge)
		respond.JSON(w, http.StatusUnauthorized, "application/json", map[string]bool{"required": !g.open()})
		return
	}
	right := Read
	if c.mayWrite {
		right = Write
	}
	respond.JSON(w, http.StatusOK, "application/json", shown{c.token.Name, right.String(), !g.open()})
}

func (g *Guard) startSession(w http.ResponseWriter, r *http.Request) {
	// Browsers do not send this type to other origins without a preflight request, which is not answered.
	mediaType, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || mediaType != "application/json" {
		writeGraphQL(w, r, refusal{http.StatusUnsupportedMediaType, kg.BadInput, "send application/json"})
		return
	}
	var body struct {
		Token string `json:"token"`
	}
	if err := strictjson.Decode(http.MaxBytesReader(w, r.Body, maxSessionBody), &body); err != nil {
		writeGraphQL(w, r, refusal{http.StatusBadRequest, kg.BadInput, `expected {"token": "..."}`})
		return
	}
	token, ok := g.config.Tokens.find(body.Token)
	if !ok {
		w.Header().Set("WWW-Authenticate", challenge)
		writeGraphQL(w, r, refusal{http.StatusUnauthorized, kg.Unauthenticated, "the server does not know this token"})
		return
	}
	g.closeSession(r)
	g.setCookie(w, r, g.sessions.start(token), int(sessionLife.Seconds()))
}

func (g *Guard) endSession(w http.ResponseWriter, r *http.Request) {
	g.closeSession(r)
	g.setCookie(w, r, "", -1)
}

// closeSession ends the session of a request, if it has one.
func (g *Guard) closeSession(r *http.Request) {
	if cookie, err := r.Cookie(cookieName); err == nil {
		g.sessions.end(cookie.Value)
	}
}

// setCookie answers 204 with the cookie of a session. A negative age removes it.
func (g *Guard) setCookie(w http.ResponseWriter, r *http.Request, id string, age int) {
	http.SetCookie(w, &http.Cookie{
		Name: cookieName, Value: id, Path: "/", MaxAge: age,
		HttpOnly: true, SameSite: http.SameSiteStrictMode, Secure: g.isHTTPS(r),
	})
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusNoContent)
}

// isHTTPS reports whether the client speaks TLS, with the server or with a trusted proxy.
func (g *Guard) isHTTPS(r *http.Request) bool {
	if r.TLS != nil {
		return true
	}
	proto, _, _ := strings.Cut(r.Header.Get("X-Forwarded-Proto"), ",")
	trusted := g.config.TrustedProxy
	return trusted != nil && trusted(r) && strings.EqualFold(strings.TrimSpace(proto), "https")
}
