package scheduler

import (
	"context"
	"encoding/json"
	"io"
	"slices"
	"sync"

	"github.com/99designs/gqlgen/graphql"
)

// Marshal returns an operation's data. It is null if the response would become too large.
func Marshal(ctx context.Context, data graphql.Marshaler) json.RawMessage {
	b, _ := ctx.Value(budgetKey{}).(*Budget)
	w := writer{budget: b}
	if b != nil {
		w.limit = b.maxBytes
	}
	data.MarshalGQL(&w)
	if b != nil && b.Exceeded() {
		return json.RawMessage("null")
	}
	return w.text
}

// writer writes JSON to memory. Once it has more than limit bytes it ignores what is written, and the budget is
// exceeded.
type writer struct {
	text   []byte
	limit  int64 // 0 means no limit
	keys   int   // the number of response keys written
	full   bool
	budget *Budget
}

// minBuffer is the first size of a writer's buffer, which doubles up to the limit.
const minBuffer = 4 << 10

func (w *writer) Write(p []byte) (int, error) {
	if w.fits(len(p)) {
		w.text = append(w.text, p...)
	}
	return len(p), nil
}

func (w *writer) WriteString(s string) (int, error) {
	if w.fits(len(s)) {
		w.text = append(w.text, s...)
	}
	return len(s), nil
}

// fits reports whether n more bytes may be written, and makes room for them.
func (w *writer) fits(n int) bool {
	size := len(w.text) + n
	switch {
	case w.full:
		return false
	case size <= cap(w.text):
		return true
	case w.limit > 0 && int64(size) > w.limit:
		w.full = true
		w.budget.exceed()
		return false
	}
	double := max(2*cap(w.text), minBuffer, size)
	if w.limit > 0 {
		double = min(double, int(w.limit))
	}
	w.text = append(make([]byte, 0, double), w.text...)
	return true
}

// element is a list's element that is written already.
type element []byte

// MarshalGQL writes the element.
func (e element) MarshalGQL(w io.Writer) { _, _ = w.Write(e) }

// writers are the writers of elements.
var writers = sync.Pool{New: func() any { return new(writer) }}

// maxPooled is the size above which a buffer is not used again.
const maxPooled = 1 << 20

// writeElement writes an element if there are many, so that its values need no more memory. A null is returned as it
// is, because callers compare it.
func (b *Budget) writeElement(m graphql.Marshaler) graphql.Marshaler {
	if b == nil || b.keys.Load() < b.manyKeys || m == graphql.Null || m == graphql.RequiredNull {
		return m
	}
	w := writers.Get().(*writer)
	*w = writer{text: w.text[:0], limit: b.room(), budget: b}
	m.MarshalGQL(w)
	written := element(slices.Clone(w.text))
	b.addKeys(-w.keys)
	b.addBytes(len(written))
	if w.budget = nil; cap(w.text) <= maxPooled {
		writers.Put(w)
	}
	return written
}
