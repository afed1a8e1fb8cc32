// Package memory is the oracle: a store simple enough to be obviously correct, with which tests compare the engines.
// It holds all records in maps, derives all states again with each batch, and answers each query by a full scan. It
// shares no code with the engines except the domain and the store contract.
package memory

import (
	"context"
	"maps"
	"slices"
	"strings"
	"sync"

	"casus/internal/kg"
	"casus/internal/store"
)

// Store is a graph in memory.
type Store struct {
	mu sync.RWMutex
	graph
}

// graph is everything stored and derived. It is immutable once shared.
type graph struct {
	actors       map[kg.ID]kg.Actor
	locations    map[kg.ID]kg.Location
	documents    map[kg.ID]kg.Document
	releases     map[kg.ID]kg.Release
	affiliations map[kg.ID]kg.Affiliation
	loaded       map[kg.ID]kg.Claim // as they were loaded
	decisions    map[kg.ID]kg.IdentityDecision
	reviews      map[kg.ID]kg.Review
	corrections  map[kg.ID]kg.Correction
	checkpoints  map[string]string
	log          []store.ChangeEntry

	claims          map[kg.ID]kg.Claim   // with the contents of their corrections, without the forgotten ones
	originals       map[kg.ID]kg.Claim   // of corrected and forgotten claims
	claimsBySubject map[kg.ID][]kg.Claim // in claim order
	histories       map[kg.ID]kg.History
	lifetimes       map[kg.ID]kg.ClaimLifetime

	// classes are the identity classes, and resolved is the graph of the RESOLVED view; nil if no nodes are merged.
	classes  kg.Identities
	resolved *graph
}

var _ store.Store = (*Store)(nil)

// New returns an empty store.
func New() *Store {
	return &Store{graph: graph{
		actors: map[kg.ID]kg.Actor{}, locations: map[kg.ID]kg.Location{}, documents: map[kg.ID]kg.Document{},
		releases: map[kg.ID]kg.Release{}, affiliations: map[kg.ID]kg.Affiliation{}, claims: map[kg.ID]kg.Claim{},
		decisions: map[kg.ID]kg.IdentityDecision{}, checkpoints: map[string]string{}, loaded: map[kg.ID]kg.Claim{},
		reviews: map[kg.ID]kg.Review{}, corrections: map[kg.ID]kg.Correction{},
	}}
}

// snapshot returns the current graph.
func (s *Store) snapshot(ctx context.Context) (graph, error) {
	if err := ctx.Err(); err != nil {
		return graph{}, kg.Errorf(kg.Timeout, "read the store: %w", err)
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.graph, nil
}

// Compact does nothing.
func (s *Store) Compact(context.Context) error { return nil }

// Checkpoint returns the value last written under key, or "" if there is none.
func (s *Store) Checkpoint(ctx context.Context, key string) (string, error) {
	g, err := s.snapshot(ctx)
	return g.checkpoints[key], err
}

// Checkpoints returns the values under keys with a prefix, in the order of the keys.
func (s *Store) Checkpoints(ctx context.Context, prefix, after string, limit int) ([]kg.Checkpoint, error) {
	if err := store.CheckScan(limit); err != nil {
		return nil, err
	}
	g, err := s.snapshot(ctx)
	if err != nil {
		return nil, err
	}
	return findCheckpoints(g.checkpoints, prefix, after, limit), nil
}

func findCheckpoints(all map[string]string, prefix, after string, limit int) (found []kg.Checkpoint) {
	for _, key := range slices.Sorted(maps.Keys(all)) {
		if strings.HasPrefix(key, prefix) && key > after && all[key] != "" && len(found) < limit {
			found = append(found, kg.Checkpoint{Key: key, Value: all[key]})
		}
	}
	return found
}

// Properties reports that batches are serialised.
func (s *Store) Properties() store.Properties { return store.Properties{ConcurrentWrites: 1} }

// DropDeferredIndexes does nothing: there are no indexes.
func (s *Store) DropDeferredIndexes(context.Context) error { return nil }

// DropQueryIndexes does nothing.
func (s *Store) DropQueryIndexes(context.Context) error { return nil }

// BuildDeferredIndexes does nothing: there are no indexes.
func (s *Store) BuildDeferredIndexes(context.Context, func(built, all int)) error { return nil }

// Ready returns an error only if the context has ended.
func (s *Store) Ready(ctx context.Context) error {
	_, err := s.snapshot(ctx)
	return err
}

// FindDamage does nothing: values in memory have no second copy that could differ.
func (s *Store) FindDamage(context.Context, func(store.Damage)) error { return nil }

// Close is a no-op.
func (s *Store) Close() error { return nil }

func (g graph) clone() graph {
	g.actors, g.locations, g.documents = maps.Clone(g.actors), maps.Clone(g.locations), maps.Clone(g.documents)
	g.releases, g.affiliations, g.loaded = maps.Clone(g.releases), maps.Clone(g.affiliations), maps.Clone(g.loaded)
	g.decisions, g.checkpoints = maps.Clone(g.decisions), maps.Clone(g.checkpoints)
	g.reviews, g.corrections = maps.Clone(g.reviews), maps.Clone(g.corrections)
	return g
}

func sortedIDs[T any](m map[kg.ID]T) []kg.ID { return slices.Sorted(maps.Keys(m)) }
