package resolve

import (
	"context"
	"maps"
	"slices"

	"casus/internal/kg"
	"casus/internal/store"
)

// VoiceBook returns what the voices and the coding of stored claims depend on: their releases, documents and
// reviews, and all documents that these reprint. It has no identity classes.
func VoiceBook(ctx context.Context, st Store, claims []kg.Claim) (kg.VoiceBook, error) {
	book := kg.VoiceBook{Documents: map[kg.ID]kg.Document{}, Releases: map[kg.ID]kg.Release{}}
	wanted := map[kg.ID]bool{}
	for _, c := range claims {
		for _, id := range c.SourceDocuments() {
			wanted[id] = true
		}
	}
	if slices.ContainsFunc(claims, func(c kg.Claim) bool { return c.Release != "" }) {
		for page, err := range store.Walk(ctx, st, kg.KindRelease, 0) {
			if err != nil {
				return kg.VoiceBook{}, err
			}
			for _, r := range page.Releases {
				book.Releases[r.ID] = r
			}
		}
	}
	for len(wanted) > 0 {
		ids := slices.Sorted(maps.Keys(wanted))
		clear(wanted)
		var originals []kg.ID
		if err := Nodes(ctx, st, ids, func(n kg.Node) {
			d, ok := n.(kg.Document)
			if !ok {
				return
			}
			book.Documents[d.ID] = d
			if d.Syndicates != "" {
				originals = append(originals, d.Syndicates)
			}
		}); err != nil {
			return kg.VoiceBook{}, err
		}
		for _, id := range originals {
			if _, known := book.Documents[id]; !known {
				wanted[id] = true
			}
		}
	}
	ids := make([]kg.ID, len(claims))
	for i := range claims {
		ids[i] = claims[i].ID
	}
	var reviews []kg.Review
	for some := range slices.Chunk(ids, lookupSize) {
		curations, err := st.Curations(ctx, some)
		if err != nil {
			return kg.VoiceBook{}, err
		}
		for _, c := range curations {
			reviews = append(reviews, c.Reviews...)
		}
	}
	book.Reviews = kg.LatestReviews(reviews)
	return book.WithOriginals(), nil
}
