package apply

import (
	"context"
	"maps"
	"slices"

	"casus/internal/kg"
)

// documentsOfNewClaims returns the documents that the new claims' voices depend on. A transaction that changes such a
// document locks it too, so that one of the two sees the other's writes.
func (r *run) documentsOfNewClaims() []kg.ID {
	documents := map[kg.ID]bool{}
	for _, c := range r.newClaims {
		for _, d := range c.SourceDocuments() {
			documents[d] = true
		}
	}
	return sorted(documents)
}

// voiceBook reads the records that the claims' voices depend on: their documents, the originals of reprints, and their
// releases.
func (r *run) voiceBook(ctx context.Context, claims []kg.Claim) (kg.VoiceBook, error) {
	book := kg.VoiceBook{Documents: map[kg.ID]kg.Document{}, Releases: map[kg.ID]kg.Release{}}
	documents, releases := map[kg.ID]bool{}, map[kg.ID]bool{}
	for _, c := range claims {
		for _, d := range c.SourceDocuments() {
			documents[d] = true
		}
		if c.Release != "" {
			releases[c.Release] = true
		}
	}
	for wanted := sorted(documents); len(wanted) > 0; {
		found, err := r.Documents(ctx, wanted)
		if err != nil {
			return book, err
		}
		var originals []kg.ID
		for _, d := range found {
			d.Text = "" // not part of any derivation
			book.Documents[d.ID] = d
			if d.Syndicates != "" {
				originals = append(originals, d.Syndicates)
			}
		}
		above, err := r.linksAbove(ctx, originals, book.Documents)
		if err != nil {
			return book, err
		}
		next := map[kg.ID]bool{}
		for _, id := range slices.Concat(originals, slices.Collect(maps.Keys(above))) {
			if _, have := book.Documents[id]; !have {
				next[id] = true
			}
		}
		wanted = sorted(next)
	}
	found, err := r.Releases(ctx, sorted(releases))
	if err != nil {
		return book, err
	}
	for _, rel := range found {
		book.Releases[rel.ID] = rel
	}
	if r.curation.reviews {
		targets := make([]kg.ID, 0, len(claims)+len(documents)+len(releases))
		for i := range claims {
			targets = append(targets, claims[i].ID)
		}
		targets = append(append(targets, sorted(documents)...), sorted(releases)...)
		reviews, err := r.ReviewsOf(ctx, distinct(targets))
		if err != nil {
			return book, err
		}
		book.Reviews = kg.LatestReviews(reviews)
	}
	return book.WithOriginals(), nil
}

// linksAbove returns the links of the documents that are not read yet, and of all above them.
func (r *run) linksAbove(ctx context.Context, ids []kg.ID, read map[kg.ID]kg.Document) (Links, error) {
	unread := map[kg.ID]bool{}
	for _, id := range ids {
		if _, have := read[id]; !have {
			unread[id] = true
		}
	}
	if len(unread) == 0 {
		return nil, nil
	}
	return r.LinksAbove(ctx, kg.KindDocument, sorted(unread))
}
