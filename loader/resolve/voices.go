package resolve

import (
	"context"
	"slices"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/voices"
)

// VoiceBook returns what the voices and the coding of stored claims depend on; see voices.Read. It has no identity
// classes.
func VoiceBook(ctx context.Context, st Store, claims []kg.Claim) (kg.VoiceBook, error) {
	book, err := voices.Read(ctx, st, exactView, claims)
	if err != nil || !slices.ContainsFunc(claims, func(c kg.Claim) bool { return c.Release != "" }) {
		return book, err
	}
	for page, err := range store.Walk(ctx, st, kg.KindRelease, 0) {
		if err != nil {
			return book, err
		}
		for _, r := range page.Releases {
			book.Releases[r.ID] = r
		}
	}
	return book, nil
}
