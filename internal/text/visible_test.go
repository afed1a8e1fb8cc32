package text

import "testing"

func TestVisible(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"Nora Venn", "Nora Venn"},
		{"\u202eNora\u202c  Venn\u200b", "Nora Venn"},
		{"\x1b[31mNora\r\nVenn\x07", "[31mNora Venn"},
		{"Nora\U000e0049\U000e0001 Venn\ufeff", "Nora Venn"},
		{"می\u200cخواهم", "می\u200cخواهم"},
		{"\u0600\u06612", "\u0600\u06612"}, // the number sign of Arabic is seen
		{"ge\u00adflohen\u2067", "geflohen"},
		{"\u2060\u200b", ""},
	} {
		if got := Visible(c.in); got != c.want {
			t.Errorf("Visible(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}
