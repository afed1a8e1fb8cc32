// Package static serves the files of a web page from memory: compressed where the client accepts it, cached as long as
// their names allow, with the headers that keep a page to its own origin.
package static

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"io"
	"net/http"
	"path"
	"strings"
	"time"
)

// File is one file of a page. Text files of a build are stored only gzipped, at less than a third of their size.
type File struct {
	contentType string
	immutable   bool // the name carries a hash of the contents
	body        []byte
	gzipped     bool   // whether body is gzipped
	hash        string // of body, for the ETag
}

// contentTypes is fixed because package mime depends on the operating system's configuration.
var contentTypes = map[string]string{
	".css":   "text/css; charset=utf-8",
	".html":  "text/html; charset=utf-8",
	".js":    "text/javascript; charset=utf-8",
	".json":  "application/json",
	".svg":   "image/svg+xml",
	".ttf":   "font/ttf",
	".txt":   "text/plain; charset=utf-8",
	".woff2": "font/woff2",
}

// NewFile returns the file at a path within a build. The extension determines the content type, .gz marks a gzipped
// body, and names in assets/ carry a hash, so they never become stale.
func NewFile(name string, body []byte) File {
	name, gzipped := strings.CutSuffix(name, ".gz")
	sum := sha256.Sum256(body)
	return File{
		contentType: contentTypes[path.Ext(name)],
		immutable:   strings.HasPrefix(name, "assets/"),
		body:        body,
		gzipped:     gzipped,
		hash:        base64.RawURLEncoding.EncodeToString(sum[:12]),
	}
}

// ServeHTTP writes the file, or 304 if the client has this version. It inflates a gzipped file for a client that does
// not accept gzip.
func (f File) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Type", f.contentType)
	if f.immutable {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	} else {
		h.Set("Cache-Control", "no-cache")
	}
	body, etag := f.body, f.hash
	if f.gzipped {
		h.Add("Vary", "Accept-Encoding")
		if AcceptsGzip(r.Header.Values("Accept-Encoding")) {
			h.Set("Content-Encoding", "gzip")
			etag += "-gzip"
		} else {
			var err error
			if body, err = inflate(body); err != nil {
				http.Error(w, "the file is damaged", http.StatusInternalServerError)
				return
			}
		}
	}
	h.Set("ETag", `"`+etag+`"`)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
}

func inflate(compressed []byte) ([]byte, error) {
	reader, err := gzip.NewReader(bytes.NewReader(compressed))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(reader)
}
