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
