// Package etag has the entity tags (RFC 9110, section 8.8.3) of responses that follow from a request and a revision of
// a store alone.
package etag

import (
	"fmt"
	"hash/fnv"
	"net/http"
	"os"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"
)

// Header is the response header that has the revision. It is a number, but clients compare it and nothing else.
const Header = "Casus-Revision"

// Of returns the tag of a revision. It is weak, because one revision has responses in several encodings. Other builds
// of the program have other tags, since they may answer otherwise.
func Of(revision int64) string { return `W/"` + Text(revision) + "-" + build() + `"` }

// Text returns a revision as clients see it.
func Text(revision int64) string { return strconv.FormatInt(revision, 10) }

// Matches reports whether the client of a request has the response of a revision, by its header If-None-Match. A "*"
// does not match, because it does not say which response the client has.
func Matches(r *http.Request, revision int64) bool {
	tag := strings.TrimPrefix(Of(revision), "W/")
	for _, listed := range strings.Split(strings.Join(r.Header.Values("If-None-Match"), ","), ",") {
		if strings.TrimPrefix(strings.TrimSpace(listed), "W/") == tag {
			return true
		}
	}
	return false
}

// Set sets the headers of a response of a revision: clients may store it, but must revalidate it before they use it.
func Set(h http.Header, revision int64) {
	h.Set("ETag", Of(revision))
	h.Set(Header, Text(revision))
	if h.Get("Cache-Control") == "" {
		h.Set("Cache-Control", "private, no-cache")
	}
}

// Remove removes the headers that Set sets, before a response that is not one of the revision.
func Remove(h http.Header) {
	for _, name := range []string{"ETag", Header, "Cache-Control"} {
		h.Del(name)
	}
}

// build identifies the running program.
var build = sync.OnceValue(func() string {
	h := fnv.New32a()
	if info, ok := debug.ReadBuildInfo(); ok {
		_, _ = h.Write([]byte(info.String())) // never fails
	}
	if path, err := os.Executable(); err == nil {
		if file, err := os.Stat(path); err == nil { // a build from changed sources has the same information
			_, _ = fmt.Fprint(h, file.Size(), file.ModTime().UnixNano())
		}
	}
	return strconv.FormatUint(uint64(h.Sum32()), 36)
})
