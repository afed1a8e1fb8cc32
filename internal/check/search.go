package check

import (
	"context"
	"strings"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/text"
)

// maxSearches bounds the searches for nodes of a kind, each of which is a query.
const maxSearches = 200

// maxSearchWords bounds the words of a search: titles may have hundreds of words, and engines reject such queries.
const maxSearchWords = 16

// checkSearch searches for a node by its first name. If there are further pages of hits, the node may be on one of
// them, so the check passes.
func (r *run) checkSearch(ctx context.Context, typ store.NodeType, id kg.ID, names []kg.Name) error {
	if len(names) == 0 {
		return nil
	}
	words := searchText(names[0].Value)
	if words == "" {
		return nil
	}
	hits, err := r.store.Search(ctx, store.SearchQuery{
		View: exactView, Text: words, Types: []store.NodeType{typ}, Window: store.Window{Limit: store.MaxPageSize},
	})
	if err != nil {
		return r.tolerate(ctx, id, err)
	}
	for _, hit := range hits.Items {
		if hit.Node != nil && hit.Node.NodeID() == id {
			return nil
		}
	}
	if !hits.HasNext {
		r.addBreak(Search, id, "is not found by its name %q", names[0].Value)
	}
	return nil
}

// searchText returns a text that finds a name: the name or, if that is too long for a search, its first words; "" if it
// has no words.
func searchText(name string) string {
	tokens := text.Tokens(name)
	if len(tokens) > 0 && len(tokens) <= maxSearchWords && len(name) <= store.MaxTextBytes {
		return name
	}
	n, size := 0, 0
	for ; n < min(len(tokens), maxSearchWords); n++ {
		if size += len(tokens[n]) + 1; size > store.MaxTextBytes {
			break
		}
	}
	return strings.Join(tokens[:n], " ")
}
