package source

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"

	"casus/internal/extract/article"
	"casus/internal/extract/pdf"
	"casus/internal/kg"
)

// read reads an article from a file, or from the standard input, which has the name "-".
func (o Options) read(
	ctx context.Context, path string, format article.Format, open func() (*os.File, error),
) (a article.Article, err error) {
	in := o.Stdin
	if path != "-" {
		file, err := open()
		if err != nil {
			return a, cannotRead(err)
		}
		defer func() { _ = file.Close() }() // it was only read
		in = file
	}
	buffered := bufio.NewReader(in)
	if format == "" {
		start, err := buffered.Peek(1024)
		if err != nil && !errors.Is(err, io.EOF) {
			return a, readError(err)
		}
		format = article.Detect(path, start)
	}
	switch format {
	case article.WACZ:
		return a, kg.Errorf(kg.BadInput, "a WACZ archive must be a file, not the standard input")
	case article.PDF:
		content, err := readAll(buffered, pdf.MaxBytes)
		if err != nil {
			return a, err
		}
		d, err := pdf.Read(ctx, content)
		if err != nil {
			return a, kg.Errorf(kg.CodeOf(err), "%s: %w", path, err)
		}
		return article.New(path, d.Text, d.Facts, *o.given)
	}
	content, err := readAll(buffered, article.MaxBytes)
	if err != nil {
		return a, err
	}
	return article.Read(path, content, format, *o.given)
}

// readAll returns what is to be read. More than limit bytes are an error.
func readAll(in io.Reader, limit int64) ([]byte, error) {
	content, err := io.ReadAll(io.LimitReader(in, limit+1))
	switch {
	case err != nil:
		return nil, readError(err)
	case int64(len(content)) > limit:
		return nil, kg.Errorf(kg.BadInput, "the article has more than %d bytes", limit)
	}
	return content, nil
}

func readError(err error) error {
	if kg.CodeOf(err) == kg.Timeout {
		return err
	}
	return kg.Errorf(kg.BadInput, "cannot read the article: %w", err)
}
