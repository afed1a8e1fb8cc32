package extraction

import (
	"context"
	"io"

	"github.com/spf13/cobra"

	"casus/internal/extract"
	"casus/internal/extract/form"
	"casus/internal/extract/link"
	"casus/internal/store"
)

// convertRun is one run of `casus extract convert`.
type convertRun struct {
	article    articleFlags
	output     output
	model      string
	form, from string
	open       func(context.Context, io.Writer) (store.Store, error)
	storeFiles func() []string
	stdin      io.Reader
}

func convertCommand(p Program) *cobra.Command {
	var r convertRun
	c := &cobra.Command{
		Use:   "convert FORM ARTICLE",
		Short: "Convert a filled-in form into records that can be loaded, and a review file",
		Long: `Convert a form that a model or a person filled in ("casus extract form" prints it) into a proposal.
FORM is JSON, or an answer pasted from a chat with the JSON in fenced blocks; the parts of the form
may follow one another. ARTICLE is text, Markdown, HTML, or - for the standard input. Nothing is sent
anywhere.

Words that do not stand in the article, dates that are not EDTF, and entries that refer to them are
refused, each with its reason. Doubts are flagged, and nothing is changed in silence. These files are
written, always the same for the same input:

- NAME.proposal.jsonl  records for "casus load"
- NAME.review.json     each record with its sentences, flags and suggestions
- NAME.refused.jsonl   refused entries and fields
- run.json             model, versions, hashes and counts

With --store (or $CASUS_STORE) known actors and places are linked, an event that the graph certainly
has gains the claims, and a reprint names its original; without it all nodes are new.`,
		Example: `  casus extract convert answer.md article.txt --published 2031-03-09 --publisher "Lorman Herald"
  casus extract convert answer.json page.html --store sqlite:casus.db --out proposals
  casus load page.proposal.jsonl`,
		Args: cobra.ExactArgs(2),
	}
	r.open, r.storeFiles = p.StoreFlag(c)
	c.RunE = func(c *cobra.Command, args []string) error {
		r.form, r.from = args[0], args[1]
		if r.form == "-" && r.from == "-" {
			return p.Usage("only one of FORM and ARTICLE can be the standard input")
		}
		r.stdin = c.InOrStdin()
		if err := r.output.begin(p, c, nameOf(r.from)); err != nil {
			return err
		}
		return r.run(c.Context(), p)
	}
	r.article.add(p, c)
	c.Flags().StringVar(&r.model, "model", "", "the name of the model that filled in the form, for the claims' provenance")
	r.output.add(c)
	return c
}

func (r *convertRun) run(ctx context.Context, p Program) (err error) {
	a, err := r.article.read(p, r.from, r.stdin)
	if err != nil {
		return err
	}
	content, err := readFile("the form", r.form, r.stdin, form.MaxBytes)
	if err != nil {
		return err
	}
	converter := extract.Converter{Model: r.model}
	s, err := r.open(ctx, r.output.message)
	if err != nil {
		return err
	}
	defer closeStore(s, &err)
	if s != nil {
		converter.Linker = link.New(s)
	}
	made, err := converter.Convert(ctx, a, content)
	if err != nil {
		return err
	}
	return r.output.writeProposal(ctx, p, made, append(r.storeFiles(), r.form, r.from))
}
