package loaders

import (
	"context"

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

// readClaims reads the claims of a query, page by page until there are at least most. more reports that there are
// others.
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
