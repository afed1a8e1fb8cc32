package scheduler

import (
	"bytes"
	"io"

	"github.com/99designs/gqlgen/graphql"
)

// writer writes JSON to another writer. Beyond limit bytes the budget is exceeded, and it ignores what follows.
type writer struct {
	to          io.Writer
	size, limit int64 // a limit of 0 means no limit
	keys        int   // the number of response keys written
	full        bool
	budget      *Budget
}

func (w *writer) Write(p []byte) (int, error) {
	if w.fits(len(p)) {
		return w.to.Write(p)
	}
	return len(p), nil
}

func (w *writer) WriteString(s string) (int, error) {
	if w.fits(len(s)) {
		return io.WriteString(w.to, s)
	}
	return len(s), nil
}

// fits reports whether n more bytes may be written, and counts them.
func (w *writer) fits(n int) bool {
	if w.full {
		return false
	}
	if w.size += int64(n); w.limit > 0 && w.size > w.limit {
		w.full = true
		w.budget.exceed()
	}
	return !w.full
}

// element is an element of a list as JSON text.
type element []byte

// MarshalGQL writes the element.
func (e element) MarshalGQL(w io.Writer) { _, _ = w.Write(e) }

// writeElement encodes an element as JSON text if there are many, which takes less memory than its values. A null is
// returned unchanged, because callers compare with it.
func (b *Budget) writeElement(m graphql.Marshaler) graphql.Marshaler {
	if b == nil || b.keys.Load() < b.manyKeys || m == graphql.Null || m == graphql.RequiredNull {
		return m
	}
	var buffer bytes.Buffer
	w := writer{to: &buffer, limit: b.room(), budget: b}
	m.MarshalGQL(&w)
	written := element(bytes.Clone(buffer.Bytes())) // without the buffer's spare capacity
	b.addKeys(-w.keys)
	b.addBytes(len(written))
	return written
}
