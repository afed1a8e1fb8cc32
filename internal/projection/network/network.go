// Package network finds paths and networks of actors in an in-memory projection of a store. The projection is built by
// Load or when it is first needed, and refreshed from the store's change log before each query, so that writes of other
// processes count.
package network

import (
	"context"
	"log/slog"
	"math"
	"sync"
	"sync/atomic"

	"casus/internal/kg"
	"casus/internal/projection"
	"casus/internal/store"
	"casus/internal/store/flight"
	"casus/internal/store/relations"
)

// Source is the part of a store that networks read.
type Source interface {
	store.LinkReader
	store.ChangeLog
	Nodes(ctx context.Context, v kg.View, ids []kg.ID) ([]kg.Node, error)
	Stats(ctx context.Context) (store.Stats, error)
}

// DefaultMemory is the default memory limit of all projections in bytes.
const DefaultMemory = 1 << 30

// Networks is a relations.Reader over a store. It is safe for concurrent use.
type Networks struct {
	source      Source
	limit       int64
	flights     *flight.Group
	snapshot    Snapshot
	saved       atomic.Pointer[int64] // the revision of the snapshot's content
	mu          sync.Mutex
	projections map[kg.IdentityMode]*modeFollower
}

var _ relations.Reader = (*Networks)(nil)

// Snapshot is a file that SaveSnapshot writes and from which the projection of the RESOLVED view is restored.
type Snapshot struct {
	// Path is the path of the file; "" for none.
	Path string
	// Log receives why a snapshot was not used. Defaults to slog's default logger.
	Log *slog.Logger
}

// New returns Networks over a store. memory bounds the projections together in bytes: 0 means DefaultMemory, a negative
// number removes the limit.
func New(source Source, memory int64) *Networks { return NewWithSnapshot(source, memory, Snapshot{}) }

// NewWithSnapshot is like New, with a snapshot.
func NewWithSnapshot(source Source, memory int64, s Snapshot) *Networks {
	switch {
	case memory == 0:
		memory = DefaultMemory
	case memory < 0:
		memory = math.MaxInt64
	}
	if s.Log == nil {
		s.Log = slog.Default()
	}
	return &Networks{source: source, limit: memory, flights: flight.New(), snapshot: s,
		projections: map[kg.IdentityMode]*modeFollower{}}
}

// Load refreshes the projection of the RESOLVED view, which queries use by default. The first call reads the snapshot,
// or else the store.
func (n *Networks) Load(ctx context.Context) error {
	return n.projection(kg.IdentityResolved).Read(ctx, func(*modeGraph) error { return nil })
}

// Progress describes what Load is reading, in words.
func (n *Networks) Progress() string {
	reading, _ := n.projection(kg.IdentityResolved).text()
	return reading
}

// Close cancels the reads that build projections. It is called before the store is closed.
func (n *Networks) Close() { n.flights.Close() }

// modeFollower is the projection of one identity mode, with the progress of its build and the size of its graph in
// bytes.
type modeFollower struct {
	*projection.Follower[*modeGraph]
	progress
	size atomic.Int64
}

// modeGraph is the graph of one identity mode.
type modeGraph struct {
	*graph
	filters filterCache
}

// projection returns the projection of an identity mode; "" means RESOLVED.
func (n *Networks) projection(mode kg.IdentityMode) *modeFollower {
	if mode == "" {
		mode = kg.IdentityResolved
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	p := n.projections[mode]
	if p == nil {
		p = &modeFollower{}
		m := projection.Model[*modeGraph]{
			Build: func(ctx context.Context) (*modeGraph, error) {
				defer p.begin(ctx, n.source.Stats)()
				g, err := build(ctx, n.source, mode, n.room(p), &p.progress)
				if err != nil {
					return nil, err
				}
				p.size.Store(g.memory)
				return &modeGraph{graph: g}, nil
			},
			Changes: func(ctx context.Context, old *modeGraph, subjects []kg.ID) (put func() error, err error) {
				fresh, err := read(ctx, n.source, mode, newGraph(), subjects, n.room(p), &progress{})
				return func() error {
					old.filters.clear()
					err := old.update(subjects, fresh, n.room(p))
					p.size.Store(old.memory)
					return err
				}, err
			},
			Size: func(p *modeGraph) int { return len(p.rows) },
		}
		if mode == kg.IdentityResolved && n.snapshot.Path != "" {
			m.Restore = func(context.Context) (*modeGraph, int64, error) {
				g, revision, err := n.restore(n.room(p))
				if err != nil {
					return nil, 0, err
				}
				p.size.Store(g.memory)
				return &modeGraph{graph: g}, revision, nil
			}
		}
		p.Follower = projection.Follow(n.source, n.flights, m)
		n.projections[mode] = p
	}
	return p
}

// room returns the number of bytes that the other projections leave for p.
func (n *Networks) room(p *modeFollower) int64 {
	n.mu.Lock()
	defer n.mu.Unlock()
	room := n.limit
	for _, other := range n.projections {
		if other != p {
			room -= other.size.Load()
		}
	}
	return room
}

// withGraph refreshes a projection and calls f with its filtered graph, which does not change during the call.
func (n *Networks) withGraph(
	ctx context.Context, v kg.View, filter *store.EventFilter, roles []kg.ParticipantRole, f func(*filteredGraph) error,
) error {
	p := n.projection(v.Identity)
	return projection.Explain(p.Read(ctx, func(g *modeGraph) error {
		l, err := g.filters.get(ctx, n.source, g.graph, n.room(p)-g.memory, v, filter, roles)
		if err != nil {
			return err
		}
		return f(l)
	}), p.text)
}
