package record

import (
	"fmt"
	"slices"
	"strconv"
)

// AppendValue appends an encoding of a value that no other value has. Fields are sorted by name.
func AppendValue(to []byte, v any) []byte {
	switch v := v.(type) {
	case string:
		to = append(strconv.AppendInt(append(to, 's'), int64(len(v)), 10), ':')
		return append(to, v...)
	case map[string]any:
		to = append(to, '{')
		var room [16]string
		names := room[:0]
		for name := range v {
			names = append(names, name)
		}
		slices.Sort(names)
		for _, name := range names {
			to = AppendValue(AppendValue(to, name), v[name])
		}
		return append(to, '}')
	case []any:
		to = append(to, '[')
		for _, element := range v {
			to = AppendValue(to, element)
		}
		return append(to, ']')
	}
	return fmt.Appendf(to, "%T %v;", v, v)
}
