// Package bulk is the fast road into an empty Neo4j: it takes batches as a store does, keeps them in files, and at the end
// writes all that follows from them as the CSV files that `neo4j-admin database import full` reads. The graph is the one
// that neo4jstore would have written. Documents and claims wait on disk; in memory there are hashes of their ids, and the
// nodes that many records share: actors, locations, releases, affiliations and identity decisions.
package bulk

import (
	"context"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/apply"
)

// Writer takes what is to be imported. It answers what a load asks of a store, and is safe for concurrent use.
type Writer struct {
	dir string

	mu sync.Mutex
	// broken is why nothing more can be written.
	broken       error
	actors       nodes[kg.Actor]
	locations    nodes[kg.Location]
	releases     nodes[kg.Release]
	affiliations nodes[kg.Affiliation]
	decisions    nodes[kg.IdentityDecision]
	checkpoints  map[string]string
	documents    documents
	claims       *spool
	// places says where each claim is, and knows each event.
	places map[hash]place
	// replaced are the places of claims that were spooled again.
	replaced map[place]bool
	// packing is what the batch under way packs its records in.
	packing []byte
}

// spoolFolder is the folder in which records wait.
const spoolFolder = ".casus-spool"

// New begins a bulk load into a folder, which is made where it is missing. Errors: CONFLICT where it is not empty.
func New(dir string) (*Writer, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, kg.Errorf(kg.BadInput, "make the folder of the bulk load: %w", err)
	}
	there, err := os.ReadDir(dir)
	if err != nil {
		return nil, kg.Errorf(kg.BadInput, "look into the folder of the bulk load: %w", err)
	}
	if len(there) > 0 {
		return nil, kg.Errorf(kg.Conflict, "%s is not empty: it has %s", dir, there[0].Name())
	}
	waiting := filepath.Join(dir, spoolFolder)
	if err := os.Mkdir(waiting, 0o700); err != nil {
		return nil, kg.Errorf(kg.Internal, "make the folder of the bulk load: %w", err)
	}
	return &Writer{
		dir: dir, actors: newNodes[kg.Actor](), locations: newNodes[kg.Location](), releases: newNodes[kg.Release](),
		affiliations: newNodes[kg.Affiliation](), decisions: newNodes[kg.IdentityDecision](), checkpoints: map[string]string{},
		documents: newDocuments(waiting), claims: newSpool(waiting, "claims"), places: map[hash]place{}, replaced: map[place]bool{},
	}, nil
}

// Apply takes a batch, by the rules of every store. What follows from claims is left to Finish.
func (w *Writer) Apply(ctx context.Context, b kg.Batch) (kg.ApplyResult, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.broken != nil {
		return kg.ApplyResult{}, w.broken
	}
	t := &tx{Writer: w}
	w.packing = w.packing[:0]
	applied, err := apply.Run(ctx, t, b)
	if err != nil {
		t.discard()
		return applied, err
	}
	if w.broken = t.commit(); w.broken != nil {
		return kg.ApplyResult{}, w.broken
	}
	return applied, nil
}

// Checkpoint reads the value last written under a key.
func (w *Writer) Checkpoint(_ context.Context, key string) (string, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.checkpoints[key], nil
}

// Nodes finds nodes by id. Of events and claims it only knows that they are there.
func (w *Writer) Nodes(_ context.Context, _ kg.View, ids []kg.ID) ([]kg.Node, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	found := make([]kg.Node, len(ids))
	for i, id := range ids {
		switch id.Kind() {
		case kg.KindActor:
			found[i] = nodeOf(w.actors, id)
		case kg.KindLocation:
			found[i] = nodeOf(w.locations, id)
		case kg.KindAffiliation:
			found[i] = nodeOf(w.affiliations, id)
		case kg.KindDocument:
			d, known, err := w.documents.find(id)
			if err != nil {
				return nil, err
			}
			if known {
				found[i] = d
			}
		case kg.KindEvent:
			if _, known := w.places[hashOf(id)]; known {
				found[i] = kg.Event{ID: id}
			}
		case kg.KindClaim:
			if _, known := w.places[hashOf(id)]; known {
				found[i] = kg.Claim{ID: id}
			}
		}
	}
	return found, nil
}

// Scan lists releases. Errors: BAD_INPUT for any other kind.
func (w *Writer) Scan(_ context.Context, kind kg.NodeKind, after kg.ID, limit int) (store.ScanPage, error) {
	if kind != kg.KindRelease {
		return store.ScanPage{}, kg.Errorf(kg.BadInput, "a bulk load cannot list what it has of kind %q", kind)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	var p store.ScanPage
	for _, id := range slices.Sorted(maps.Keys(w.releases.stored)) {
		if id > after && len(p.Releases) < limit {
			p.Releases = append(p.Releases, w.releases.stored[id])
		}
	}
	return p, nil
}

// Claims is asked by a load that compares a data set with what is stored of it, which a bulk load cannot do: BAD_INPUT.
func (w *Writer) Claims(context.Context, store.ClaimQuery) ([]store.Page[kg.Claim], error) {
	return nil, kg.Errorf(kg.BadInput, "a bulk load cannot compare releases of a data set: load the first one so, and the later ones into the store")
}

// Close ends a bulk load and removes the records that wait; what Finish wrote stays.
func (w *Writer) Close() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.broken = kg.Errorf(kg.Internal, "the bulk load is closed")
	if err := errors.Join(w.documents.close(), w.claims.close(), os.RemoveAll(filepath.Join(w.dir, spoolFolder))); err != nil {
		return kg.Errorf(kg.Internal, "remove what waited to be written: %w", err)
	}
	return nil
}

func nodeOf[T interface {
	kg.Node
	kg.Identified
}](n nodes[T], id kg.ID) kg.Node {
	if found, known := n.stored[id]; known {
		return found
	}
	return nil
}

// Properties: batches are written one after another.
func (w *Writer) Properties() store.Properties { return store.Properties{ConcurrentWrites: 1} }
