package link

import (
	"context"
	"fmt"

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
	Sketch    reprint.Sketch
	Published edtf.Time
}

// Reprints are the documents that share most sentences with an article.
type Reprints struct {
	// Original is the earliest of them, if it was published no later than the article, else "".
	Original kg.ID
	Name     string
	// Suggestions are all of them.
	Suggestions []Suggestion
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
			why := sharedText(known, d)
			if why == "" {
				continue
			}
			name := kg.BestName(known.Titles, "en")
			if len(r.Suggestions) < maxSuggestions {
				r.Suggestions = append(r.Suggestions, Suggestion{known.ID, name, why})
			}
			if p := known.PublishedAt; p != nil && known.Syndicates == "" && p.Earliest <= d.Published.Earliest &&
				(r.Original == "" || p.Earliest < earliest) {
				r.Original, r.Name, earliest = known.ID, name, p.Earliest
			}
		}
	}
	return r, nil
}

// sharedText returns the reason why a document has the text of an article, or "".
func sharedText(known kg.Document, d Document) string {
	if known.SHA256 != "" && known.SHA256 == d.SHA256 {
		return "the text is the same"
	}
	if known.Text == "" {
		return ""
	}
	sketch := reprint.NewSketch(sentence.Texts(sentence.Split(known.Text)))
	if !reprint.IsReprint(d.Sketch, sketch) {
		return ""
	}
	return fmt.Sprintf("%d of %d sentences are the same", d.Sketch.SharedBy(sketch), d.Sketch.Sentences())
}
