// Package codec encodes records as the JSON text that stores hold, and decodes it. All engines, digests and dry runs
// use it, so that one record has one text everywhere.
package codec

import (
	"encoding/json"
	"fmt"

	jsonv2 "github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"casus/internal/kg"
)

// Encode returns a record's text: the JSON of encoding/json. Its error is INTERNAL and names the record.
func Encode(record any) (string, error) {
	text, err := Append(nil, record)
	return string(text), err
}

// Append appends a record's text to a buffer; see Encode.
func Append(to []byte, record any) ([]byte, error) {
	text, err := json.Marshal(record)
	if err != nil {
		return to, kg.Errorf(kg.Internal, "encode %s: %w", subject(record), err)
	}
	return append(to, text...), nil
}

// Decode decodes a record's text. Its error is INTERNAL and names the record, by its type if the id cannot be read.
func Decode[T any](text string) (T, error) {
	var v T
	if err := jsonv2.Unmarshal([]byte(text), &v, jsontext.AllowInvalidUTF8(true)); err != nil {
		return v, kg.Errorf(kg.Internal, "decode %s: %w", subject(v), err)
	}
	return v, nil
}

// subject returns what an error calls a record: its id, or its type if it has none.
func subject(record any) string {
	if r, ok := record.(kg.Identified); ok && r.NodeID() != "" {
		return string(r.NodeID())
	}
	return fmt.Sprintf("a %T", record)
}
