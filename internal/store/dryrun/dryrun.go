// Package dryrun accepts batches like a store and reports the effect on a store without writing to it.
package dryrun

import (
	"context"
	"sync"

	"casus/internal/kg"
	"casus/internal/spill"
	"casus/internal/store"
	"casus/internal/store/apply"
	"casus/internal/store/staging"
)

// Base is the part of a store that a dry run reads.
type Base interface {
	store.Scanner
	Nodes(ctx context.Context, v kg.View, ids []kg.ID) ([]kg.Node, error)
	Claims(ctx context.Context, q store.ClaimQuery) ([]store.Page[kg.Claim], error)
	ClaimsAbout(ctx context.Context, subjects []kg.ID) ([]kg.Claim, error)
	Curations(ctx context.Context, claims []kg.ID) ([]kg.Curation, error)
}

// Store overlays a base with the records of a load, which it spills to a temporary file. It derives nothing from them.
// Safe for concurrent use.
type Store struct {
	base Base

	mu      sync.Mutex
	records *spill.Map[kg.ID]
	events  map[kg.ID]bool
	removed map[kg.ID]bool  // true for claims that the load removed, false for ones that it then stored again
	shared  *staging.Shared // includes the base's records
}

// exact is the view without identity decisions.
var exact = kg.View{Identity: kg.IdentityExact}

// New returns a dry run on a base, which is empty if it is nil.
func New(ctx context.Context, base Base) (*Store, error) {
	s := &Store{
		base: base, records: spill.NewMap[kg.ID]("dry-run", "the records of a dry run"),
		events: map[kg.ID]bool{}, removed: map[kg.ID]bool{}, shared: staging.NewShared(),
	}
	if base == nil {
		s.base = emptyBase{}
		return s, nil
	}
	for _, kind := range staging.SharedKinds() {
		for page, err := range store.Walk(ctx, base, kind, 0) {
			if err != nil {
				return nil, err
			}
			s.shared.Add(page.Batch)
		}
	}
	return s, nil
}

// Apply returns the result that the base would have for a batch after all earlier ones.
func (s *Store) Apply(ctx context.Context, b kg.Batch) (kg.ApplyResult, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	t := &tx{Store: s, Shared: s.shared, staged: map[kg.ID]string{}, removed: map[kg.ID]bool{}}
	applied, err := apply.Run(ctx, t, b)
	if err == nil {
		err = t.countNewEvents(ctx, applied)
	}
	if err != nil {
		t.Discard()
		return applied, err
	}
	return applied, t.commit()
}

// Checkpoint returns "": a dry run resumes no interrupted load.
func (s *Store) Checkpoint(context.Context, string) (string, error) { return "", nil }

// Checkpoints returns none, as Checkpoint does.
func (s *Store) Checkpoints(context.Context, string, string, int) ([]kg.Checkpoint, error) {
	return nil, nil
}

// Properties allows one writer.
func (s *Store) Properties() store.Properties { return store.Properties{ConcurrentWrites: 1} }

// Nodes returns nodes by id. The events of the load have only their ids.
func (s *Store) Nodes(ctx context.Context, v kg.View, ids []kg.ID) ([]kg.Node, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	found, err := s.base.Nodes(ctx, v, ids)
	if err != nil {
		return nil, err
	}
	t := &tx{Store: s}
	for i, id := range ids {
		var node kg.Node
		switch id.Kind() {
		case kg.KindActor:
			node, err = ownNode[kg.Actor](t, id)
		case kg.KindLocation:
			node, err = ownNode[kg.Location](t, id)
		case kg.KindAffiliation:
			node, err = ownNode[kg.Affiliation](t, id)
		case kg.KindDocument:
			node, err = ownNode[kg.Document](t, id)
		case kg.KindClaim:
			node, err = ownNode[kg.Claim](t, id)
		case kg.KindEvent:
			if s.events[id] && found[i] == nil {
				node = kg.Event{ID: id}
			}
		}
		if err != nil {
			return nil, err
		}
		if node != nil {
			found[i] = node
		}
	}
	return found, nil
}

// Claims returns the base's claims.
func (s *Store) Claims(ctx context.Context, q store.ClaimQuery) ([]store.Page[kg.Claim], error) {
	return s.base.Claims(ctx, q)
}

// ClaimsAbout returns the base's claims.
func (s *Store) ClaimsAbout(ctx context.Context, subjects []kg.ID) ([]kg.Claim, error) {
	return s.base.ClaimsAbout(ctx, subjects)
}

// Scan returns the releases of the base and the load, and the base's records of any other kind.
func (s *Store) Scan(ctx context.Context, kind kg.NodeKind, after kg.ID, limit int) (store.ScanPage, error) {
	if kind != kg.KindRelease {
		return s.base.Scan(ctx, kind, after, limit)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.shared.ScanReleases(after, limit), nil
}

// Close removes the temporary file.
func (s *Store) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.records.Close()
}

// emptyBase is a base without records.
type emptyBase struct{}

func (emptyBase) Nodes(_ context.Context, _ kg.View, ids []kg.ID) ([]kg.Node, error) {
	return make([]kg.Node, len(ids)), nil
}

func (emptyBase) Claims(_ context.Context, q store.ClaimQuery) ([]store.Page[kg.Claim], error) {
	if q.Scope == nil {
		return make([]store.Page[kg.Claim], 1), nil
	}
	return make([]store.Page[kg.Claim], len(q.Scope.IDs)), nil
}

func (emptyBase) ClaimsAbout(context.Context, []kg.ID) ([]kg.Claim, error) { return nil, nil }

func (emptyBase) Curations(_ context.Context, claims []kg.ID) ([]kg.Curation, error) {
	return make([]kg.Curation, len(claims)), nil
}

func (emptyBase) Scan(context.Context, kg.NodeKind, kg.ID, int) (store.ScanPage, error) {
	return store.ScanPage{}, nil
}
