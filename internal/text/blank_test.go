package text_test

import (
	"testing"

	"casus/internal/text"
)

func TestIsBlank(t *testing.T) {
	for _, s := range []string{"", " ", "\t\n", "\u00a0", "\u3000", "\u200b", "\ufeff \u200d", "\x00", "\u2060"} {
		if !text.IsBlank(s) {
			t.Errorf("%q is not blank", s)
		}
	}
	for _, s := range []string{"a", " .", "?", "\u200fא", "0", "\ufffd"} {
		if text.IsBlank(s) {
			t.Errorf("%q is blank", s)
		}
	}
}
