// Package sample is the bundled example: the facts of one news report of December 2025 on the war in Ukraine, as
// records of the extraction format. Its README.md describes its sources and what is uncertain.
package sample

import (
	"embed"
	"io/fs"
)

//go:embed *.jsonl
var files embed.FS

// Files returns the example as JSON Lines in the extraction format, version 1, in the files that Names lists.
func Files() fs.FS { return files }

// Names returns the names of the files, each before the files that refer to it. Any other order loads the same graph.
func Names() []string {
	return []string{"actors.jsonl", "locations.jsonl", "documents.jsonl", "events.jsonl", "affiliations.jsonl"}
}
