package kg

import (
	"strings"

	"casus/internal/edtf"
)

// noncharacter cannot be stored by a bulk import, which separates the elements of lists by it.
const noncharacter = "\uFDD0"

// result returns the first error, also for a record that is too large as a whole.
func (r *checker) result() error {
	if r.err == nil && r.size > MaxRecordBytes {
		r.bound(&BoundError{Field: "the record", Size: r.size, Bound: MaxRecordBytes, Unit: "bytes"})
	}
	return r.err
}

func (r *checker) bound(e *BoundError) {
	if r.err == nil {
		r.err = Errorf(BadInput, "%s: %w", r.id, e)
	}
}

// bytes checks a text with a bound of its own.
func (r *checker) bytes(field, v string, bound int) {
	r.size += len(v)
	switch {
	case len(v) > bound:
		r.bound(&BoundError{Field: field, Size: len(v), Bound: bound, Unit: "bytes", Value: v})
	case strings.Contains(v, noncharacter):
		r.fail("%s contains U+FDD0, which is not a character", field)
	}
}

// text checks a text without a bound of its own.
func (r *checker) text(field, v string) {
	if v != "" {
		r.bytes(field, v, MaxTextBytes)
	}
}

func (r *checker) time(field string, t *edtf.Time) {
	if t != nil {
		r.text(field, t.EDTF)
	}
}

// list checks the number of elements of a list.
func (r *checker) list(field string, n int) {
	if n > MaxItems {
		r.bound(&BoundError{Field: field, Size: n, Bound: MaxItems, Unit: "elements"})
	}
}

// address checks the address of a page.
func (r *checker) address(field, v string) {
	r.text(field, v)
	if v != "" && !IsAddress(v) {
		r.fail("%s %.80q is not an address with http or https, such as https://example.org/page", field, v)
	}
}
