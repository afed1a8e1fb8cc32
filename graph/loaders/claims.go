package loaders

import (
	"context"
	"slices"

	"casus/internal/kg"
	"casus/internal/store"
)

// claimsOf returns the query for the claims about an event, or for all claims if the event is "".
func claimsOf(v kg.View, event kg.ID) store.ClaimQuery {
	q := store.ClaimQuery{
		View: v, Order: (*store.ClaimOrder)(nil).Normalize(), Window: store.Window{Limit: store.MaxPageSize},
	}
	if event != "" {
		q.Scope = &store.Scope{Relation: store.SubjectClaims, IDs: []kg.ID{event}}
	}
	return q
}

// readClaims reads the claims of a query, page by page until there are at least most. more reports that there are others.
func readClaims(
	ctx context.Context, st store.Reader, q store.ClaimQuery, most int,
) (all []kg.Claim, more bool, err error) {
	for {
		pages, err := st.Claims(ctx, q)
		if err != nil {
			return nil, false, err
		}
		page := pages[0]
		all = append(all, page.Items...)
		if !page.HasNext || len(all) >= most {
			return all, page.HasNext, nil
		}
		q.Window.After = &page.Positions[len(page.Positions)-1]
	}
}

// readBook reads the documents that the voices of claims depend on, and their reviews. In a view that merges nodes,
// claimants and publishers are read as their classes.
func readBook(ctx context.Context, st store.Reader, v kg.View, claims []kg.Claim) (kg.VoiceBook, error) {
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
		slices.Sort(wanted)
		wanted = slices.Compact(wanted)
		nodes, err := st.Nodes(ctx, v, wanted)
		if err != nil {
			return book, err
		}
		wanted = nil
		for _, n := range nodes {
			d, ok := n.(kg.Document)
			if !ok {
				continue
			}
			book.Documents[d.ID] = d
			if d.Syndicates != "" {
				wanted = append(wanted, d.Syndicates)
			}
		}
		wanted = slices.DeleteFunc(wanted, func(id kg.ID) bool { _, have := book.Documents[id]; return have })
	}
	curations, err := st.Curations(ctx, ids)
	if err != nil {
		return book, err
	}
	var reviews []kg.Review
	for _, c := range curations {
		reviews = append(reviews, c.Reviews...)
	}
	book.Reviews = kg.LatestReviews(reviews)
	return book.WithOriginals(), nil
}
