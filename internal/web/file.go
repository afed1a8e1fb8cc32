package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"time"
)

// A file is one file of a build as it is served. Text is kept compressed only, at under a third of its size.
type file struct {
	contentType string
	immutable   bool // its name carries a hash of its contents
	body        []byte
	gzipped     bool   // whether body is
	hash        string // of body, for the ETag
}

// Fixed here, as the mime package asks the operating system.
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

// newFile takes a file under its path within a build, where what lies in assets/ is named by hash.
func newFile(name string, body []byte) file {
	name, gzipped := strings.CutSuffix(name, ".gz")
	sum := sha256.Sum256(body)
	return file{
		contentType: contentTypes[path.Ext(name)],
		immutable:   strings.HasPrefix(name, "assets/"),
		body:        body,
		gzipped:     gzipped,
		hash:        base64.RawURLEncoding.EncodeToString(sum[:12]),
	}
}

// load reads one embedded build, keyed by path within it without .gz.
func load(root string) map[string]file {
	files := map[string]file{}
	err := fs.WalkDir(dist, root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		body, err := dist.ReadFile(name)
		name = strings.TrimPrefix(name, root+"/")
		files[strings.TrimSuffix(name, ".gz")] = newFile(name, body)
		return err
	})
	if err != nil {
		panic(fmt.Sprintf("web: embedded %s: %v", root, err)) // embedded by the compiler: cannot fail
	}
	return files
}

func (f file) serve(w http.ResponseWriter, r *http.Request) {
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
		if acceptsGzip(r.Header.Values("Accept-Encoding")) {
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
