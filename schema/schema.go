// Package schema holds what Casus promises in files that are not Go: the API's SDL, the extraction format's JSON Schema,
// and the stores' migrations.
package schema

import (
	"embed"
	"io/fs"
)

//go:embed extraction.schema.json
var extraction []byte

//go:embed *.graphqls
var sdl embed.FS

// Extraction is the JSON Schema (2020-12) of the extraction format, version 1.
func Extraction() []byte { return extraction }

// GraphQL is the API's SDL, one file for each topic.
func GraphQL() fs.FS { return sdl }
