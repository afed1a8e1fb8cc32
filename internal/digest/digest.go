// Package digest makes one hash of a whole graph: the same for the same graph in every store, however it came there. It
// compares engines, interrupted loads and copies.
package digest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"hash"

	"casus/internal/kg"
	"casus/internal/store"
)

// pageSize is how many records are read at a time.
const pageSize = 500

// Scanner is what a digest needs of a store.
type Scanner interface {
	Scan(ctx context.Context, kind kg.NodeKind, after kg.ID, limit int) (store.ScanPage, error)
}

// Compute hashes all nodes and claims, and all states and edges that are stored as following from them, by SHA-256 in
// hexadecimal. When a claim was stored is left out: load order never matters. progress, if given, is told how many records
// of a kind were read. A graph that changes meanwhile has no one digest.
func Compute(ctx context.Context, s Scanner, progress func(kg.NodeKind, int)) (string, error) {
	all := sha256.New()
	for _, kind := range kg.NodeKinds() {
		read := 0
		for after := kg.ID(""); ; {
			page, err := s.Scan(ctx, kind, after, pageSize)
			if err != nil {
				return "", err
			}
			last, n, err := add(all, kind, page)
			if err != nil {
				return "", err
			}
			if read += n; progress != nil {
				progress(kind, read)
			}
			if n < pageSize {
				break
			}
			after = last
		}
	}
	return hex.EncodeToString(all.Sum(nil)), nil
}

// add hashes one page, and gives its last id and how many records of the kind it has.
func add(to hash.Hash, kind kg.NodeKind, p store.ScanPage) (last kg.ID, n int, err error) {
	write := func(v any) {
		b, e := json.Marshal(v)
		if e != nil && err == nil {
			err = kg.Errorf(kg.Internal, "digest: %w", e)
		}
		_, _ = to.Write(append(b, '\n')) // a hash takes everything
	}
	each := func(id kg.ID, v any) {
		last, n = id, n+1
		write(v)
	}
	switch kind {
	case kg.KindActor:
		for _, r := range p.Actors {
			each(r.ID, r)
		}
	case kg.KindLocation:
		for _, r := range p.Locations {
			each(r.ID, r)
		}
	case kg.KindDocument:
		for _, r := range p.Documents {
			each(r.ID, r)
		}
	case kg.KindRelease:
		for _, r := range p.Releases {
			each(r.ID, r)
		}
	case kg.KindIdentity:
		for _, r := range p.Identities {
			each(r.ID, r)
		}
	case kg.KindClaim:
		for _, r := range p.Claims {
			each(r.ID, r)
		}
	case kg.KindAffiliation:
		for _, r := range p.Affiliations {
			each(r.ID, r)
		}
		for _, s := range p.Subjects {
			write(s.History)
			if s.Resolved != nil {
				write(s.Resolved)
			}
		}
	case kg.KindEvent:
		for _, s := range p.Subjects {
			each(s.History.Subject, s.History)
			if s.Resolved != nil {
				write(s.Resolved)
			}
		}
	}
	return last, n, err
}
