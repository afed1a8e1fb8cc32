package extraction

import (
	"crypto/rand"
	"io"

	"github.com/spf13/cobra"

	"casus/internal/extract"
	"casus/internal/extract/form"
	"casus/internal/extract/link"
)

func formCommand(p Program) *cobra.Command {
	var f articleFlags
	var part string
	schema := false
	c := &cobra.Command{
		Use:   "form [ARTICLE]",
		Short: "Print the instructions, the form and, if given, the article with numbered sentences",
		Long: `Print what a language model needs to fill in the form: instructions, the form as a JSON Schema, an
example with made-up names, and the article, its sentences numbered, between two random marks. Paste
it into any chat, save the answer, and convert it with "casus extract convert". A long article is
easier in three questions: --part parties, then events, then claims; put the three answers into one
file, one after another.

With --store the known actors whose names stand in the article are named, so that the answer spells
them as the graph does.`,
		Example: `  casus extract form article.txt --published 2031-03-09
  casus extract form page.html --part parties
  casus extract form --schema > form.schema.json`,
		Args: cobra.MaximumNArgs(1),
	}
	open, _ := p.StoreFlag(c)
	c.RunE = func(c *cobra.Command, args []string) (err error) {
		parts, err := chosenParts(p, part)
		if err != nil {
			return err
		}
		out := c.OutOrStdout()
		if schema {
			_, err := out.Write(form.Schema(parts...))
			return err
		}
		text := form.Instructions(parts...)
		if len(args) > 0 {
			a, err := f.readOne(c.Context(), p, args[0], c.InOrStdin())
			if err != nil {
				return err
			}
			s, err := open(c.Context(), c.ErrOrStderr())
			if err != nil {
				return err
			}
			defer closeStore(s, &err)
			converter := extract.Converter{}
			if s != nil {
				converter.Linker = link.New(s)
			}
			if text, err = converter.Question(c.Context(), a, rand.Text(), parts...); err != nil {
				return err
			}
		}
		_, err = io.WriteString(out, text)
		return err
	}
	f.add(p, c)
	c.Flags().StringVar(&part, "part", "", "one part of the form: parties, events or claims (default: all)")
	c.Flags().BoolVar(&schema, "schema", false, "print the JSON Schema of the form alone")
	p.Values(c, "part", string(form.PartParties), string(form.PartEvents), string(form.PartClaims))
	return c
}

func chosenParts(p Program, part string) ([]form.Part, error) {
	if part == "" {
		return nil, nil
	}
	for _, known := range form.Parts() {
		if part == string(known) {
			return []form.Part{known}, nil
		}
	}
	return nil, p.Usage("--part %s: must be parties, events or claims", part)
}
