package extract

import (
	"context"
	"crypto/sha256"
	"encoding/hex"

	"casus/internal/extract/article"
	"casus/internal/extract/form"
	"casus/internal/extract/proposal"
)

// Convert makes a proposal from an article and the content of a file with a form. Errors are those of form.Parse and of
// the store.
func (c Converter) Convert(ctx context.Context, a article.Article, content []byte) (*proposal.Proposal, error) {
	answer, err := form.Parse(content)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(content)
	return c.propose(ctx, a, answer, hex.EncodeToString(sum[:]))
}

// propose makes a proposal of a parsed form.
func (c Converter) propose(
	ctx context.Context, a article.Article, answer *form.Answer, formHash string,
) (*proposal.Proposal, error) {
	d := newDraft(c, a, answer)
	for _, step := range []func(context.Context) error{
		d.addParties, d.addPublisher, d.addReprint, d.addClaims, d.addEvents, d.addTies,
	} {
		if err := step(ctx); err != nil {
			return nil, err
		}
	}
	p := d.assemble()
	p.Run = proposal.Run{
		Tool: Tool, Model: c.Model, FormVersion: form.Version, PromptSHA256: form.Fingerprint(),
		ArticleSHA256: a.SHA256, FormSHA256: formHash, At: c.At, Linked: c.Linker != nil, Counts: d.counts(p),
	}
	return p, nil
}
