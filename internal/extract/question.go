package extract

import (
	"context"

	"casus/internal/extract/article"
	"casus/internal/extract/form"
	"casus/internal/extract/sentence"
)

// maxKnown is the number of known actors that are named to a model.
const maxKnown = 200

// Question returns what a model needs to fill in parts of the form about an article, or all parts without any:
// instructions, the form, and the article with numbered sentences between two lines with a random mark. With a Linker
// it names the known actors whose names stand in the article.
func (c Converter) Question(ctx context.Context, a article.Article, mark string, parts ...form.Part) (string, error) {
	question := form.Article{
		Published: a.Published.EDTF, Language: a.Language, Sentences: sentence.Texts(sentence.Split(a.Text)),
	}
	var err error
	if question.Known, err = c.KnownActors(ctx, a); err != nil {
		return "", err
	}
	return form.Instructions(parts...) + "\nThe article.\n\n" + form.Question(question, mark), nil
}

// KnownActors returns the names of the first known actors whose names stand in an article; none without a Linker.
func (c Converter) KnownActors(ctx context.Context, a article.Article) ([]string, error) {
	if c.Linker == nil {
		return nil, nil
	}
	return c.Linker.KnownActors(ctx, a.Title+"\n"+a.Text, maxKnown)
}
