package kg

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The bounds of input, the same for every store. Batch.Check holds the bounds of records, so no store can be reached
// around them; a loader holds those of files. docs/format.md lists all of them.
const (
	// MaxIDBytes bounds an id. It fits the index keys of every store.
	MaxIDBytes = 500
	// MaxNameBytes bounds a name of an actor, a place, a data set or a release.
	MaxNameBytes = 2_000
	// MaxTitleBytes bounds a title of a document or an event.
	MaxTitleBytes = 8 << 10
	// MaxTextBytes bounds every other text of a record.
	MaxTextBytes = 64 << 10
	// MaxDocumentBytes bounds the text of a document.
	MaxDocumentBytes = 32 << 20
	// MaxItems bounds every list of a record, such as the names of an actor, also after records are merged.
	MaxItems = 100_000
	// MaxChain bounds the number of places that lie in one another, and of documents that reprint one another.
	MaxChain = 20_000
	// MaxRecordBytes bounds a record or row of a file, and a file that is one JSON object.
	MaxRecordBytes = 64 << 20
	// MaxCellBytes bounds a cell of a table, and a string of JSON.
	MaxCellBytes = 32 << 20
	// MaxColumns bounds the columns of a table.
	MaxColumns = 20_000
	// MaxSortKeyBytes bounds the key by which names and titles are ordered; see SortKey. A longer key does not fit the
	// indexes of Neo4j, whose entries have at most 8 kB: in the worst case it encodes a character of three bytes as nine,
	// and an entry holds an id too.
	MaxSortKeyBytes = 2_000
)

// BoundError reports that a record exceeds a bound. It is the cause of a BAD_INPUT error.
type BoundError struct {
	// Field is the field of the record, as in names.value.
	Field string
	Size  int
	Bound int
	// Unit is what Size and Bound count.
	Unit string
	// Value is the text that is too long, or "" if the field is a list.
	Value string
}

// Error returns the field, the size and the bound.
func (e *BoundError) Error() string {
	return fmt.Sprintf("%s has %s %s, of at most %s", e.Field, grouped(e.Size), e.Unit, grouped(e.Bound))
}

// CheckBound returns a BAD_INPUT error with a BoundError if size exceeds bound.
func CheckBound(field string, size, bound int, unit string) error {
	if size <= bound {
		return nil
	}
	return Errorf(BadInput, "%w", &BoundError{Field: field, Size: size, Bound: bound, Unit: unit})
}

// BoundOf returns the BoundError in the chain of err, or nil.
func BoundOf(err error) *BoundError {
	var bound *BoundError
	if errors.As(err, &bound) {
		return bound
	}
	return nil
}

// grouped returns a number with its digits in groups of three, as in 33,554,432.
func grouped(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// IndexKey returns the key under which a text is indexed to be found as a whole: the text or, if that is longer than
// MaxSortKeyBytes, its beginning and its SHA-256.
func IndexKey(s string) string {
	if len(s) <= MaxSortKeyBytes {
		return s
	}
	sum := sha256.Sum256([]byte(s))
	return CutText(s, MaxSortKeyBytes) + " " + hex.EncodeToString(sum[:])
}

// CutText returns the longest prefix of s of at most n bytes that has only whole code points.
func CutText(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// IsAddress reports whether s is the address of a page: an absolute http or https URL with a host. Only such addresses
// are stored and shown, since a browser runs others as programs (javascript:, data:).
func IsAddress(s string) bool {
	scheme, rest, ok := strings.Cut(s, "://")
	if !ok || !strings.EqualFold(scheme, "http") && !strings.EqualFold(scheme, "https") {
		return false
	}
	hasHost := rest != "" && !strings.ContainsAny(rest[:1], "/?#")
	return hasHost && !strings.ContainsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) })
}

// AddressOrNone returns an address as it is shown: "" unless IsAddress. A store of an earlier version may hold others.
func AddressOrNone(s string) string {
	if IsAddress(s) {
		return s
	}
	return ""
}

// byteOrderMark is the character that editors put at the start of a file. It is no part of a text: offsets count from
// the character after it.
const byteOrderMark = "\uFEFF"

// WithoutMark returns a text without the byte order marks that it begins with.
func WithoutMark(text string) string {
	for strings.HasPrefix(text, byteOrderMark) {
		text = text[len(byteOrderMark):]
	}
	return text
}

// TextHash returns the hash of a text for Document.SHA256.
func TextHash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// HasTextHash reports whether hash is the hash of a text, or of the text after a byte order mark, with which the file
// may have begun.
func HasTextHash(text, hash string) bool {
	if TextHash(text) == hash {
		return true
	}
	sum := sha256.New()
	_, _ = sum.Write([]byte(byteOrderMark)) // a hash never fails
	_, _ = sum.Write([]byte(text))
	return hex.EncodeToString(sum.Sum(nil)) == hash
}
