package mapping

import (
	"testing"

	"casus/loader/values"
)

func TestNumbers(t *testing.T) {
	for text, want := range map[string]any{
		"7": int64(7), " 7.0 ": int64(7), "1,200": int64(1200), "12 345 678": int64(12345678),
		"1\u00a0234": int64(1234), "1\u202f234": int64(1234), "1\u2009234": int64(1234), "": nil, "n/a": nil,
		"1.200,5": "", "1,20": "", "ca. 5": "", "7.5": "",
	} {
		got, err := parseNumberIn(text, values.Format{})
		if _, invalid := want.(string); invalid != (err != nil) || !invalid && got != want {
			t.Errorf("%q: %v, %v, want %v", text, got, err, want)
		}
	}
}
