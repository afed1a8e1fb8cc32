package sqlite

import (
	"encoding/json"
	"unsafe"

	"casus/internal/kg"
)

// encode is a record as JSON text, as the column record has it.
func encode(v any) (string, error) {
	if quick, ok := v.(interface{ AppendJSON(to []byte) []byte }); ok {
		return string(quick.AppendJSON(make([]byte, 0, 1<<10))), nil
	}
	b, err := json.Marshal(v)
	if err != nil {
		return "", kg.Errorf(kg.Internal, "encode %T: %w", v, err)
	}
	return unsafe.String(unsafe.SliceData(b), len(b)), nil // nobody else has b
}

// jsonOf is a list as JSON text, which json_each takes apart; nothing is an empty one.
func jsonOf[T any](list []T) string {
	b, err := json.Marshal(list)
	if err != nil || list == nil { // numbers and text always marshal
		return "[]"
	}
	return string(b)
}

// idList is ids as one JSON array, which json_each takes apart: a single parameter however many there are.
func idList[T ~string](ids []T) string {
	return jsonOf(ids)
}
