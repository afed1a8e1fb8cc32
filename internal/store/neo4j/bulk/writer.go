// Package bulk loads data into an empty Neo4j quickly. It accepts batches like a store, spools them to files, and
// finally writes the derived graph as CSV files for `neo4j-admin database import full`. The graph equals the one that
// package neo4j would write. Documents and claims are spooled to disk; memory holds hashes of their ids, and the nodes
// that many records share: actors, locations, releases, affiliations, identity decisions, reviews and corrections.
package bulk

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/apply"
	"casus/internal/store/staging"
)

// Writer collects the data to import. It implements the part of a store that a load needs and is safe for concurrent
// use.
type Writer struct {
	dir string

	mu sync.Mutex
	// broken is the error that every later call returns.
	broken       error
	actors       staging.Records[kg.Actor]
	locations    staging.Records[kg.Location]
	affiliations staging.Records[kg.Affiliation]
	shared       *staging.Shared
	checkpoints  checkpoints
	documents    *documents
	claims       *claims
	// packing is the buffer for the records of the current batch.
	packing []byte
}

// spoolFolder is the folder of spooled records.
const spoolFolder = ".casus-spool"

// New starts a bulk load into a folder, which is created if missing. It returns CONFLICT if the folder is not empty.
func New(dir string) (*Writer, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, kg.Errorf(kg.BadInput, "create the folder of the bulk load: %w", err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, kg.Errorf(kg.BadInput, "read the folder of the bulk load: %w", err)
	}
	if len(entries) > 0 {
		return nil, kg.Errorf(kg.Conflict, "%s is not empty: it contains %s", dir, entries[0].Name())
	}
	spoolDir := filepath.Join(dir, spoolFolder)
	if err := os.Mkdir(spoolDir, 0o700); err != nil {
		return nil, kg.Errorf(kg.Internal, "create the folder of the bulk load: %w", err)
	}
	return &Writer{
		dir:    dir,
		actors: staging.NewRecords[kg.Actor](), locations: staging.NewRecords[kg.Location](),
		affiliations: staging.NewRecords[kg.Affiliation](), shared: staging.NewShared(),
		checkpoints: newCheckpoints(), documents: newDocuments(spoolDir), claims: newClaims(spoolDir),
	}, nil
}

// Apply accepts a batch by the rules of every store, but leaves derived states to Finish.
func (w *Writer) Apply(ctx context.Context, b kg.Batch) (kg.ApplyResult, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.broken != nil {
		return kg.ApplyResult{}, w.broken
	}
	if err := checkShared(b); err != nil {
		return kg.ApplyResult{}, err
	}
	t := &tx{Writer: w, Shared: w.shared}
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

// Checkpoint returns the value last written under a key.
func (w *Writer) Checkpoint(_ context.Context, key string) (string, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.checkpoints.get(key)
}

// Checkpoints returns the values under keys with a prefix, in the order of the keys.
func (w *Writer) Checkpoints(_ context.Context, prefix, after string, limit int) ([]kg.Checkpoint, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.checkpoints.list(prefix, after, limit)
}

// Nodes returns nodes by id. Events and claims have only their ids.
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
			if w.claims.has(id) {
				found[i] = kg.Event{ID: id}
			}
		case kg.KindClaim:
			if w.claims.has(id) {
				found[i] = kg.Claim{ID: id}
			}
		}
	}
	return found, nil
}

// Scan lists releases. It lists no documents, because a bulk load begins with an empty graph, in which no document can
// have changed. It returns BAD_INPUT for any other kind.
func (w *Writer) Scan(_ context.Context, kind kg.NodeKind, after kg.ID, limit int) (store.ScanPage, error) {
	switch kind {
	case kg.KindRelease:
	case kg.KindDocument:
		return store.ScanPage{}, nil
	case kg.KindClaim, store.KindOriginal:
		return store.ScanPage{}, cannotCompare()
	default:
		return store.ScanPage{}, kg.Errorf(kg.BadInput, "a bulk load cannot list records of kind %q", kind)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.shared.ScanReleases(after, limit), nil
}

// Claims returns BAD_INPUT, as ClaimsAbout does.
func (w *Writer) Claims(context.Context, store.ClaimQuery) ([]store.Page[kg.Claim], error) {
	return nil, cannotCompare()
}

// ClaimsAbout returns BAD_INPUT for a subject that has claims: a bulk load cannot compare a data set with its stored
// release.
func (w *Writer) ClaimsAbout(_ context.Context, subjects []kg.ID) ([]kg.Claim, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, id := range subjects {
		if w.claims.has(id) {
			return nil, cannotCompare()
		}
	}
	return nil, nil
}

func cannotCompare() error {
	return kg.Errorf(kg.BadInput,
		"a bulk load cannot compare releases of a data set: bulk-load the first one, and load later ones into the store")
}

// Curations returns none: corrections and reviews are applied when the imported graph is first opened.
func (w *Writer) Curations(_ context.Context, claims []kg.ID) ([]kg.Curation, error) {
	return make([]kg.Curation, len(claims)), nil
}

// Close ends a bulk load and removes spooled records. The files that Finish wrote stay.
func (w *Writer) Close() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.broken = kg.Errorf(kg.Internal, "the bulk load is closed")
	err := errors.Join(w.documents.close(), w.claims.close(), w.checkpoints.Close(),
		os.RemoveAll(filepath.Join(w.dir, spoolFolder)))
	if err != nil {
		return kg.Errorf(kg.Internal, "remove the spooled records: %w", err)
	}
	return nil
}

func nodeOf[T interface {
	kg.Node
	kg.Identified
}](r staging.Records[T], id kg.ID) kg.Node {
	if found, known := r.Get(id); known {
		return found
	}
	return nil
}

// Properties allows one writer: batches are applied one after another.
func (w *Writer) Properties() store.Properties { return store.Properties{ConcurrentWrites: 1} }

// contextError returns TIMEOUT if the context is done.
func contextError(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return kg.Errorf(kg.Timeout, "write the files of the bulk load: %w", err)
	}
	return nil
}
