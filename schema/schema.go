// Package schema embeds the contracts that are not written in Go: the API's SDL, the JSON Schemas of the extraction
// format and of mapping files, and the stores' migrations.
package schema

import _ "embed"

//go:embed extraction.schema.json
var extraction []byte

// Extraction returns the JSON Schema (2020-12) of the extraction format, version 1.
func Extraction() []byte { return extraction }
