// Package memstore is the oracle: a kg.Store so naive that it is plainly right, for tests to compare the engines with. It
// keeps everything in maps, derives everything anew with every batch, and answers by looking at everything there is. It
// shares no code with the engines beyond the domain itself.
package memory

import (
	"context"
	"maps"
	"slices"
	"sync"

	"casus/internal/kg"
	"casus/internal/store"
)

// Store is a graph in memory.
type Store struct {
	mu sync.RWMutex
	graph
}

// graph is all that is stored, and what follows from it. Once it is shared it is never changed.
type graph struct {
	actors       map[kg.ID]kg.Actor
	locations    map[kg.ID]kg.Location
	documents    map[kg.ID]kg.Document
	releases     map[kg.ID]kg.Release
	affiliations map[kg.ID]kg.Affiliation
	claims       map[kg.ID]kg.Claim
	identities   map[kg.ID]kg.IdentityDecision
	checkpoints  map[string]string
	log          []store.ChangeEntry

	about     map[kg.ID][]kg.Claim // by subject, in claim order
	histories map[kg.ID]kg.History // by subject
	lives     map[kg.ID]kg.ClaimLifetime

	// classes are what decisions make one, and resolved is the graph of the classes; nil where nothing is one.
	classes  kg.Identities
	resolved *graph
}

var _ store.Store = (*Store)(nil)

// New makes an empty store.
func New() *Store {
	return &Store{graph: graph{
		actors: map[kg.ID]kg.Actor{}, locations: map[kg.ID]kg.Location{}, documents: map[kg.ID]kg.Document{},
		releases: map[kg.ID]kg.Release{}, affiliations: map[kg.ID]kg.Affiliation{}, claims: map[kg.ID]kg.Claim{},
		identities: map[kg.ID]kg.IdentityDecision{}, checkpoints: map[string]string{},
	}}
}

// now is the graph as it is, for one answer.
func (s *Store) now(ctx context.Context) (graph, error) {
	if err := ctx.Err(); err != nil {
		return graph{}, kg.Errorf(kg.Timeout, "the store was not asked: %w", err)
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.graph, nil
}

// Checkpoint reads the value last written under a key.
func (s *Store) Checkpoint(ctx context.Context, key string) (string, error) {
	g, err := s.now(ctx)
	return g.checkpoints[key], err
}

// Properties: batches are written one after another.
func (s *Store) Properties() store.Properties { return store.Properties{ConcurrentWrites: 1} }

// DropDeferredIndexes does nothing: there are no indexes.
func (s *Store) DropDeferredIndexes(context.Context) error { return nil }

// BuildDeferredIndexes does nothing.
func (s *Store) BuildDeferredIndexes(context.Context, func(built, all int)) error { return nil }

// Ready always is.
func (s *Store) Ready(ctx context.Context) error {
	_, err := s.now(ctx)
	return err
}

// Close forgets nothing; the store is gone when it is let go.
func (s *Store) Close() error { return nil }

func (g graph) clone() graph {
	g.actors, g.locations, g.documents = maps.Clone(g.actors), maps.Clone(g.locations), maps.Clone(g.documents)
	g.releases, g.affiliations, g.claims = maps.Clone(g.releases), maps.Clone(g.affiliations), maps.Clone(g.claims)
	g.identities, g.checkpoints = maps.Clone(g.identities), maps.Clone(g.checkpoints)
	return g
}

func sortedIDs[T any](m map[kg.ID]T) []kg.ID { return slices.Sorted(maps.Keys(m)) }
