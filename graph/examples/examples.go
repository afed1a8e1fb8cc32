// Package examples holds the queries worth copying: those of the README and of the playground's sidebar. They are written
// for the bundled example, and each is a start for one's own graph.
package examples

import (
	"embed"
	"io/fs"
	"strings"
)

//go:embed queries
var files embed.FS

// Example is one query.
type Example struct {
	// Name is its slug, of lower-case words and hyphens.
	Name string
	// Title is a question, Description says what the query does with it; a line each.
	Title, Description string
	// Query is the whole document, the comment with title and description included.
	Query string
	// Variables is a JSON object; empty where the query takes none.
	Variables string
}

// All lists the examples in the order in which they are shown. Each is a file NN-NAME.graphql, which begins with two lines
// of comment, its title and its description, beside NN-NAME.json, its variables, where it takes any.
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

// read is an embedded file's text; "" where there is none.
func read(name string) string {
	b, err := files.ReadFile(name)
	if err != nil {
		return ""
	}
	return string(b)
}
