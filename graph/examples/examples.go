// Package examples holds the example queries of the README and of the playground's sidebar. They run on the bundled
// sample and are meant to be copied.
package examples

import (
	"embed"
	"io/fs"
	"strings"
)

//go:embed queries
var files embed.FS

// Example is an example query.
type Example struct {
	// Name is a slug of lower-case words and hyphens.
	Name string
	// Title is a question and Description explains the query, in one line each.
	Title, Description string
	// Query is the whole document, including the comment with title and description.
	Query string
	// Variables is a JSON object, or empty if the query takes none.
	Variables string
}

// All returns the examples in the order in which they are shown. Each is a file NN-NAME.graphql, which begins with two
// lines of comment, its title and its description, and an optional file NN-NAME.json with its variables.
func All() []Example {
	names, err := fs.Glob(files, "queries/*.graphql")
	if err != nil { // the pattern is fixed
		return nil
	}
	all := make([]Example, 0, len(names))
	for _, name := range names {
		query := read(name)
		title, rest, _ := strings.Cut(query, "\n")
		description, _, _ := strings.Cut(rest, "\n")
		slug := strings.TrimSuffix(strings.TrimPrefix(name, "queries/"), ".graphql")
		_, slug, _ = strings.Cut(slug, "-")
		all = append(all, Example{
			Name: slug, Title: strings.TrimPrefix(title, "# "), Description: strings.TrimPrefix(description, "# "),
			Query: query, Variables: strings.TrimSpace(read(strings.TrimSuffix(name, ".graphql") + ".json")),
		})
	}
	return all
}

// read returns the text of an embedded file, or "" if it does not exist.
func read(name string) string {
	b, err := files.ReadFile(name)
	if err != nil {
		return ""
	}
	return string(b)
}
