// Package schema embeds the contracts that are not written in Go: the API's SDL, the JSON Schemas of the extraction
// format and of mapping files, and the stores' migrations.
package schema

import (
	"embed"
	"io/fs"
)

//go:embed extraction.schema.json
var extraction []byte

//go:embed *.graphqls
var sdl embed.FS

// Extraction returns the JSON Schema (2020-12) of the extraction format, version 1.
func Extraction() []byte { return extraction }

// GraphQL returns the API's SDL, one file for each topic.
func GraphQL() fs.FS { return sdl }
