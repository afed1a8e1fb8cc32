// Package times parses the times of test cases.
package times

import (
	"testing"

	"casus/internal/edtf"
)

// Parse returns the time of a text in EDTF; the zero Time if the text is empty. Any other text fails the test.
func Parse(tb testing.TB, text string) edtf.Time {
	tb.Helper()
	if text == "" {
		return edtf.Time{}
	}
	parsed, err := edtf.ParseTime(text)
	if err != nil {
		tb.Fatal(err)
	}
	return parsed
}
