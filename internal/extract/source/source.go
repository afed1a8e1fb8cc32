// Package source finds the articles that a command line names: files, the files of folders, the pages of web archives,
// and the standard input.
package source

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"casus/internal/extract/article"
	"casus/internal/extract/wacz"
	"casus/internal/kg"
)

// MaxArticles is the number of articles of one list.
const MaxArticles = 2000

// Options say how articles are read.
type Options struct {
	// Format is the format of all files; if "", their names and contents decide.
	Format article.Format
	// Page chooses a page of web archives, by its number or its address. "" chooses all.
	Page string
	// Given are facts about the articles. They take precedence over the ones in the file of a single article, and hold
	// for several articles, or a folder, where a file states none.
	Given article.Metadata
	Stdin io.Reader

	given *article.Metadata // Given, as it holds once all articles are listed
}

// Item is an article that can be read.
type Item struct {
	// Path is how messages name it, and File its file, which is "-" for the standard input.
	Path, File string
	// Folder is the folder that its file is in, below the folder that was named; "" for a file that was named itself.
	// Name is the beginning of the names of its files.
	Folder, Name string
	// Read reads the article.
	Read func(context.Context) (article.Article, error)
}

// Skip is a file of a folder that is not an article.
type Skip struct{ Path, Reason string }

// List has the articles of a command line in their order.
type List struct {
	Items   []Item
	Skipped []Skip
	// Folders and Archives count the folders and web archives that were listed.
	Folders, Archives int
}

// List lists the articles of the given paths. What cannot be read is an item whose Read returns the error. Errors:
// LIMIT_EXCEEDED for more than MaxArticles, TIMEOUT.
func (o Options) List(ctx context.Context, paths []string) (l List, err error) {
	given := o.Given
	o.given = &given
	defer func() { given.Fallback = len(l.Items) > 1 || l.Folders > 0 }()
	for _, path := range paths {
		if info, err := os.Stat(path); path != "-" && err == nil && info.IsDir() {
			l.Folders++
			if err := o.addFolder(ctx, &l, path); err != nil {
				return l, err
			}
			continue
		}
		open := func() (*os.File, error) { return os.Open(path) }
		if err := o.addFile(ctx, &l, Item{Path: path, File: path, Name: nameOf(path)}, open); err != nil {
			return l, err
		}
	}
	return l, nil
}

// addFile adds the article of a file, or the pages of a web archive.
func (o Options) addFile(ctx context.Context, l *List, item Item, open func() (*os.File, error)) error {
	format := o.Format
	if format == "" && item.File != "-" {
		format = article.ByName(item.File)
	}
	if format != article.WACZ || item.File == "-" {
		item.Read = func(ctx context.Context) (article.Article, error) { return o.read(ctx, item.Path, format, open) }
		return l.add(item)
	}
	l.Archives++
	pages, err := o.pages(ctx, item.Path, open)
	if kg.CodeOf(err) == kg.Timeout {
		return err
	} else if err != nil {
		item.Read = func(context.Context) (article.Article, error) { return article.Article{}, err }
		return l.add(item)
	}
	for _, p := range pages {
		page := item
		page.Path = fmt.Sprintf("%s page %d", item.Path, p.Number)
		page.Name = fmt.Sprintf("%s.%d", item.Name, p.Number)
		page.Read = func(context.Context) (article.Article, error) { return p.Article(page.Path, *o.given) }
		if err := l.add(page); err != nil {
			return err
		}
	}
	return nil
}

func (o Options) pages(ctx context.Context, path string, open func() (*os.File, error)) ([]*wacz.Page, error) {
	f, err := open()
	if err != nil {
		return nil, cannotRead(err)
	}
	defer func() { _ = f.Close() }() // it was only read
	info, err := f.Stat()
	if err != nil {
		return nil, cannotRead(err)
	}
	return wacz.Read(ctx, path, f, info.Size(), o.Page)
}

func (l *List) add(item Item) error {
	if len(l.Items) == MaxArticles {
		return kg.Errorf(kg.LimitExceeded, "more than %d articles: extract them in several runs", MaxArticles)
	}
	l.Items = append(l.Items, item)
	return nil
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

func cannotRead(err error) error { return kg.Errorf(kg.NotFound, "cannot read the article: %w", err) }
