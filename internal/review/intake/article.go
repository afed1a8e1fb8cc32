package intake

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"slices"
	"strings"

	"casus/internal/extract"
	"casus/internal/extract/article"
	"casus/internal/extract/form"
	"casus/internal/extract/link"
	"casus/internal/extract/proposal"
	"casus/internal/extract/sentence"
	"casus/internal/kg"
)

// Article is an article and what a person states about it, which takes precedence over the article's own metadata.
type Article struct {
	Content   string         `json:"content"`
	Format    article.Format `json:"format"` // detected if empty
	Title     string         `json:"title"`
	Publisher string         `json:"publisher"`
	Published string         `json:"published"` // EDTF
	Address   string         `json:"address"`
	Language  string         `json:"language"`
}

func (a Article) read() (article.Article, error) {
	return article.Read("the article", []byte(a.Content), a.Format, article.Metadata{
		Title: a.Title, Publisher: a.Publisher, Published: a.Published, Address: a.Address, Language: a.Language,
		DateName: "published, such as 2031-03-02",
	})
}

// Asked is a request for a question to a model.
type Asked struct {
	Article Article   `json:"article"`
	Part    form.Part `json:"part"` // all if empty
}

// Question is what a person pastes into a chat, and the article as it was read.
type Question struct {
	Question string `json:"question"`
	Article  Facts  `json:"article"`
}

// Facts are what is known about an article.
type Facts struct {
	Title     string `json:"title"`
	Publisher string `json:"publisher"`
	Published string `json:"published"`
	Address   string `json:"address"`
	Language  string `json:"language"`
	SHA256    string `json:"sha256"`
	Sentences int    `json:"sentences"`
}

// Question returns the instructions with the form and the article, for any chat.
func (d *Desk) Question(ctx context.Context, q Asked) (Question, error) {
	var parts []form.Part
	if q.Part != "" {
		if !slices.Contains(form.Parts(), q.Part) {
			return Question{}, kg.Errorf(kg.BadInput, "unknown part %q of the form; must be one of %v", q.Part, form.Parts())
		}
		parts = append(parts, q.Part)
	}
	a, err := q.Article.read()
	if err != nil {
		return Question{}, err
	}
	text, err := extract.Converter{Linker: link.New(d.store)}.Question(ctx, a, rand.Text(), parts...)
	return Question{text, Facts{
		a.Title, a.Publisher, a.Published.EDTF, a.Address, a.Language, a.SHA256, len(sentence.Split(a.Text)),
	}}, err
}

// Answered is a model's answer to the question about an article.
type Answered struct {
	Article Article `json:"article"`
	// Answers are the answers as they are, in one piece or several.
	Answers []string `json:"answers"`
	// Model is the name of the model, for the provenance of claims.
	Model string `json:"model"`
}

// Proposed is a proposal, with what its files have.
type Proposed struct {
	Records []proposal.Record `json:"records"`
	Review  proposal.Review   `json:"review"`
	Refused []form.Refusal    `json:"refused"`
	Run     json.RawMessage   `json:"run"`
}

// Convert makes a proposal of a model's answer, as `casus extract convert --store` does.
func (d *Desk) Convert(ctx context.Context, q Answered) (made Proposed, err error) {
	a, err := q.Article.read()
	if err != nil {
		return made, err
	}
	content := strings.Join(q.Answers, "\n\n")
	if len(content) > form.MaxBytes {
		return made, kg.Errorf(kg.BadInput, "the answers have more than %d bytes", form.MaxBytes)
	}
	p, err := extract.Converter{Linker: link.New(d.store), Model: q.Model}.Convert(ctx, a, []byte(content))
	if err != nil {
		return made, err
	}
	files, err := p.Files()
	if err != nil {
		return made, err
	}
	made = Proposed{p.Records, p.Review, append([]form.Refusal{}, p.Refused...), files[len(files)-1].Content}
	return made, nil
}
