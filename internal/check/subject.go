package check

import (
	"context"
	"slices"

	"casus/internal/kg"
	"casus/internal/store"
)

// subject is a subject as stored, with the history derived from its claims.
type subject struct {
	store.SubjectRecord
	derived kg.History
}

// documentsOf reads the documents of the subjects' claims, and all documents that these reprint.
func (r *run) documentsOf(ctx context.Context, subjects []store.SubjectRecord) (map[kg.ID]kg.Document, error) {
	found := map[kg.ID]kg.Document{}
	var wanted []kg.ID
	for _, s := range subjects {
		for _, c := range s.Claims {
			wanted = append(wanted, c.SourceDocuments()...)
		}
	}
	for len(wanted) > 0 {
		slices.Sort(wanted)
		wanted = slices.Compact(wanted)
		nodes, _, err := r.readNodes(ctx, wanted)
		if err != nil {
			return nil, err
		}
		wanted = nil
		for _, n := range nodes {
			if d, ok := n.(kg.Document); ok {
				found[d.ID] = d
			}
		}
		for _, n := range nodes {
			if d, ok := n.(kg.Document); ok && d.Syndicates != "" {
				if _, have := found[d.Syndicates]; !have {
					wanted = append(wanted, d.Syndicates)
				}
			}
		}
	}
	return found, nil
}

// parentsOf returns the locations that a location directly lies in. Locations are checked before events.
func (r *run) parentsOf(location kg.ID) []kg.ID { return r.within[location] }
