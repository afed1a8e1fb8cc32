package remote_test

import (
	"bytes"
	"crypto/md5" //nolint:gosec // what sources state
	"encoding/hex"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"casus/internal/fetch/remote"
	"casus/internal/kg"
	"casus/internal/testkit/services"
)

// origin serves a content with ranges, after faults, and notes the ranges that were asked for.
type origin struct {
	content []byte
	faults  []services.Fault
	ranges  []string
	noETag  bool
}

func (o *origin) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	n := len(o.ranges)
	o.ranges = append(o.ranges, r.Header.Get("Range"))
	if n < len(o.faults) && o.faults[n] != nil && o.faults[n](w, r) {
		return
	}
	w.Header().Set("Content-Type", "application/zip")
	if !o.noETag {
		w.Header().Set("ETag", `"`+sum(o.content)+`"`)
	}
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(o.content))
}

func sum(content []byte) string {
	s := md5.Sum(content) //nolint:gosec // as above
	return hex.EncodeToString(s[:])
}

// half sends the first bytes of the content and ends the connection.
func half(content []byte, n int) services.Fault {
	return func(w http.ResponseWriter, _ *http.Request) bool {
		w.Header().Set("Content-Length", fmt.Sprint(len(content)))
		w.Header().Set("ETag", `"`+sum(content)+`"`)
		_, _ = w.Write(content[:n])
		_ = http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	}
}

func TestDownload(t *testing.T) {
	content := bytes.Repeat([]byte("0123456789"), 10_000)
	other := bytes.Repeat([]byte("9876543210"), 10_000)
	whole := func(w http.ResponseWriter, _ *http.Request) bool {
		_, err := w.Write(content)
		return err == nil
	}
	fromFive := func(_ http.ResponseWriter, r *http.Request) bool {
		r.Header.Set("Range", "bytes=5-")
		r.Header.Del("If-Range")
		return false
	}
	stated := func(path string) remote.File {
		return remote.File{Path: path, Size: int64(len(content)), MD5: sum(content)}
	}
	for name, c := range map[string]struct {
		origin origin
		ranges []string
		code   kg.ErrorCode
		words  string
	}{
		"at once": {origin{content: content}, []string{""}, "", ""},
		"cut off": {
			origin{content: content, faults: []services.Fault{half(content, 40_000)}}, []string{"", "bytes=40000-"}, "", "",
		},
		"twice cut off": {
			origin{content: content, faults: []services.Fault{half(content, 10), services.Status(503)}},
			[]string{"", "bytes=10-", "bytes=10-"}, "", "",
		},
		"no ranges": {
			origin{content: content, faults: []services.Fault{half(content, 10), whole}}, []string{"", "bytes=10-"}, "", "",
		},
		"no entity tag": {
			origin{content: content, noETag: true, faults: []services.Fault{half(content, 10)}},
			[]string{"", "bytes=10-"}, "", "",
		},
		"another range": {
			origin{content: content, faults: []services.Fault{half(content, 10), fromFive}}, []string{"", "bytes=10-", ""},
			"", "",
		},
		"damaged once": {
			origin{content: content, faults: []services.Fault{services.Body(200, "application/zip", string(other))}},
			[]string{"", ""}, "", "",
		},
		"always damaged": {origin{content: other}, []string{"", ""}, kg.Conflict, "checksum"},
		"too short":      {origin{content: content[:10]}, []string{""}, kg.Conflict, "has 10 bytes, not 100000"},
		"too long": {
			origin{content: append(content[:len(content):len(content)], 'x')}, []string{""}, kg.Conflict, "not 100000",
		},
		"a web page": {
			origin{content: content, faults: []services.Fault{services.LoginPage()}}, []string{""}, kg.Unavailable, "a web page",
		},
		"endless": {
			origin{content: content, faults: []services.Fault{services.Gigantic(3 << 20)}},
			[]string{""}, kg.LimitExceeded, "more than the 100000 bytes",
		},
		"gone": {
			origin{content: content, faults: []services.Fault{services.Status(404)}}, []string{""}, kg.NotFound, "404",
		},
		"always cut early": {
			origin{content: content, faults: services.Always(9, half(content, 0))},
			[]string{"", "", "", ""}, kg.Unavailable, "cut off",
		},
	} {
		t.Run(name, func(t *testing.T) {
			web := httptest.NewServer(&c.origin)
			defer web.Close()
			client, _ := newClient(t, web.URL, remote.Options{})
			file := stated(filepath.Join(t.TempDir(), "a.zip"))
			last := int64(0)
			err := client.Download(t.Context(), remote.Request{Path: "/a.zip"}, file, func(done int64) { last = done })
			if kg.CodeOf(err) != c.code || err != nil && !strings.Contains(err.Error(), c.words) {
				t.Fatalf("%v, want %q with %q", err, c.code, c.words)
			}
			if fmt.Sprint(c.origin.ranges) != fmt.Sprint(c.ranges) {
				t.Errorf("ranges %q, want %q", c.origin.ranges, c.ranges)
			}
			got, readErr := os.ReadFile(file.Path)
			if complete := bytes.Equal(got, content); complete != (c.code == "") || file.Complete() != complete ||
				readErr == nil != complete || complete && last != file.Size {
				t.Errorf("stored %d bytes, %v; last progress %d", len(got), readErr, last)
			}
			if err == nil && leftovers(t, file.Path) != 1 {
				t.Errorf("%d files are left", leftovers(t, file.Path))
			}
		})
	}
}

func leftovers(t *testing.T, path string) int {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	return len(entries)
}

// TestDownloadsOfAnotherRun checks that a later run continues a partial download, unless the content has changed.
func TestDownloadsOfAnotherRun(t *testing.T) {
	content, other := bytes.Repeat([]byte("ab"), 1000), bytes.Repeat([]byte("cd"), 1000)
	for _, next := range [][]byte{content, other} {
		o := &origin{content: content, faults: append(services.Always(1, half(content, 500)),
			services.Always(3, services.Status(500))...)}
		web := httptest.NewServer(o)
		client, _ := newClient(t, web.URL, remote.Options{})
		path := filepath.Join(t.TempDir(), "a")
		download := func(c []byte) error {
			file := remote.File{Path: path, Size: int64(len(c)), MD5: sum(c)}
			return client.Download(t.Context(), remote.Request{Path: "/a"}, file, nil)
		}
		if err := download(content); kg.CodeOf(err) != kg.Unavailable {
			t.Fatal(err)
		}
		o.content, o.faults, o.ranges = next, nil, nil
		want := "bytes=500-"
		if &next[0] != &content[0] {
			want = ""
		}
		if err := download(next); err != nil || len(o.ranges) != 1 || o.ranges[0] != want {
			t.Errorf("%v, ranges %q, want %q", err, o.ranges, want)
		}
		if got, err := os.ReadFile(path); !bytes.Equal(got, next) {
			t.Errorf("%.20q %v", got, err)
		}
		web.Close()
	}
}
