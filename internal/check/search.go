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

// maxSearchWords bounds the words of a search: engines refuse queries of some hundred words, which titles may have.
const maxSearchWords = 16

// searchText returns the first words of a name.
func searchText(name string) string {
	if words := text.Tokens(name); len(words) > maxSearchWords {
		return strings.Join(words[:maxSearchWords], " ")
	}
	return name
}

// checkSearch searches for a node by its first name. If there are further pages of hits, the node may be on one of
// them, so the check passes.
func (r *run) checkSearch(ctx context.Context, typ store.NodeType, id kg.ID, names []kg.Name) error {
	if len(names) == 0 || len(text.Tokens(names[0].Value)) == 0 {
		return nil
	}
	hits, err := r.store.Search(ctx, store.SearchQuery{
		View: exactView, Text: searchText(names[0].Value), Types: []store.NodeType{typ}, Window: store.Window{Limit: store.MaxPageSize},
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
