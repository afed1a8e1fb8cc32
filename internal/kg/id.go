package kg

import (
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// ID is the global id of an object, readable and with its kind: "actor:zelensky", "event:ucdp:147997",
// "location:geonames:698740".
type ID string

// NodeKind is the kind of an object, the part of its id before the first colon.
type NodeKind string

// The kinds of objects that have ids.
const (
	KindActor       NodeKind = "actor"
	KindLocation    NodeKind = "location"
	KindEvent       NodeKind = "event"
	KindDocument    NodeKind = "document"
	KindClaim       NodeKind = "claim"
	KindAffiliation NodeKind = "affiliation"
	KindIdentity    NodeKind = "identity"
	KindRelease     NodeKind = "release"
	KindReview      NodeKind = "review"
	KindCorrection  NodeKind = "correction"
)

// NodeKinds are all kinds in a fixed order.
var NodeKinds = NewVocabulary(
	KindActor, KindLocation, KindEvent, KindDocument, KindClaim, KindAffiliation, KindIdentity, KindRelease,
	KindReview, KindCorrection,
)

// Kind returns the kind before the first colon, or "" if there is no colon or the kind is not one of NodeKinds.
func (id ID) Kind() NodeKind {
	prefix, _, ok := strings.Cut(string(id), ":")
	switch k := NodeKind(prefix); k {
	case KindActor, KindLocation, KindEvent, KindDocument, KindClaim, KindAffiliation, KindIdentity, KindRelease,
		KindReview, KindCorrection:
		if ok {
			return k
		}
	}
	return ""
}

// Slug returns the part of the id after the last colon, which often consists of the words of a name.
func (id ID) Slug() string { return string(id[strings.LastIndexByte(string(id), ':')+1:]) }

// Check returns a BadInput error unless id is a known kind, a colon and printable characters without white space, and
// is of one of the kinds. Without kinds, any kind is valid.
func (id ID) Check(kinds ...NodeKind) error {
	s := string(id)
	kind := id.Kind()
	switch {
	case s == "":
		return Errorf(BadInput, "an id is empty")
	case len(s) > MaxIDBytes:
		return Errorf(BadInput, "id %.40q... has %s bytes, of at most %d", s, grouped(len(s)), MaxIDBytes)
	case !isPlain(s) && !utf8.ValidString(s):
		return Errorf(BadInput, "id %q is not UTF-8", s)
	case kind == "":
		return Errorf(BadInput, "id %q does not start with a kind such as actor:, location: or event:", s)
	case len(s) == len(kind)+1:
		return Errorf(BadInput, "id %q has nothing after its kind", s)
	}
	if !isPlain(s) && strings.ContainsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsPrint(r) }) {
		return Errorf(BadInput, "id %q contains white space or a character that is not printable", s)
	}
	if len(kinds) == 0 || slices.Contains(kinds, kind) {
		return nil
	}
	var names []string
	for _, k := range kinds {
		names = append(names, string(k))
	}
	return Errorf(BadInput, "id %q is of kind %s, not %s", s, kind, strings.Join(names, " or "))
}

// EscapeID returns a text as a part of an id, and different texts as different parts: white space, characters that are
// not printable, bytes that are not UTF-8, and the percent sign are percent-encoded as in a URL.
func EscapeID(s string) string {
	if isPlain(s) && !strings.Contains(s, "%") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == '%' || r == utf8.RuneError && size == 1 || unicode.IsSpace(r) || !unicode.IsPrint(r) {
			for _, c := range []byte(s[i : i+size]) {
				_, _ = fmt.Fprintf(&b, "%%%02X", c) // a builder never fails
			}
		} else {
			b.WriteString(s[i : i+size])
		}
		i += size
	}
	return b.String()
}

// isPlain reports whether s consists of printable ASCII characters without spaces.
func isPlain(s string) bool {
	for i := range len(s) {
		if s[i] <= ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// idEncoding is the extended hex alphabet of base 32 in lower case.
var idEncoding = base32.NewEncoding("0123456789abcdefghijklmnopqrstuv").WithPadding(base32.NoPadding)

// DeriveID returns a deterministic id for the key of a record. Equal parts make equal ids, so loading a record twice
// changes nothing. The id has 128 bits of the SHA-256 of the parts, each prefixed with its length, in lower-case base
// 32.
func DeriveID(kind NodeKind, parts ...string) ID {
	var buffer [512]byte
	key := buffer[:0]
	for _, p := range parts {
		key = append(append(strconv.AppendInt(key, int64(len(p)), 10), ':'), p...)
	}
	sum := sha256.Sum256(key)
	return ID(idEncoding.AppendEncode(append(append(buffer[:0], kind...), ':'), sum[:16]))
}
