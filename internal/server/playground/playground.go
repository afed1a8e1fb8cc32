// Package playground serves GraphiQL, its workers and a list of example queries. Everything the page loads is built
// into the binary.
//
// The build in dist is committed, so that the Go toolchain alone builds the program. To change the page, edit src and
// run `npm ci && npm run build` in this folder. The same sources produce the same bytes on every machine.
package playground

import (
	"embed"
	"net/http"
	"strings"

	"casus/internal/server/static"
)

//go:embed dist
var dist embed.FS

// contentSecurityPolicy restricts the page to its own origin. The editor, Monaco, writes style attributes and elements,
// which needs 'unsafe-inline' for styles. Its style sheet holds small images as data URLs.
const contentSecurityPolicy = "default-src 'none'; " +
	"script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self' data:; " +
	"connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// Handler serves the page at /playground, its files below that, and the examples at /playground/examples.json. The page
// sends its queries to /graphql next to it, so a proxy may put a prefix before both and strip it. If an example's
// variables are not valid JSON, examples.json is answered with 500 and the page shows the error.
func Handler(examples []Example) http.Handler {
	files := static.Build(dist, "dist")
	index := files["index.html"]
	delete(files, "index.html")
	list, err := examplesFile(examples)

	return static.Secure(contentSecurityPolicy, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		path, below := strings.CutPrefix(r.URL.Path, "/playground/")
		file, found := files[path]
		switch {
		case r.URL.Path == "/playground":
			index.ServeHTTP(w, r)
		case below && path == "":
			redirect(w, r, "../playground")
		case below && path == "examples.json" && err != nil:
			http.Error(w, err.Error(), http.StatusInternalServerError)
		case below && path == "examples.json":
			list.ServeHTTP(w, r)
		case below && found:
			file.ServeHTTP(w, r)
		default:
			http.NotFound(w, r)
		}
	}))
}

// Favicon serves the site's icon, for /favicon.ico, which browsers request by default.
func Favicon() http.Handler {
	return static.Secure(contentSecurityPolicy, static.Build(dist, "dist")["favicon.svg"])
}

// redirect answers with a relative location, which stays right below any prefix. http.Redirect would make it absolute.
func redirect(w http.ResponseWriter, r *http.Request, to string) {
	if r.URL.RawQuery != "" {
		to += "?" + r.URL.RawQuery
	}
	w.Header().Set("Location", to)
	w.WriteHeader(http.StatusPermanentRedirect)
}
