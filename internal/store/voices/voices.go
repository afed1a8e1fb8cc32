// Package voices reads what the voices and the coding of claims depend on.
package voices

import (
	"context"
	"slices"

	"casus/internal/kg"
	"casus/internal/store"
)

// Reader is the part of a store that Read uses.
type Reader interface {
	Nodes(ctx context.Context, v kg.View, ids []kg.ID) ([]kg.Node, error)
	Curations(ctx context.Context, claims []kg.ID) ([]kg.Curation, error)
}

// Read returns the documents of claims, all documents that these reprint, the reviews that concern the claims, and the
// releases in the claims' Dataset field, which queries of a store set. In the RESOLVED view the publishers are classes.
func Read(ctx context.Context, r Reader, v kg.View, claims []kg.Claim) (kg.VoiceBook, error) {
	book := kg.VoiceBook{Documents: map[kg.ID]kg.Document{}, Releases: map[kg.ID]kg.Release{}}
	var wanted, ids []kg.ID
	for _, c := range claims {
		ids = append(ids, c.ID)
		wanted = append(wanted, c.SourceDocuments()...)
		if c.Dataset != nil {
			book.Releases[c.Release] = *c.Dataset
		}
	}
	for len(wanted) > 0 {
		originals, err := readDocuments(ctx, r, v, wanted, book.Documents)
		if err != nil {
			return book, err
		}
		wanted = slices.DeleteFunc(originals, func(id kg.ID) bool { _, have := book.Documents[id]; return have })
	}
	reviews, err := readReviews(ctx, r, ids)
	book.Reviews = kg.LatestReviews(reviews)
	return book.WithOriginals(), err
}

// readDocuments adds documents to the known ones, and returns the documents that they reprint.
func readDocuments(
	ctx context.Context, r Reader, v kg.View, ids []kg.ID, known map[kg.ID]kg.Document,
) (originals []kg.ID, err error) {
	slices.Sort(ids)
	for chunk := range slices.Chunk(slices.Compact(ids), store.MaxPageSize) {
		nodes, err := r.Nodes(ctx, v, chunk)
		if err != nil {
			return nil, err
		}
		for _, n := range nodes {
			d, ok := n.(kg.Document)
			if !ok {
				continue
			}
			if known[d.ID] = d; d.Syndicates != "" {
				originals = append(originals, d.Syndicates)
			}
		}
	}
	return originals, nil
}

func readReviews(ctx context.Context, r Reader, claims []kg.ID) (reviews []kg.Review, err error) {
	for chunk := range slices.Chunk(claims, store.MaxPageSize) {
		curations, err := r.Curations(ctx, chunk)
		if err != nil {
			return nil, err
		}
		for _, c := range curations {
			reviews = append(reviews, c.Reviews...)
		}
	}
	return reviews, nil
}
