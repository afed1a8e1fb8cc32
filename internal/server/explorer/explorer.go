// Package explorer serves a page in which a graph is read without typing a query: a timeline, a map, a network and the
// evidence of events. Everything the page loads is built into the binary.
//
// The build in dist is committed, so that the Go toolchain alone builds the program. To change the page, edit src and
// run `npm ci && npm run build` in this folder. The same sources produce the same bytes on every machine.
package explorer

import (
	"embed"
	"fmt"
	"html"
	"io/fs"
	"net/http"
	"regexp"
	"strings"

	"casus/internal/server/static"
)

//go:embed dist
var dist embed.FS

// Config describes the page.
type Config struct {
	// Version is the program's version, which the page writes on what it exports.
	Version string
	// Embedders are the origins of the pages that may show this one in a frame, such as "https://example.org"; "*" allows
	// any. Without any, none may. CheckEmbedders must accept them.
	Embedders []string
}

// origin is a source of a frame-ancestors directive (https://www.w3.org/TR/CSP3/#directive-frame-ancestors).
var origin = regexp.MustCompile(`^(\*|https?://(\*\.)?[a-z0-9.-]+(:\d{1,5})?|https?://\[[0-9a-f:.]+\](:\d{1,5})?)$`)

// CheckEmbedders returns an error unless each embedder is an origin, "*", or an origin with "*." before its host.
func CheckEmbedders(embedders []string) error {
	for _, each := range embedders {
		if !origin.MatchString(strings.ToLower(each)) {
			return fmt.Errorf("%q is not an origin such as https://example.org (without a path)", each)
		}
	}
	return nil
}

// policy returns the Content-Security-Policy of the page: its own origin only, without inline scripts and styles, shown
// in frames of embedders only.
func policy(embedders []string) string {
	ancestors := "'none'"
	if len(embedders) > 0 {
		ancestors = strings.Join(embedders, " ")
	}
	return "default-src 'none'; " +
		"script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data: blob:; " +
		"connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors " + ancestors
}

// Handler serves the page at /explore and its files below that. The page sends its queries to /graphql next to it, so a
// proxy may put a prefix before both and strip it.
func Handler(c Config) http.Handler {
	files := static.Build(dist, "dist")
	delete(files, "index.html")
	index := static.NewFile("index.html", page(c.Version))

	return static.Secure(policy(c.Embedders), http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
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

// page returns the page with the program's version.
func page(version string) []byte {
	text, err := fs.ReadFile(dist, "dist/index.html")
	if err != nil {
		panic(fmt.Sprintf("explorer: embedded page: %v", err)) // embedded by the compiler: cannot fail
	}
	return []byte(strings.Replace(string(text), "{{version}}", html.EscapeString(version), 1))
}
