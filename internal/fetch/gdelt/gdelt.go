// Package gdelt downloads GDELT's files of the last fifteen minutes, which its update lists name with size and checksum
// (https://blog.gdeltproject.org/gdelt-2-0-our-global-world-in-realtime).
package gdelt

import (
	"context"
	"net/url"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"casus/internal/fetch/remote"
	"casus/internal/kg"
)

// DefaultHost is where GDELT's files are. Its certificate is not for this name, so they are read over http; the
// checksums find damage, not forgery.
const DefaultHost = "http://data.gdeltproject.org"

const (
	// folder is the folder of GDELT 2.0.
	folder = "/gdeltv2/"
	// maxListBytes bounds an update list, which has three lines.
	maxListBytes = 64 << 10
	// maxFileBytes bounds a file. They have about a megabyte.
	maxFileBytes = 1 << 30
)

// List is an update list.
type List string

// The lists: articles in English, and articles in other languages that GDELT translated.
const (
	English    List = "lastupdate.txt"
	Translated List = "lastupdate-translation.txt"
)

// Kind is a kind of GDELT's files that can be loaded.
type Kind string

// The kinds, as they stand in the names of files. The third, gkg, has no events.
const (
	Events   Kind = "export"
	Mentions Kind = "mentions"
)

// Kinds are all kinds.
var Kinds = []Kind{Events, Mentions}

// Entry is a file that a list names.
type Entry struct {
	Name string
	Kind Kind
	Size int64
	MD5  string
}

// API reads from GDELT.
type API struct{ client *remote.Client }

// New returns an API.
func New(client *remote.Client) *API { return &API{client} }

// List returns the text of an update list, unless it still has the entity tag etag.
func (a *API) List(ctx context.Context, list List, etag string) (text string, response remote.Response, err error) {
	r := remote.Request{Path: folder + string(list)}
	if etag != "" {
		r.Header = map[string]string{"If-None-Match": etag}
	}
	return a.client.Text(ctx, r, maxListBytes)
}

// line is a line of a list: size, MD5 and address.
var line = regexp.MustCompile(`^(\d{1,12}) +([0-9a-fA-F]{32}) +(\S+)$`)

// fileName is the name of a file: the moment, and the kind.
var fileName = regexp.MustCompile(`^\d{14}(?:\.translation)?\.(export|mentions|gkg)\.(?:CSV|csv)\.zip$`)

// Entries returns the files of a list that can be loaded. Each must be on the host and in the folder of the list.
func (a *API) Entries(text string) ([]Entry, error) {
	var entries []Entry
	for _, l := range strings.Split(strings.TrimSpace(text), "\n") {
		m := line.FindStringSubmatch(strings.TrimSpace(l))
		if m == nil {
			return nil, kg.Errorf(kg.Unavailable, "a line of GDELT's update list is not size, MD5 and address: %.120q", l)
		}
		size, err := strconv.ParseInt(m[1], 10, 64)
		if err != nil || size == 0 || size > maxFileBytes {
			return nil, kg.Errorf(kg.LimitExceeded, "GDELT's update list names a file of %s bytes", m[1])
		}
		name, err := a.nameOf(m[3])
		if err != nil {
			return nil, err
		}
		kind := Kind(fileName.FindStringSubmatch(name)[1])
		if kind == Events || kind == Mentions {
			entries = append(entries, Entry{name, kind, size, strings.ToLower(m[2])})
		}
	}
	return entries, nil
}

// nameOf returns the name of a file by its address.
func (a *API) nameOf(address string) (string, error) {
	u, err := url.Parse(address)
	own, e := url.Parse(a.client.Host())
	if err != nil || e != nil || !strings.EqualFold(u.Host, own.Host) {
		return "", kg.Errorf(kg.Unavailable, "GDELT's update list names a file on another host: %.120q", address)
	}
	name, found := strings.CutPrefix(u.Path, own.Path+folder)
	if !found || !fileName.MatchString(name) {
		return "", kg.Errorf(kg.Unavailable, "GDELT's update list names an unknown file: %.120q", address)
	}
	return name, nil
}

// File returns where an entry is stored in a folder.
func (e Entry) File(folder string) remote.File {
	return remote.File{Path: filepath.Join(folder, e.Name), Size: e.Size, MD5: e.MD5}
}

// Download stores the file of an entry in a folder. fresh is false if it was there already.
func (a *API) Download(ctx context.Context, e Entry, into string, progress func(done int64)) (fresh bool, err error) {
	file := e.File(into)
	if file.Complete() {
		return false, nil
	}
	return true, a.client.Download(ctx, remote.Request{Path: folder + e.Name}, file, progress)
}
