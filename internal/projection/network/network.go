// Package network finds paths and networks of actors in an in-memory projection of a store. The projection is built
// when it is first needed, and refreshed from the store's change log before each query, so that writes of other
// processes count.
package network

import (
	"context"
	"sync"
	"time"

	"casus/internal/kg"
	"casus/internal/store"

	"golang.org/x/sync/semaphore"
)

// Source is the part of a store that networks read.
type Source interface {
	store.LinkReader
	store.ChangeLog
	Nodes(ctx context.Context, v kg.View, ids []kg.ID) ([]kg.Node, error)
}

// DefaultMemory is the default memory limit of one projection in bytes.
const DefaultMemory = 1 << 30

// maxReaders is the number of concurrent readers of one projection.
const maxReaders = 1 << 30

// maxBuildTime bounds a build. A build outlives the request that started it, so that the next request finds the graph.
const maxBuildTime = 10 * time.Minute

// Networks is a store.NetworkReader over a store. It is safe for concurrent use.
type Networks struct {
	source      Source
	limit       int64
	mu          sync.Mutex
	projections map[kg.IdentityMode]*projection
}

var _ store.NetworkReader = (*Networks)(nil)

// New returns Networks over a store. memory bounds each projection in bytes: 0 means DefaultMemory, a negative number
// removes the limit.
func New(source Source, memory int64) *Networks {
	if memory == 0 {
		memory = DefaultMemory
	}
	return &Networks{source: source, limit: memory, projections: map[kg.IdentityMode]*projection{}}
}

// projection is the graph of one identity mode.
type projection struct {
	mode kg.IdentityMode
	// readers is acquired once by each reader of the graph, and maxReaders times while it changes.
	readers *semaphore.Weighted
	graph   *graph
	filters filterCache
	// refreshing is a semaphore: one refresh runs at a time.
	refreshing chan struct{}
}

// projection returns the projection of an identity mode; "" means RESOLVED.
func (n *Networks) projection(mode kg.IdentityMode) *projection {
	if mode == "" {
		mode = kg.IdentityResolved
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	k := n.projections[mode]
	if k == nil {
		k = &projection{mode: mode, readers: semaphore.NewWeighted(maxReaders), refreshing: make(chan struct{}, 1)}
		n.projections[mode] = k
	}
	return k
}

// withGraph refreshes a projection and calls f with its filtered graph, which does not change during the call.
func (n *Networks) withGraph(
	ctx context.Context, v kg.View, filter *store.EventFilter, roles []kg.ParticipantRole, f func(*filteredGraph) error,
) error {
	k := n.projection(v.Identity)
	if err := n.refresh(ctx, k); err != nil {
		return err
	}
	if err := acquire(ctx, k.readers, 1); err != nil {
		return err
	}
	defer k.readers.Release(1)
	l, err := k.filters.get(ctx, n.source, k.graph, v, filter, roles)
	if err != nil {
		return err
	}
	return f(l)
}

// acquire waits until no other request reads or changes the graph in a way that excludes this one.
func acquire(ctx context.Context, readers *semaphore.Weighted, n int64) error {
	if err := readers.Acquire(ctx, n); err != nil {
		return kg.Errorf(kg.Timeout, "timed out while other requests were using the network: %w", err)
	}
	return nil
}

// refresh waits until the graph reflects the store's present revision.
func (n *Networks) refresh(ctx context.Context, k *projection) error {
	select {
	case k.refreshing <- struct{}{}:
	case <-ctx.Done():
		return kg.Errorf(kg.Timeout, "timed out while another request was loading the network: %w", ctx.Err())
	}
	done := make(chan error, 1)
	go func() {
		defer func() { <-k.refreshing }()
		detached, cancel := context.WithTimeout(context.WithoutCancel(ctx), maxBuildTime)
		defer cancel()
		done <- n.update(detached, k)
	}()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return kg.Errorf(kg.Timeout, "timed out while the network was loading; retry: %w", ctx.Err())
	}
}

// update applies the changes since the graph's revision. It rebuilds the graph if the change log does not reach back
// that far, or if too much has changed.
func (n *Networks) update(ctx context.Context, k *projection) error {
	if g := k.graph; g != nil {
		subjects, complete, now, err := n.source.Since(ctx, g.revision)
		if err != nil || complete && now == g.revision {
			return err
		}
		if complete && len(subjects) <= len(g.rows)/4+1000 {
			return n.applyChanges(ctx, k, subjects, now)
		}
	}
	revision, err := n.source.Revision(ctx)
	if err != nil {
		return err
	}
	g, err := build(ctx, n.source, k.mode, n.limit)
	if err != nil {
		return err
	}
	g.revision = revision
	if err := acquire(ctx, k.readers, maxReaders); err != nil {
		return err
	}
	defer k.readers.Release(maxReaders)
	k.graph = g
	k.filters.clear()
	return nil
}

// applyChanges reads the changed subjects again and replaces them in the graph.
func (n *Networks) applyChanges(ctx context.Context, k *projection, subjects []kg.ID, now int64) error {
	var fresh *linkBuffer
	if len(subjects) > 0 {
		var err error
		if fresh, err = read(ctx, n.source, k.mode, newGraph(), subjects, n.limit); err != nil {
			return err
		}
	}
	if err := acquire(ctx, k.readers, maxReaders); err != nil {
		return err
	}
	defer k.readers.Release(maxReaders)
	k.filters.clear()
	if fresh != nil {
		if err := k.graph.update(subjects, fresh, n.limit); err != nil {
			k.graph = nil // outdated records may take most of the memory: rebuild next time
			return err
		}
	}
	k.graph.revision = now
	return nil
}
