package loader

import (
	"context"
	"fmt"
	"time"

	"casus/internal/kg"
	"casus/internal/store"
)

// retryingStore retries requests with exponential backoff while the store is unavailable, until a timeout. A request
// may reach the store twice; every write is idempotent.
type retryingStore struct {
	Store
	timeout  time.Duration
	progress func(Progress)
}

// The shortest and the longest wait between two attempts.
const (
	minBackoff = 250 * time.Millisecond
	maxBackoff = 15 * time.Second
)

func (p retryingStore) Apply(ctx context.Context, b kg.Batch) (applied kg.ApplyResult, err error) {
	err = p.retry(ctx, func() (err error) { applied, err = p.Store.Apply(ctx, b); return err })
	return applied, err
}

func (p retryingStore) Checkpoint(ctx context.Context, key string) (value string, err error) {
	err = p.retry(ctx, func() (err error) { value, err = p.Store.Checkpoint(ctx, key); return err })
	return value, err
}

func (p retryingStore) Nodes(ctx context.Context, v kg.View, ids []kg.ID) (nodes []kg.Node, err error) {
	err = p.retry(ctx, func() (err error) { nodes, err = p.Store.Nodes(ctx, v, ids); return err })
	return nodes, err
}

func (p retryingStore) Claims(ctx context.Context, q store.ClaimQuery) (pages []store.Page[kg.Claim], err error) {
	err = p.retry(ctx, func() (err error) { pages, err = p.Store.Claims(ctx, q); return err })
	return pages, err
}

func (p retryingStore) ClaimsAbout(ctx context.Context, subjects []kg.ID) (claims []kg.Claim, err error) {
	err = p.retry(ctx, func() (err error) { claims, err = p.Store.ClaimsAbout(ctx, subjects); return err })
	return claims, err
}

func (p retryingStore) Curations(ctx context.Context, claims []kg.ID) (found []kg.Curation, err error) {
	err = p.retry(ctx, func() (err error) { found, err = p.Store.Curations(ctx, claims); return err })
	return found, err
}

func (p retryingStore) Scan(
	ctx context.Context, kind kg.NodeKind, after kg.ID, limit int,
) (found store.ScanPage, err error) {
	err = p.retry(ctx, func() (err error) { found, err = p.Store.Scan(ctx, kind, after, limit); return err })
	return found, err
}

// retry calls try again while it returns UNAVAILABLE, until the timeout. It reports each wait as progress.
func (p retryingStore) retry(ctx context.Context, try func() error) error {
	began := time.Now()
	for wait := minBackoff; ; wait = min(2*wait, maxBackoff) {
		err := try()
		if kg.CodeOf(err) != kg.Unavailable {
			return err
		}
		if left := p.timeout - time.Since(began); left <= 0 {
			return kg.Errorf(kg.Unavailable,
				"the store was unavailable for %s; loaded records are stored, and the same load resumes after them: %w",
				p.timeout, err)
		}
		p.progress(Progress{Stage: fmt.Sprintf("the store is unavailable (%v): retrying", err)})
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			return kg.Errorf(kg.Timeout, "the load was stopped while the store was unavailable: %w", ctx.Err())
		}
	}
}
