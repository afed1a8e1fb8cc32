// Package resolve works out the entries of one chunk from one another and from the store: it rejects contradictions,
// makes claims of their drafts, resolves references, and merges records of one node. Each function is one stage; they
// take the chunk's entries and return what later stages need.
package resolve

import (
	"context"
	"slices"

	"casus/internal/kg"
	"casus/internal/store"
)

// Store is the part of a store that the stages read.
type Store interface {
	store.Scanner
	Nodes(ctx context.Context, v kg.View, ids []kg.ID) ([]kg.Node, error)
	ClaimsAbout(ctx context.Context, subjects []kg.ID) ([]kg.Claim, error)
	Curations(ctx context.Context, claims []kg.ID) ([]kg.Curation, error)
}

// lookupSize is the number of ids in one store lookup.
const lookupSize = 1000

// exactView is the view in which a load reads the store: without identity decisions.
var exactView = kg.View{Identity: kg.IdentityExact}

// Nodes calls take with each stored node; unknown ids are skipped.
func Nodes(ctx context.Context, st Store, ids []kg.ID, take func(kg.Node)) error {
	for chunk := range slices.Chunk(ids, lookupSize) {
		nodes, err := st.Nodes(ctx, exactView, chunk)
		if err != nil {
			return err
		}
		for _, n := range nodes {
			if n != nil {
				take(n)
			}
		}
	}
	return nil
}

// originals calls take with the original of each of the claims that is corrected or forgotten.
func originals(ctx context.Context, st Store, claims []kg.ID, take func(kg.Claim)) error {
	for chunk := range slices.Chunk(claims, lookupSize) {
		found, err := st.Curations(ctx, chunk)
		if err != nil {
			return err
		}
		for _, c := range found {
			if c.Original != nil {
				take(*c.Original)
			}
		}
	}
	return nil
}

// forgotten calls take with the ids of claims and events that the store has although no query returns them: a
// correction forgets the claim, or all claims about the event.
func forgotten(ctx context.Context, st Store, ids []kg.ID, take func(kg.ID)) error {
	ofKind := func(kind kg.NodeKind) []kg.ID {
		return slices.DeleteFunc(slices.Clone(ids), func(id kg.ID) bool { return id.Kind() != kind })
	}
	if err := originals(ctx, st, ofKind(kg.KindClaim), func(c kg.Claim) { take(c.ID) }); err != nil {
		return err
	}
	for chunk := range slices.Chunk(ofKind(kg.KindEvent), lookupSize) {
		claims, err := st.ClaimsAbout(ctx, chunk)
		if err != nil {
			return err
		}
		for i := range claims {
			take(claims[i].Subject)
		}
	}
	return nil
}
