package link

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"casus/internal/edtf"
	"casus/internal/extract/reprint"
	"casus/internal/extract/sentence"
	"casus/internal/kg"
	"casus/internal/store"
)

// Document is an article that may be a reprint.
type Document struct {
	ID        kg.ID
	SHA256    string
	Address   string
	Sketch    reprint.Sketch
	Published edtf.Time
}

// Reprints are the documents that share most sentences with an article.
type Reprints struct {
	// Original is the earliest of them, if it was published no later than the article, else "".
	Original kg.ID
	Name     string
	// Same is the name of the first document that has the text or the address of the article; "" if there is none.
	Same string
	// Suggestions are all of them, up to a bound, and Alike are their records, the original first, then by publication.
	Suggestions []Suggestion
	Alike       []kg.Document
}

// Reprints compares an article with the stored texts. Documents whose text is not stored (see casus load --keep-text)
// are compared by its hash alone.
func (l *Linker) Reprints(ctx context.Context, d Document) (r Reprints, err error) {
	var earliest edtf.Instant
	for page, err := range store.Walk(ctx, l.store, kg.KindDocument, 0) {
		if err != nil {
			return r, err
		}
		for _, known := range page.Documents {
			if known.ID == d.ID || known.Syndicates == d.ID {
				continue
			}
			if r.Same == "" && (known.SHA256 == d.SHA256 || known.URL != "" && known.URL == d.Address) {
				r.Same = cmp.Or(kg.BestName(known.Titles, "en"), string(known.ID))
			}
			reason, ok := sharedText(known, d)
			if !ok {
				continue
			}
			name := kg.BestName(known.Titles, "en")
			if len(r.Suggestions) < maxSuggestions {
				r.Suggestions = append(r.Suggestions, Suggestion{known.ID, name, reason})
				r.Alike = append(r.Alike, known)
			}
			if p := known.PublishedAt; p != nil && known.Syndicates == "" && p.Earliest <= d.Published.Earliest &&
				(r.Original == "" || p.Earliest < earliest) {
				r.Original, r.Name, earliest = known.ID, name, p.Earliest
			}
		}
	}
	slices.SortStableFunc(r.Alike, func(a, b kg.Document) int { return r.compare(a, b) })
	return r, nil
}

// compare orders the original before the others, and these by their publication.
func (r Reprints) compare(a, b kg.Document) int {
	published := func(d kg.Document) edtf.Instant {
		switch {
		case d.ID == r.Original:
			return edtf.BeginningOfTime
		case d.PublishedAt == nil:
			return edtf.EndOfTime
		}
		return d.PublishedAt.Earliest
	}
	return cmp.Compare(published(a), published(b))
}

// sharedText returns the reason why a document has the text of an article, if it has it.
func sharedText(known kg.Document, d Document) (r Reason, ok bool) {
	if known.SHA256 != "" && known.SHA256 == d.SHA256 {
		return NewReason(TextSame, ""), true
	}
	if known.Text == "" {
		return r, false
	}
	sketch := reprint.NewSketch(sentence.Texts(sentence.Split(known.Text)))
	if !reprint.IsReprint(d.Sketch, sketch) {
		return r, false
	}
	return NewReason(SentencesSame, fmt.Sprintf("%d/%d", d.Sketch.SharedBy(sketch), d.Sketch.Sentences())), true
}
