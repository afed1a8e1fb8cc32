// Package web serves the pages built into the binary: the GraphQL playground, and nothing that lies elsewhere.
//
// The builds under dist are committed, so that Go alone builds the whole program. To change a page, edit its sources
// (playground/src) and run `npm ci && npm run build` beside its package.json; the same sources give the same bytes.
package web

import (
	"embed"
	"encoding/json"
	"net/http"
	"strings"
)

//go:embed dist
var dist embed.FS

// An Example is one query offered in the playground's sidebar.
type Example struct {
	Name        string          `json:"name"` // a slug: /playground?example=NAME opens it
	Title       string          `json:"title"`
	Description string          `json:"description"` // one line
	Query       string          `json:"query"`
	Variables   json.RawMessage `json:"variables,omitempty"` // a JSON object, or nothing
}

// Playground serves the GraphQL playground at /playground, what it loads below that, and the given examples at
// /playground/examples.json. The page asks the API at /graphql beside it; a prefix before both is fine where a proxy
// strips it. Examples that are no valid JSON are answered with 500, and the page then shows why its list is empty.
func Playground(examples []Example) http.Handler {
	files := load("dist/playground")
	index := files["index.html"]
	delete(files, "index.html")
	list, err := examplesFile(examples)

	return secured(func(w http.ResponseWriter, r *http.Request) {
		path, below := strings.CutPrefix(r.URL.Path, "/playground/")
		file, known := files[path]
		switch {
		case r.URL.Path == "/playground":
			index.serve(w, r)
		case below && path == "":
			redirectUp(w, r, "../playground")
		case below && path == "examples.json" && err != nil:
			http.Error(w, err.Error(), http.StatusInternalServerError)
		case below && path == "examples.json":
			list.serve(w, r)
		case below && known:
			file.serve(w, r)
		default:
			http.NotFound(w, r)
		}
	})
}

// Favicon serves the icon of all pages, for /favicon.ico, where browsers look unasked.
func Favicon() http.Handler {
	icon := load("dist/playground")["favicon.svg"]
	return secured(icon.serve)
}

func examplesFile(examples []Example) (file, error) {
	if examples == nil {
		examples = []Example{}
	}
	body, err := json.Marshal(examples)
	if err != nil {
		return file{}, err
	}
	return newFile("examples.json", body), nil
}

// redirectUp answers with a relative address, which stays right below any prefix, unlike http.Redirect's.
func redirectUp(w http.ResponseWriter, r *http.Request, to string) {
	if r.URL.RawQuery != "" {
		to += "?" + r.URL.RawQuery
	}
	w.Header().Set("Location", to)
	w.WriteHeader(http.StatusPermanentRedirect)
}
