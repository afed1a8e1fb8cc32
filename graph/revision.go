package graph

import (
	"context"
	"net/http"
	"time"
)

// revisionTime bounds the read of the revision, without which a request is answered too.
const revisionTime = time.Second

type revisionKey struct{}

// withRevision reads the store's revision for a GET, whose response clients may store. known is false for other
// requests, and if the revision cannot be read: the operation will tell why. A response is computed from that revision
// or a later one.
func (t transport) withRevision(r *http.Request) (ctx context.Context, revision int64, known bool) {
	ctx = r.Context()
	if r.Method != http.MethodGet {
		return ctx, 0, false
	}
	reading, cancel := context.WithTimeout(ctx, revisionTime)
	defer cancel()
	revision, err := t.revision(reading)
	if err != nil {
		return ctx, 0, false
	}
	return context.WithValue(ctx, revisionKey{}, revision), revision, true
}

// readRevision returns the revision that was read for a request.
func readRevision(ctx context.Context) (revision int64, known bool) {
	revision, known = ctx.Value(revisionKey{}).(int64)
	return revision, known
}
