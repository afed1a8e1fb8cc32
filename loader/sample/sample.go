// Package sample has the bundled examples as records of the extraction format. Article has the facts of one news report
// of December 2025 on the war in Ukraine, Fictional a story of two invented states. The README.md of each describes its
// sources and what follows from them.
package sample

import (
	"embed"
	"io/fs"
	"slices"
)

// Sample is a bundled example.
type Sample struct {
	// Name is the value of --sample that selects it.
	Name string
	// About describes it in a few words.
	About string

	files fs.FS
	names []string
}

//go:embed *.jsonl
var articleFiles embed.FS

//go:embed fictional/*.jsonl
var fictionalFiles embed.FS

var (
	article = Sample{
		Name: "article", About: "a news report on the war in Ukraine", files: articleFiles,
		names: []string{"actors.jsonl", "locations.jsonl", "documents.jsonl", "events.jsonl", "affiliations.jsonl"},
	}
	fictional = Sample{
		Name: "fictional", About: "two invented states, with every status and stance",
		files: folder(fictionalFiles, "fictional"),
		names: []string{
			"actors.jsonl", "locations.jsonl", "documents.jsonl", "releases.jsonl", "events.jsonl", "rows.jsonl",
			"affiliations.jsonl", "identities.jsonl",
		},
	}
)

// folder returns a folder of embedded files.
func folder(files embed.FS, name string) fs.FS {
	sub, err := fs.Sub(files, name)
	if err != nil { // only an invalid name fails
		panic(err)
	}
	return sub
}

// Article returns the facts of one news report, the default example.
func Article() Sample { return article }

// Fictional returns the story of two invented states.
func Fictional() Sample { return fictional }

// All returns the examples, the default one first.
func All() []Sample { return []Sample{article, fictional} }

// Files returns the records as JSON Lines in the extraction format, version 1, in the files that Names lists.
func (s Sample) Files() fs.FS { return s.files }

// Names returns the names of the files, each before the files that refer to it. Any other order loads the same graph.
func (s Sample) Names() []string { return slices.Clone(s.names) }

// Files returns the files of Article.
func Files() fs.FS { return article.Files() }

// Names returns the names of the files of Article.
func Names() []string { return article.Names() }
