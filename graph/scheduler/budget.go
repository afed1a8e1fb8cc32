package scheduler

import (
	"context"
	"sync/atomic"
)

// Budget bounds one operation: how long its fields are resolved, the bytes of its response, the response keys that are
// in memory before they are written, and its errors. When a bound is reached, or the context ends, no further element
// and field is started. It is safe for concurrent use.
type Budget struct {
	maxBytes int64 // 0 means no limit
	// maxKeys bounds the keys that are not written yet; from manyKeys on, elements are written once they are resolved.
	maxKeys, manyKeys int64
	cancel            context.CancelFunc
	release           func() bool

	// stopped is set when the context ends or a bound is reached, cut when something was left out because of that.
	stopped, cut, exceeded atomic.Bool
	// bytes counts what was written of elements, and errors. keys counts the response keys that are not written yet.
	bytes, keys atomic.Int64
	errors      atomic.Int32
}

const (
	// maxWaiting bounds the response keys whose values wait to be written; a value takes about 300 bytes.
	maxWaiting = 500_000
	// manyWaiting is the number of keys from which elements are written one by one. Most responses stay below it, and are
	// faster without that.
	manyWaiting = 5_000
	// maxErrors bounds the errors of a response. More add nothing, and each is compared with the others.
	maxErrors = 1000
)

type budgetKey struct{}

// WithBudget returns a context for the fields of an operation whose response may have maxBytes bytes; 0 means no limit.
// It is cancelled when a bound is reached. Release must be called at the end.
func WithBudget(ctx context.Context, maxBytes int) (context.Context, *Budget) {
	ctx, cancel := context.WithCancel(ctx)
	b := &Budget{maxBytes: int64(maxBytes), maxKeys: maxWaiting, manyKeys: manyWaiting, cancel: cancel}
	b.release = context.AfterFunc(ctx, func() { b.stopped.Store(true) })
	return context.WithValue(ctx, budgetKey{}, b), b
}

// Release frees the budget's resources.
func (b *Budget) Release() {
	b.release()
	b.cancel()
}

// Exceeded reports whether the response would have too many bytes or keys.
func (b *Budget) Exceeded() bool { return b.exceeded.Load() }

// Cut reports whether fields or elements were left out, because the context ended or a bound was reached.
func (b *Budget) Cut() bool { return b.cut.Load() }

// AddError counts an error of a number of bytes, and reports whether the response may have it. A context without a
// budget has no limit.
func AddError(ctx context.Context, bytes int) bool {
	b, _ := ctx.Value(budgetKey{}).(*Budget)
	if b == nil {
		return true
	}
	if b.errors.Add(1) > maxErrors {
		return false
	}
	b.addBytes(bytes)
	return true
}

func (b *Budget) addBytes(n int) {
	if b != nil && b.bytes.Add(int64(n)) > b.maxBytes && b.maxBytes > 0 {
		b.exceed()
	}
}

// addKeys counts response keys that are resolved; a negative number counts keys that were written.
func (b *Budget) addKeys(n int) {
	if b != nil && b.keys.Add(int64(n)) > b.maxKeys {
		b.exceed()
	}
}

func (b *Budget) exceed() {
	b.exceeded.Store(true)
	b.cut.Store(true)
	b.stopped.Store(true)
	b.cancel()
}

// skips reports whether the operation has stopped, and records that something is left out.
func (b *Budget) skips() bool {
	if b == nil || !b.stopped.Load() {
		return false
	}
	b.cut.Store(true)
	return true
}

// room returns the number of bytes that the response may still have; 0 means no limit.
func (b *Budget) room() int64 {
	if b == nil || b.maxBytes == 0 {
		return 0
	}
	return max(b.maxBytes-b.bytes.Load(), 1)
}
