// Package sample is the bundled example: the facts of one news report on the war in Ukraine of December 2025, as
// extraction records. README.md beside it says what it rests on and what is uncertain.
package sample

import (
	"embed"
	"io/fs"
)

//go:embed *.jsonl
var files embed.FS

// Files holds the example as JSON Lines in the extraction format, version 1, in the files that Names lists.
func Files() fs.FS { return files }

// Names lists the files of Files in reading order: what is referred to before what refers. Any other order loads the
// same graph.
func Names() []string {
	return []string{"actors.jsonl", "locations.jsonl", "documents.jsonl", "events.jsonl", "affiliations.jsonl"}
}
