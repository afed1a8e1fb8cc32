// Package network answers how actors are connected, from an adjacency in memory that it keeps beside a store: it is read
// when it is first needed, and brought up to date by the store's change log before each answer, whichever process wrote.
package network

import (
	"context"
	"sync"
	"time"

	"casus/internal/kg"
	"casus/internal/store"
)

// Source is what a network is read from.
type Source interface {
	store.LinkReader
	store.ChangeLog
	Nodes(ctx context.Context, v kg.View, ids []kg.ID) ([]kg.Node, error)
}

// DefaultMemory is how much an adjacency may take, in bytes.
const DefaultMemory = 1 << 30

// maxBuildTime bounds the reading of everything. It goes on when nobody waits for it any more, for the next who asks.
const maxBuildTime = 10 * time.Minute

// Networks is a kg.Networker over a store. It is safe for concurrent use.
type Networks struct {
	source      Source
	limit       int64
	mu          sync.Mutex
	projections map[kg.IdentityMode]*projection
}

var _ store.NetworkReader = (*Networks)(nil)

// New answers from a store, with at most so many bytes of memory for each adjacency; 0: DefaultMemory, less than 0: no
// limit.
func New(from Source, memory int64) *Networks {
	if memory == 0 {
		memory = DefaultMemory
	}
	return &Networks{source: from, limit: memory, projections: map[kg.IdentityMode]*projection{}}
}

// projection is the adjacency of one manner of reading identities.
type projection struct {
	mode kg.IdentityMode
	// mu is taken while the graph is read, and alone while it is changed.
	mu      sync.RWMutex
	graph   *graph
	filters filterCache
	// refreshing is had by whoever brings the graph up to date.
	refreshing chan struct{}
}

func (n *Networks) projection(mode kg.IdentityMode) *projection {
	if mode == "" {
		mode = kg.IdentityResolved
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	k := n.projections[mode]
	if k == nil {
		k = &projection{mode: mode, refreshing: make(chan struct{}, 1)}
		n.projections[mode] = k
	}
	return k
}

// withGraph brings a graph up to date and looks at it; it does not change meanwhile.
func (n *Networks) withGraph(ctx context.Context, v kg.View, f *store.EventFilter, roles []kg.ParticipantRole, look func(*filteredGraph) error) error {
	k := n.projection(v.Identity)
	if err := n.refresh(ctx, k); err != nil {
		return err
	}
	k.mu.RLock()
	defer k.mu.RUnlock()
	l, err := k.filters.get(ctx, n.source, k.graph, v, f, roles)
	if err != nil {
		return err
	}
	return look(l)
}

// refresh waits until the graph is as the store is now.
func (n *Networks) refresh(ctx context.Context, k *projection) error {
	select {
	case k.refreshing <- struct{}{}:
	case <-ctx.Done():
		return kg.Errorf(kg.Timeout, "the network was being read: %w", ctx.Err())
	}
	done := make(chan error, 1)
	go func() {
		defer func() { <-k.refreshing }()
		going, cancel := context.WithTimeout(context.WithoutCancel(ctx), maxBuildTime)
		defer cancel()
		done <- n.update(going, k)
	}()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return kg.Errorf(kg.Timeout, "the network is being read: ask again: %w", ctx.Err())
	}
}

// update asks what changed and takes it in, or reads everything.
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
	k.mu.Lock()
	defer k.mu.Unlock()
	k.graph = g
	k.filters.clear()
	return nil
}

func (n *Networks) applyChanges(ctx context.Context, k *projection, subjects []kg.ID, now int64) error {
	var fresh *linkBuffer
	if len(subjects) > 0 {
		var err error
		if fresh, err = read(ctx, n.source, k.mode, newGraph(), subjects, n.limit); err != nil {
			return err
		}
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.filters.clear()
	if fresh != nil {
		if err := k.graph.update(subjects, fresh, n.limit); err != nil {
			k.graph = nil // what it left behind may have been the most of it
			return err
		}
	}
	k.graph.revision = now
	return nil
}
