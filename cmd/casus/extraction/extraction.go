// Package extraction has the commands that turn articles into records: they ask a model to fill in a form, or print the
// form for one, and convert the filled-in form into a proposal.
package extraction

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"casus/internal/extract/article"
	"casus/internal/kg"
	"casus/internal/store"
)

// Program has what the commands need from the program that they are a part of.
type Program struct {
	// StoreFlag adds --store to a command, and returns a function that opens the chosen store, which must exist, or
	// returns nil if none is chosen, and the files of that store, which are never written.
	StoreFlag func(c *cobra.Command) (open func(context.Context, io.Writer) (store.Store, error), files func() []string)
	// Version is sent to endpoints, with the program's name.
	Version string
	// Usage returns the error of an invalid command line, Hint adds advice to an error, and OutputError adds advice to the
	// refusal of an output file.
	Usage       func(format string, args ...any) error
	Hint        func(err error, hint string) error
	OutputError func(error) error
	// Values makes a shell offer fixed values for a flag.
	Values func(c *cobra.Command, flag string, values ...string)
}

// articleFlags are the flags of an article's file and of facts that it does not state.
type articleFlags struct {
	as    string
	given article.Metadata
}

func (f *articleFlags) add(p Program, c *cobra.Command) {
	flags := c.Flags()
	flags.StringVar(&f.as, "as", "", "the article's format: text, markdown or html (default: by its name and content)")
	flags.StringVar(&f.given.Title, "title", "", "the article's title (default: the page's, else its first line)")
	flags.StringVar(&f.given.Publisher, "publisher", "",
		"the name of its publisher, or the id of a known actor (default: the page's)")
	flags.StringVar(&f.given.Published, "published", "",
		"the date of publication (EDTF, such as 2031-03-09), from which its claims are known (default: the page's)")
	flags.StringVar(&f.given.Address, "address", "", "its address, with http or https (default: the page's)")
	flags.StringVar(&f.given.Language, "language", "", "its language, a BCP 47 tag such as ar or uk (default: the page's)")
	var formats []string
	for _, format := range article.Formats() {
		formats = append(formats, string(format))
	}
	p.Values(c, "as", formats...)
}

// read reads an article. The name - is the standard input.
func (f *articleFlags) read(p Program, name string, stdin io.Reader) (article.Article, error) {
	if f.as != "" && !isFormat(f.as) {
		return article.Article{}, p.Usage("--as %s: must be text, markdown or html", f.as)
	}
	if a := f.given.Address; a != "" && !strings.HasPrefix(a, "http://") && !strings.HasPrefix(a, "https://") {
		return article.Article{}, p.Usage("--address %s: must begin with http:// or https://", a)
	}
	content, err := readFile("the article", name, stdin, article.MaxBytes)
	if err != nil {
		return article.Article{}, err
	}
	return article.Read(name, content, article.Format(f.as), f.given)
}

func isFormat(s string) bool {
	for _, format := range article.Formats() {
		if s == string(format) {
			return true
		}
	}
	return false
}

// readFile returns the content of a file, or of the standard input if the name is -. One of more than limit bytes is an
// error.
func readFile(what, name string, stdin io.Reader, limit int64) (content []byte, err error) {
	in := stdin
	if name != "-" {
		file, err := os.Open(name)
		if err != nil {
			return nil, kg.Errorf(kg.NotFound, "cannot read %s: %w", what, err)
		}
		defer func() { _ = file.Close() }() // it was only read
		in = file
	}
	content, err = io.ReadAll(io.LimitReader(in, limit+1))
	switch {
	case err != nil && kg.CodeOf(err) == kg.Timeout:
		return nil, err
	case err != nil:
		return nil, kg.Errorf(kg.BadInput, "cannot read %s: %w", what, err)
	case int64(len(content)) > limit:
		return nil, kg.Errorf(kg.BadInput, "%s has more than %d bytes", what, limit)
	}
	return content, nil
}

// nameOf returns the name of an article's file without folder and extension.
func nameOf(path string) string {
	if path == "-" {
		return "article"
	}
	base := filepath.Base(path)
	if name := strings.TrimSuffix(base, filepath.Ext(base)); name != "" {
		return name
	}
	return base
}

// closeStore closes a store, which may be nil, and keeps the first error in err.
func closeStore(s store.Store, err *error) {
	if s != nil {
		*err = errors.Join(*err, s.Close())
	}
}
