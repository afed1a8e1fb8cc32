package sqlite

import (
	"encoding/json"
	"unsafe"

	"casus/internal/kg"
)

// encode returns v as the JSON text of a column record.
func encode(v any) (string, error) {
	if quick, ok := v.(interface{ AppendJSON(to []byte) []byte }); ok {
		return string(quick.AppendJSON(make([]byte, 0, 1<<10))), nil
	}
	b, err := json.Marshal(v)
	if err != nil {
		return "", kg.Errorf(kg.Internal, "encode %T: %w", v, err)
	}
	return unsafe.String(unsafe.SliceData(b), len(b)), nil // b is not used anywhere else
}

// jsonOf returns a list as JSON text for json_each. A nil list is an empty array.
func jsonOf[T any](list []T) string {
	b, err := json.Marshal(list)
	if err != nil || list == nil { // numbers and text cannot fail
		return "[]"
	}
	return string(b)
}

// idList returns ids as one JSON array for json_each, so that a query needs one parameter for any number of ids.
func idList[T ~string](ids []T) string {
	return jsonOf(ids)
}
