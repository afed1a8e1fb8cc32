// Package encoded reads back what stores keep as JSON text.
package codec

import (
	"unsafe"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"casus/internal/kg"
)

// Decode reads a record, which an error, always INTERNAL, tells by its type.
func Decode[T any](text string) (T, error) {
	var v T
	bytes := unsafe.Slice(unsafe.StringData(text), len(text)) // which are only read, and copied where anything of them is kept
	if err := json.Unmarshal(bytes, &v, jsontext.AllowInvalidUTF8(true)); err != nil {
		return v, kg.Errorf(kg.Internal, "decode %T: %w", v, err)
	}
	return v, nil
}
