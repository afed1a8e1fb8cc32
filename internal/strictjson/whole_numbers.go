package strictjson

import (
	"bytes"
	"encoding/json"
	"math"
	"strconv"
	"strings"
)

// WholeNumbers replaces each json.Number in a decoded value that has a point or an exponent and is whole, such as 2.0,
// by the same number without them. Other programs write whole numbers so. Lists and objects are changed in place.
func WholeNumbers(v any) any {
	switch v := v.(type) {
	case json.Number:
		if whole, ok := wholeNumber(string(v)); ok {
			return json.Number(strconv.FormatInt(whole, 10))
		}
	case []any:
		for i := range v {
			v[i] = WholeNumbers(v[i])
		}
	case map[string]any:
		for name := range v {
			v[name] = WholeNumbers(v[name])
		}
	}
	return v
}

// maxWhole bounds the whole numbers that are rewritten: larger floating-point numbers do not hold every whole number.
const maxWhole = 1 << 53

// RewriteWholeNumbers returns JSON in which every whole number is written without a fraction and an exponent: 3.0 and
// 3e0 become 3, which JSON Schema treats as the same, but decoders of Go do not. It returns text itself if nothing
// changes; text must be valid JSON.
func RewriteWholeNumbers(text []byte) []byte {
	var out []byte
	copied := 0
	for i := 0; i < len(text); {
		switch c := text[i]; {
		case c == '"':
			i = EndOfString(text, i)
		case c == '-' || c >= '0' && c <= '9':
			end := i + 1
			for end < len(text) && isNumberByte(text[end]) {
				end++
			}
			if whole, ok := wholeNumber(string(text[i:end])); ok {
				out = strconv.AppendInt(append(out, text[copied:i]...), whole, 10)
				copied = end
			}
			i = end
		default:
			i++
		}
	}
	if copied == 0 {
		return text
	}
	return append(out, text[copied:]...)
}

// EndOfString returns the offset after the JSON string that begins at an offset.
func EndOfString(text []byte, at int) int {
	for i := at + 1; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(text)
}

func isNumberByte(c byte) bool {
	return c >= '0' && c <= '9' || bytes.IndexByte([]byte(".eE+-"), c) >= 0
}

// wholeNumber returns the value of a whole number that is not written as one.
func wholeNumber(text string) (int64, bool) {
	if !strings.ContainsAny(text, ".eE") {
		return 0, false
	}
	v, err := strconv.ParseFloat(text, 64)
	if err != nil || v != math.Trunc(v) || math.Abs(v) > maxWhole {
		return 0, false
	}
	return int64(v), true
}
