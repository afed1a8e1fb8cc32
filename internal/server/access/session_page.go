package access

import (
	"crypto/sha256"
	_ "embed" // the page and its script
	"encoding/base64"
	"io"
	"net/http"
	"strings"

	"casus/internal/server/respond"
	"casus/internal/server/static"
)

//go:embed session.html
var pageHTML string

//go:embed session.js
var pageScript string

// sessionPage returns the page that begins a session with the token of its address. It runs its own script only and
// connects only to this server.
func sessionPage() http.Handler {
	page := strings.Replace(pageHTML, "SCRIPT", pageScript, 1)
	hash := sha256.Sum256([]byte(pageScript))
	policy := "default-src 'none'; script-src 'sha256-" + base64.StdEncoding.EncodeToString(hash[:]) + "'; " +
		"connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
	return static.Secure(policy, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		respond.Headers(w, "text/html; charset=utf-8")
		w.WriteHeader(http.StatusOK)
		if r.Method != http.MethodHead {
			_, _ = io.WriteString(w, page) // fails only if the client has disconnected
		}
	}))
}
