// Package explorer serves a page in which a graph is read without typing a query: a timeline, a map, a network and the
// evidence of events. Everything the page loads is built into the binary.
//
// The build in dist is committed, so that the Go toolchain alone builds the program. To change the page, edit src and
// run `npm ci && npm run build` in this folder. The same sources produce the same bytes on every machine.
package explorer

import (
	"embed"
	"net/http"
	"strings"

	"casus/internal/server/static"
)

//go:embed dist
var dist embed.FS

// contentSecurityPolicy restricts the page to its own origin, without inline scripts and styles.
const contentSecurityPolicy = "default-src 'none'; " +
	"script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data: blob:; " +
	"connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// Handler serves the page at /explore and its files below that. The page sends its queries to /graphql next to it, so a
// proxy may put a prefix before both and strip it.
func Handler() http.Handler {
	files := static.Build(dist, "dist")
	index := files["index.html"]
	delete(files, "index.html")

	return static.Secure(contentSecurityPolicy, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		path, below := strings.CutPrefix(r.URL.Path, "/explore/")
		file, found := files[path]
		switch {
		case r.URL.Path == "/explore":
			index.ServeHTTP(w, r)
		case below && found:
			file.ServeHTTP(w, r)
		default:
			http.NotFound(w, r)
		}
	}))
}
