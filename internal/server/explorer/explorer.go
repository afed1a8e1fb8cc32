// Package explorer serves a page in which a graph is read without typing a query: a timeline, a map, a network and the
// evidence of events; and the pages in which an article becomes a proposal, and a person decides about it. Everything
// the pages load is built into the binary.
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

// Handler serves the explorer at /explore, the review page at /review and /inbox, and the files of all below /explore.
// The pages send their queries to addresses next to them, so a proxy may put a prefix before all and strip it.
func Handler(c Config) http.Handler {
	files := static.Build(dist, "dist")
	delete(files, "index.html")
	delete(files, "review.html")
	explore := page("index.html", c.Version)
	review := page("review.html", c.Version)

	whole := static.Secure(policy(nil), http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cross-Origin-Opener-Policy", openerPolicy(r.URL.Path))
		review.ServeHTTP(w, r)
	}))
	embeddable := static.Secure(policy(c.Embedders), http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		path, below := strings.CutPrefix(r.URL.Path, "/explore/")
		file, found := files[path]
		switch {
		case r.URL.Path == "/explore":
			explore.ServeHTTP(w, r)
		case below && found:
			file.ServeHTTP(w, r)
		default:
			http.NotFound(w, r)
		}
	}))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/review" || r.URL.Path == "/inbox" {
			whole.ServeHTTP(w, r)
			return
		}
		embeddable.ServeHTTP(w, r)
	})
}

// openerPolicy returns the Cross-Origin-Opener-Policy of a page. No page of another origin keeps a window of /review.
// /inbox must keep the window that opened it: a bookmarklet in that page hands an article over by postMessage.
func openerPolicy(path string) string {
	if path == "/inbox" {
		return "unsafe-none"
	}
	return "same-origin"
}

// page returns a page of the build with the program's version.
func page(name, version string) static.File {
	text, err := fs.ReadFile(dist, "dist/"+name)
	if err != nil {
		panic(fmt.Sprintf("explorer: embedded page: %v", err)) // embedded by the compiler: cannot fail
	}
	return static.NewFile(name, []byte(strings.Replace(string(text), "{{version}}", html.EscapeString(version), 1)))
}
