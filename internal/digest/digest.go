// Package digest computes a hash of a whole graph. Equal graphs have equal digests in every store, independent of the
// way they were loaded, so that engines, resumed loads and copies can be compared.
package digest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"hash"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/codec"
)

// Compute returns the hexadecimal SHA-256 of all nodes, claims, states, edges, decisions and originals of corrected
// claims in the store. The time at which a claim was stored is left out, so that load order does not matter. The digest
// is meaningless if the graph changes during the call.
func Compute(ctx context.Context, s store.Scanner) (string, error) {
	all := sha256.New()
	for _, kind := range append(kg.NodeKinds.Values(), store.KindOriginal) {
		for page, err := range store.Walk(ctx, s, kind, 0) {
			if err != nil {
				return "", err
			}
			if err := add(all, kind, page); err != nil {
				return "", err
			}
		}
	}
	return hex.EncodeToString(all.Sum(nil)), nil
}

// add hashes the records of one page.
func add(to hash.Hash, kind kg.NodeKind, p store.ScanPage) error {
	switch kind {
	case kg.KindActor:
		return write(to, p.Actors)
	case kg.KindLocation:
		return write(to, p.Locations)
	case kg.KindDocument:
		return write(to, p.Documents)
	case kg.KindRelease:
		return write(to, p.Releases)
	case kg.KindIdentity:
		return write(to, p.Identities)
	case kg.KindReview:
		return write(to, p.Reviews)
	case kg.KindCorrection:
		return write(to, p.Corrections)
	case store.KindOriginal:
		return write(to, p.Originals)
	case kg.KindClaim:
		return write(to, p.Claims)
	case kg.KindAffiliation:
		if err := write(to, p.Affiliations); err != nil {
			return err
		}
	}
	var histories []kg.History
	for _, s := range p.Subjects {
		histories = append(histories, s.History)
		if s.Resolved != nil {
			histories = append(histories, *s.Resolved)
		}
	}
	return write(to, histories)
}

// write hashes records as lines of JSON.
func write[T any](to hash.Hash, records []T) (err error) {
	var line []byte
	for _, r := range records {
		if line, err = codec.Append(line[:0], r); err != nil {
			return err
		}
		line = append(line, '\n')
		_, _ = to.Write(line) // a hash accepts all writes
	}
	return nil
}
