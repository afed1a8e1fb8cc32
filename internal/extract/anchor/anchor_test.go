package anchor

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// sentencesOf returns the ranges of the lines of a text.
func sentencesOf(s string) (all []Range) {
	at := 0
	for line := range strings.SplitSeq(s, "\n") {
		n := utf8.RuneCountInString(line)
		all = append(all, Range{at, at + n})
		at += n + 1
	}
	return all
}

func TestFind(t *testing.T) {
	const (
		plain  = "One was hurt.\nTwo were hurt.\n\"It was loud\", she said.\nIt was late."
		curly  = "She said: “It wasn’t us – they did it”."
		vowels = "قال الوزير: «كُتِبَ الاتفاقُ أمس». وانتهـــى اليوم."
		emoji  = "👩‍👩‍👧 met 👍🏽 and the talks went on; the talks ended."
		spaces = "The ferry\u00a0 left\nat\u200bdawn, \u202bthe port\u202c said."
		accent = "Zoe\u0308 lives in Orle\u0301ans."
	)
	for _, c := range []struct {
		name, text, words string
		in                []int // sentences, from 0
		want              string
		manner            Manner
		elsewhere         bool
		places            int
	}{
		{"once", plain, "Two were", []int{1}, "Two were", Exact, false, 0},
		{"once, in another sentence", plain, "Two were", []int{0}, "Two were", Exact, true, 0},
		{"twice, once in the sentence", plain, "hurt", []int{1}, "hurt", InSentence, false, 0},
		{"twice, in no sentence", plain, "hurt", []int{2}, "", "", false, 2},
		{"twice in the sentences", plain, "hurt", []int{0, 1}, "", "", false, 2},
		{"over two sentences", plain, "hurt.\nTwo", []int{0, 1}, "hurt.\nTwo", Exact, false, 0},
		{"a paraphrase", plain, "Two people were hurt", []int{1}, "", "", false, 0},
		{"another case", plain, "two were hurt", []int{1}, "", "", false, 0},
		{"no letter", plain, "\"", []int{2}, "", "", false, 0},
		{"straight for curly quotes", curly, "\"It wasn't us - they did it\"", nil, "“It wasn’t us – they did it”", Folded,
			true, 0},
		{"without vowel marks", vowels, "كتب الاتفاق أمس", []int{0}, "كُتِبَ الاتفاقُ أمس", Folded, false, 0},
		{"with more vowel marks", vowels, "وانتهى اليَوم", []int{0}, "وانتهـــى اليوم", Folded, false, 0},
		{"another letter", vowels, "كتب الإتفاق", []int{0}, "", "", false, 0},
		{"after an emoji", emoji, "the talks went", []int{0}, "the talks went", Exact, false, 0},
		{"an emoji by itself", emoji, "👍🏽 and", []int{0}, "👍🏽 and", Exact, false, 0},
		{"white space and invisible characters", spaces, "The ferry left at", []int{0, 1}, "The ferry\u00a0 left\nat",
			Folded, false, 0},
		{"bidi controls", spaces, "dawn, the port said", []int{1}, "dawn, \u202bthe port\u202c said", Folded, false, 0},
		{"canonically equivalent", accent, "Zoë lives in Orléans", []int{0}, "Zoe\u0308 lives in Orle\u0301ans", Folded,
			false, 0},
		{"й is not и", "Той пішов.", "Тои пішов", []int{0}, "", "", false, 0},
		{"without the mark of the last letter", vowels, "الاتفاق", []int{0}, "الاتفاق", Exact, false, 0},
	} {
		var in []Range
		for _, i := range c.in {
			in = append(in, sentencesOf(c.text)[i])
		}
		got, err := New(c.text).Find(c.words, in)
		if (err == nil) != (c.want != "") {
			t.Errorf("%s: %+v, %v", c.name, got, err)
			continue
		}
		if err != nil {
			if err.Places != c.places {
				t.Errorf("%s: %d places, want %d", c.name, err.Places, c.places)
			}
			continue
		}
		if got.Words != c.want || got.Manner != c.manner || got.Elsewhere != c.elsewhere {
			t.Errorf("%s: %+v, want %q, %s, %v", c.name, got, c.want, c.manner, c.elsewhere)
		}
		if at := string([]rune(c.text)[got.Start:got.End]); at != got.Words {
			t.Errorf("%s: the text has %q at the place, not %q", c.name, at, got.Words)
		}
	}
}

func TestStands(t *testing.T) {
	const s = "A «chief» came.\nA chief left.\nThe “chief”  stayed."
	for _, c := range []struct {
		words string
		in    int
		want  string
	}{
		{"chief", 0, "chief"},
		{"\"chief\" stayed", 1, "“chief”  stayed"},
		{"A \"chief\"", 2, "A «chief»"},
		{"The chief", 2, ""},
		{"—", 0, ""},
	} {
		got, ok := New(s).Stands(c.words, []Range{sentencesOf(s)[c.in]})
		if got != c.want || ok != (c.want != "") {
			t.Errorf("%q: %q, %v; want %q", c.words, got, ok, c.want)
		}
	}
}

func TestErrorNamesTheNearestPassage(t *testing.T) {
	_, err := New("Nine ships left the northern port at noon.").Find("nine ships left a northern port", nil)
	if err == nil || err.Nearest != "Nine ships left the northern port" {
		t.Errorf("%+v", err)
	}
	if e := (*Error)(nil); !errors.As(error(err), &e) {
		t.Error("it is not an error")
	}
}

// FuzzFind checks that words of a text are found in it, and that a match stands at its place and is equal when both
// are folded.
func FuzzFind(f *testing.F) {
	f.Add("«كُتِبَ الاتفاقُ» أمس", "كتب الاتفاق", uint8(0), uint8(5))
	f.Add("It wasn’t – us", "It wasn't - us", uint8(3), uint8(9))
	f.Add("👩‍👩‍👧 met", "met", uint8(0), uint8(2))
	f.Add("e\u0301\u0301\u0301a\u0300", "\u0301", uint8(1), uint8(3))
	f.Add("각a\u1100\u1161", "\u1161", uint8(1), uint8(3))
	f.Fuzz(func(t *testing.T, s, words string, from, length uint8) {
		if !utf8.ValidString(s) || !utf8.ValidString(words) {
			return
		}
		runes := []rune(s)
		x := New(s)
		check := func(words string) (Match, *Error) {
			m, err := x.Find(words, []Range{{0, len(runes)}})
			if err != nil {
				return m, err
			}
			if m.Start < 0 || m.End > len(runes) || m.Start >= m.End || string(runes[m.Start:m.End]) != m.Words {
				t.Fatalf("%q in %q: %+v", words, s, m)
			}
			trimmed := func(s string) string { return strings.Trim(fold(s).text, " ") }
			if m.Manner == Folded && !strings.Contains(trimmed(m.Words), trimmed(words)) {
				t.Fatalf("%q in %q: found %q", words, s, m.Words)
			}
			return m, nil
		}
		_, _ = check(words)
		start := min(int(from), len(runes))
		own := string(runes[start:min(start+int(length), len(runes))])
		if m, err := check(own); err == nil && m.Words != own {
			t.Fatalf("%q of %q: found %q", own, s, m.Words)
		} else if err != nil && err.Places == 0 && hasLetter(own) {
			t.Fatalf("%q of %q: not found", own, s)
		}
		if f := fold(s); len(f.starts) != len(f.text) || len(f.ends) != len(f.text) || !slices.IsSorted(f.starts) {
			t.Fatalf("%q: the map is %v", s, f)
		}
	})
}
