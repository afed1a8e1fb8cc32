package sentence

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestSplit(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"", nil},
		{" \n\t", nil},
		{"One", []string{"One"}},
		{"A title\nFirst. Second!  \r\n\r\nThird?", []string{"A title", "First.", "Second!", "Third?"}},
		{"Figures rose 3.5 percent. Then fell.", []string{"Figures rose 3.5 percent.", "Then fell."}},
		{"قال: \"نعم\". ثم غادر.", []string{"قال: \"نعم\".", "ثم غادر."}},
		{"Він сказав: «Так». Потім поїхав.", []string{"Він сказав: «Так».", "Потім поїхав."}},
		{"👩‍👩‍👧 came. She left.", []string{"👩‍👩‍👧 came.", "She left."}},
		{"هل جاء؟ نعم۔ ثم ذهب.", []string{"هل جاء؟", "نعم۔", "ثم ذهب."}},
	} {
		all := Split(c.text)
		if got := Texts(all); !slices.Equal(got, c.want) {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
		for _, s := range all {
			if got := string([]rune(c.text)[s.Start:s.End]); got != s.Text {
				t.Errorf("%q: the text has %q at a sentence's place, not %q", c.text, got, s.Text)
			}
		}
	}
}

// FuzzSplit checks that sentences stand in their text, in order, and that nothing but white space is between them.
func FuzzSplit(f *testing.F) {
	f.Add("A title\nFirst. Second!")
	f.Add("قال: \"نعم\". ثم غادر.")
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			return
		}
		runes, end := []rune(s), 0
		blank := func(r []rune) bool { return strings.TrimSpace(string(r)) == "" }
		for _, sentence := range Split(s) {
			if sentence.Start < end || string(runes[sentence.Start:sentence.End]) != sentence.Text {
				t.Fatalf("%q: %+v", s, sentence)
			}
			if !blank(runes[end:sentence.Start]) {
				t.Fatalf("%q lacks a sentence before %+v", s, sentence)
			}
			end = sentence.End
		}
		if !blank(runes[end:]) {
			t.Fatalf("%q lacks a sentence at its end", s)
		}
	})
}
