package extraction

import (
	"context"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"casus/internal/extract/article"
	"casus/internal/extract/source"
)

// articleFlags are the flags of articles' files and of facts that they do not state.
type articleFlags struct {
	as, page string
	given    article.Metadata
}

func (f *articleFlags) add(p Program, c *cobra.Command) {
	flags := c.Flags()
	flags.StringVar(&f.as, "as", "",
		"the article's format: "+strings.Join(formats(), ", ")+" (default: by its name and content)")
	flags.StringVar(&f.page, "page", "", "a page of a WACZ archive, by its number or address (default: all)")
	flags.StringVar(&f.given.Title, "title", "", "the article's title (default: the page's, else its first line)")
	flags.StringVar(&f.given.Publisher, "publisher", "",
		"the name of the article's publisher, or the id of a known actor (default: the page's)")
	flags.StringVar(&f.given.Published, "published", "",
		"the article's date of publication (EDTF, such as 2031-03-09), from which its claims are known "+
			"(default: the page's)")
	flags.StringVar(&f.given.Address, "address", "", "the article's address, with http or https (default: the page's)")
	flags.StringVar(&f.given.Language, "language", "",
		"the article's language, a BCP 47 tag such as ar or uk (default: the page's)")
	p.Values(c, "as", formats()...)
}

func formats() (all []string) {
	for _, format := range article.Formats() {
		all = append(all, string(format))
	}
	return all
}

// list lists the articles at paths: files, folders, web archives. The name - is the standard input.
func (f *articleFlags) list(ctx context.Context, p Program, paths []string, stdin io.Reader) (source.List, error) {
	none := source.List{}
	if f.as != "" && !slices.Contains(formats(), f.as) {
		return none, p.Usage("--as %s: must be one of %s", f.as, strings.Join(formats(), ", "))
	}
	if a := f.given.Address; a != "" && !strings.HasPrefix(a, "http://") && !strings.HasPrefix(a, "https://") {
		return none, p.Usage("--address %s: must begin with http:// or https://", a)
	}
	o := source.Options{Format: article.Format(f.as), Page: f.page, Given: f.given, Stdin: stdin}
	l, err := o.List(ctx, paths)
	switch {
	case err != nil:
		return none, err
	case f.as != "" && l.Folders > 0:
		return none, p.Usage("--as is for files; the names of the files in a folder state their formats")
	case f.page != "" && l.Archives == 0:
		return none, p.Usage("--page is for WACZ archives, and none is named")
	case len(l.Items) > 1 && (f.given.Title != "" || f.given.Address != ""):
		return none, p.Usage("--title and --address are for one article alone, and there are %d", len(l.Items))
	}
	return l, nil
}

// readOne reads the only article at a path.
func (f *articleFlags) readOne(ctx context.Context, p Program, path string, stdin io.Reader) (article.Article, error) {
	l, err := f.list(ctx, p, []string{path}, stdin)
	switch {
	case err != nil:
		return article.Article{}, err
	case len(l.Items) != 1 && l.Archives == 1 && l.Folders == 0:
		return article.Article{}, p.Usage("%s has %d pages: choose one with --page", path, len(l.Items))
	case len(l.Items) != 1:
		return article.Article{}, p.Usage("%s has %s: name one", path, plural(len(l.Items), "article"))
	}
	return l.Items[0].Read(ctx)
}
