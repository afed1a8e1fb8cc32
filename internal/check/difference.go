package check

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"casus/internal/edtf"
	"casus/internal/store/codec"
)

// differences lists the fields in which a stored value differs from the expected one, with both values; "" if they are
// equal. It compares their JSON, and treats an empty list as absent.
func differences(stored, expected any) string {
	var all []string
	collectDifferences("", jsonValue(stored), jsonValue(expected), &all)
	return strings.Join(all, "; ")
}

// jsonValue returns a value's JSON as maps, lists, strings and json.Number.
func jsonValue(v any) any {
	text, err := codec.Encode(v)
	if err != nil {
		return "unmarshalable: " + err.Error()
	}
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber() // instants need all 64 bits
	var p any
	if err := d.Decode(&p); err != nil {
		return "unmarshalable: " + err.Error()
	}
	return p
}

// collectDifferences appends the differences at and below a path to found.
func collectDifferences(path string, stored, expected any, found *[]string) {
	s, isMap := stored.(map[string]any)
	e, both := expected.(map[string]any)
	if isMap && both {
		keys := maps.Clone(s)
		maps.Copy(keys, e)
		for _, k := range slices.Sorted(maps.Keys(keys)) {
			collectDifferences(strings.TrimPrefix(path+"."+k, "."), s[k], e[k], found)
		}
		return
	}
	if isEmpty(stored) && isEmpty(expected) || reflect.DeepEqual(stored, expected) {
		return
	}
	*found = append(*found, fmt.Sprintf("%s is %s, should be %s", path, format(path, stored), format(path, expected)))
}

func isEmpty(v any) bool {
	list, isList := v.([]any)
	return v == nil || isList && len(list) == 0
}

// format returns a value as short text. Instants of knowledge are written as such.
func format(path string, v any) string {
	if n, ok := v.(json.Number); ok && (strings.HasSuffix(path, "knownFrom") || strings.HasSuffix(path, "knownTo")) {
		if i, err := n.Int64(); err == nil {
			return edtf.Instant(i).String()
		}
	}
	if isEmpty(v) {
		return "absent"
	}
	b, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprint(v)
	}
	const maxRunes = 160
	if s := []rune(string(b)); len(s) > maxRunes {
		return string(s[:maxRunes]) + "..."
	}
	return string(b)
}
