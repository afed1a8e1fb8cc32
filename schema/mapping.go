package schema

import _ "embed"

//go:embed mapping.schema.json
var mapping []byte

// Mapping returns the JSON Schema (2020-12) of mapping files, version 1.
func Mapping() []byte { return mapping }
