package kg

import (
	"crypto/sha256"
	"encoding/base32"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// ID is a global object id, readable and typed: "actor:zelensky", "event:ucdp:147997", "location:geonames:698740".
type ID string

// NodeKind is the type an id names before its first colon.
type NodeKind string

// The kinds of things that have ids of their own.
const (
	KindActor       NodeKind = "actor"
	KindLocation    NodeKind = "location"
	KindEvent       NodeKind = "event"
	KindDocument    NodeKind = "document"
	KindClaim       NodeKind = "claim"
	KindAffiliation NodeKind = "affiliation"
	KindIdentity    NodeKind = "identity"
	KindRelease     NodeKind = "release"
)

// NodeKinds lists the kinds in a fixed order.
func NodeKinds() []NodeKind {
	return []NodeKind{KindActor, KindLocation, KindEvent, KindDocument, KindClaim, KindAffiliation, KindIdentity, KindRelease}
}

// MaxIDBytes bounds an id, so that it fits every engine's index keys.
const MaxIDBytes = 500

// Kind is the part before the first colon; "" where there is none or it is not one of NodeKinds.
func (id ID) Kind() NodeKind {
	prefix, _, ok := strings.Cut(string(id), ":")
	switch k := NodeKind(prefix); k {
	case KindActor, KindLocation, KindEvent, KindDocument, KindClaim, KindAffiliation, KindIdentity, KindRelease:
		if ok {
			return k
		}
	}
	return ""
}

// Check says what is wrong with an id that should name a node of one of the kinds (any kind where none is given):
// a known kind, a colon, then printable characters without white space.
func (id ID) Check(kinds ...NodeKind) error {
	s := string(id)
	kind := id.Kind()
	switch {
	case s == "":
		return Errorf(BadInput, "an id is empty")
	case len(s) > MaxIDBytes:
		return Errorf(BadInput, "id %.40q... is longer than %d bytes", s, MaxIDBytes)
	case !isPlain(s) && !utf8.ValidString(s):
		return Errorf(BadInput, "id %q is not UTF-8", s)
	case kind == "":
		return Errorf(BadInput, "id %q does not start with a kind such as actor:, location: or event:", s)
	case len(s) == len(kind)+1:
		return Errorf(BadInput, "id %q names nothing after its kind", s)
	}
	if !isPlain(s) && strings.ContainsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsPrint(r) }) {
		return Errorf(BadInput, "id %q holds white space or a character that cannot be printed", s)
	}
	if len(kinds) == 0 || slices.Contains(kinds, kind) {
		return nil
	}
	var names []string
	for _, k := range kinds {
		names = append(names, string(k))
	}
	return Errorf(BadInput, "id %q is of kind %s where %s is asked for", s, kind, strings.Join(names, " or "))
}

// isPlain says whether a text is of ASCII's printed characters alone, without spaces.
func isPlain(s string) bool {
	for i := range len(s) {
		if s[i] <= ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// idDigits are those of base 32 as ids have them, in lower case.
var idDigits = base32.NewEncoding("0123456789abcdefghijklmnopqrstuv").WithPadding(base32.NoPadding)

// DeriveID makes a deterministic id from a record's own key: the same parts give the same id, so that loading twice
// changes nothing. 128 bits of SHA-256 over the parts, each after its length, in lower-case base 32.
func DeriveID(kind NodeKind, parts ...string) ID {
	var room [512]byte
	all := room[:0]
	for _, p := range parts {
		all = append(append(strconv.AppendInt(all, int64(len(p)), 10), ':'), p...)
	}
	sum := sha256.Sum256(all)
	return ID(idDigits.AppendEncode(append(append(room[:0], kind...), ':'), sum[:16]))
}
