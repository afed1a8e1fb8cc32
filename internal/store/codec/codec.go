// Package codec decodes the records that stores hold as JSON text.
package codec

import (
	"unsafe"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"casus/internal/kg"
)

// Decode decodes a record. Its error is INTERNAL and names the record's type.
func Decode[T any](text string) (T, error) {
	var v T
	bytes := unsafe.Slice(unsafe.StringData(text), len(text)) // Unmarshal only reads them, and copies what it retains
	if err := json.Unmarshal(bytes, &v, jsontext.AllowInvalidUTF8(true)); err != nil {
		return v, kg.Errorf(kg.Internal, "decode %T: %w", v, err)
	}
	return v, nil
}
