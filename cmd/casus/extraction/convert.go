package extraction

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"

	"github.com/spf13/cobra"

	"casus/internal/extract"
	"casus/internal/extract/form"
	"casus/internal/extract/link"
	"casus/internal/extract/source"
	"casus/internal/store"
)

// convertRun is one run of `casus extract convert`.
type convertRun struct {
	article    articleFlags
	output     output
	model      string
	at         moment
	form, from string
	open       func(context.Context, io.Writer) (store.Store, error)
	storeFiles func() []string

	forms     bool // whether form is a folder
	converter extract.Converter
}

func convertCommand(p Program) *cobra.Command {
	var r convertRun
	c := &cobra.Command{
		Use:   "convert FORM ARTICLE",
		Short: "Convert a filled-in form into records that can be loaded, and a review file",
		Long: `Convert a form that a model or a person filled in ("casus extract form" prints it) into a proposal.
FORM is JSON, or an answer pasted from a chat with the JSON in fenced blocks; the parts of the form
may follow one another. ARTICLE is text, Markdown, HTML, PDF, a page of a WACZ archive, or - for the
standard input. Nothing is sent anywhere.

ARTICLE may be a folder, or an archive with several pages; FORM is then the folder of their forms,
NAME.form.json or NAME.form.md, which may be the same folder.

Words that do not stand in the article, dates that are not EDTF, and entries that refer to them are
refused, each with its reason. Doubts are flagged, and nothing is changed in silence. These files are
written, always the same for the same input:

- NAME.proposal.jsonl  records for "casus extract review" and "casus load"
- NAME.review.json     each record with its sentences, flags and suggestions
- NAME.refused.jsonl   refused entries and fields
- run.json             model, versions, hashes and counts

With --store (or $CASUS_STORE) known actors and places are linked, an event that the graph certainly
has gains the claims, and a reprint names its original; without it all nodes are new.`,
		Example: `  casus extract convert answer.md article.txt --published 2031-03-09 --publisher "Lorman Herald"
  casus extract convert answer.json page.html --store sqlite:casus.db --out proposals
  casus extract convert articles articles --published 2031-03-09 --out proposals
  casus extract review page.review.json --store sqlite:casus.db --by "Ada, desk"`,
		Args: cobra.ExactArgs(2),
	}
	r.open, r.storeFiles = p.StoreFlag(c, false)
	c.RunE = func(c *cobra.Command, args []string) error {
		r.form, r.from = args[0], args[1]
		if r.form == "-" && r.from == "-" {
			return p.Usage("only one of FORM and ARTICLE can be the standard input")
		}
		return r.run(c, p)
	}
	r.article.add(p, c)
	c.Flags().StringVar(&r.model, "model", "", "the name of the model that filled in the form, for the claims' provenance")
	r.at.add(c)
	r.output.add(c)
	return c
}

func (r *convertRun) run(c *cobra.Command, p Program) (err error) {
	ctx := c.Context()
	l, err := r.article.list(ctx, p, []string{r.from}, c.InOrStdin())
	if err != nil {
		return err
	}
	info, err := os.Stat(r.form)
	r.forms = r.form != "-" && err == nil && info.IsDir()
	switch {
	case len(l.Items) != 1 && !r.forms:
		return p.Usage("%s has %s: name the folder of their forms, or choose one article", r.from,
			plural(len(l.Items), "article"))
	case len(l.Items) > 1 && r.output.name != "":
		return p.Usage("--name is for one article alone")
	}
	r.converter.Model = r.model
	if r.converter.At, err = r.at.parse(p); err != nil {
		return err
	}
	s, err := r.open(ctx, c.ErrOrStderr())
	if err != nil {
		return err
	}
	defer closeStore(s, &err)
	if s != nil {
		r.converter.Linker, r.output.store = link.New(s), s
	}
	b := newBatch(c, l)
	b.many = b.many && r.forms
	for _, item := range l.Items {
		err := r.convert(c, p, b, item)
		if err == nil {
			continue
		}
		if err = b.fail(item.Path, err); err != nil || ctx.Err() != nil {
			return errors.Join(err, ctx.Err())
		}
	}
	return b.finish()
}

// convert converts the form of one article.
func (r *convertRun) convert(c *cobra.Command, p Program, b *batch, item source.Item) error {
	ctx := c.Context()
	o, err := b.begin(p, c, r.output, item)
	if err != nil {
		return err
	}
	a, err := item.Read(ctx)
	if err != nil {
		return err
	}
	file := r.form
	var content []byte
	if r.forms {
		content, file, err = item.Form(r.form)
	} else {
		content, err = readFile("the form", r.form, c.InOrStdin(), form.MaxBytes)
	}
	if err != nil {
		return err
	}
	sum := sha256.Sum256(content)
	if b.keep(o, a.SHA256, r.model, hex.EncodeToString(sum[:])) {
		return nil
	}
	made, err := r.converter.Convert(ctx, a, content)
	if err != nil {
		return err
	}
	if err := o.writeProposal(ctx, p, made, append(r.storeFiles(), file, item.File)); err != nil {
		return err
	}
	b.finished(0)
	return o.hintAtEarlierRuns(ctx, made, r.converter.Extraction())
}
