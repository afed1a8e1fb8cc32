package text

import (
	"testing"
	"unicode"
)

func TestFold(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"", ""},
		{" \t\r\n\u00a0\u2028 ", ""},
		{"  The\tSecond \u00a0 World\nWar ", "the second world war"},
		{"a\x00b", "a b"},

		{"Zelensky", "zelensky"},
		{"Зеленський", "зеленський"},
		{"ЗЕЛЕНСЬКИЙ", "зеленський"},
		{"Зеле\u0301нський", "зеленський"}, // stress mark
		{"Зеленськи\u0306й", "зеленськйй"}, // и with breve is й
		{"Пётр", "петр"},
		{"Ґонґадзе Їжак Воўк", "ґонґадзе їжак воўк"},
		{"Ќ Ѓ Ѝ", "ќ ѓ и"},
		{"и\u0301\u0306 й\u0306 й\u0308", "й й й"},       // one mark of its own
		{"г\u0301г\u0306 у\u0301у\u0306", "ѓг уў"},       // each its own mark alone
		{"ZE\u200bLEN\u00adSKY\ufeff", "zelensky"},       // invisible
		{"\u202bzel\u2067ensky\u2069\u202c", "zelensky"}, // bidi controls

		{"زيلينسكي", "زيلينسكي"},
		{"زِيلِينْسْكِي", "زيلينسكي"},
		{"زيلينسكى", "زيلينسكي"},
		{"زیلینسکی", "زيلينسكي"}, // Persian
		{"زيـــلينسكي", "زيلينسكي"},
		{"ﺯﻳﻠﻴﻨﺴﻜﻲ", "زيلينسكي"}, // presentation forms
		{"أحمد إحمد آحمد ٱحمد", "احمد احمد احمد احمد"},
		{"محمّد", "محمد"},
		{"مؤتمر رئيس", "موتمر رييس"},
		{"غزة", "غزه"},
		{"٢٠٢٢ ۲۰۲۲ २०२२ ๒๐๒๒ ２０２２", "2022 2022 2022 2022 2022"},

		{"Côte d'Ivoire", "cote d'ivoire"},
		{"Co\u0302te d’Ivoire", "cote d'ivoire"},
		{"CÔTE D´IVOIRE", "cote d'ivoire"},
		{"İstanbul", "istanbul"}, {"ISTANBUL", "istanbul"}, {"ıstanbul", "istanbul"},
		{"Łódź", "lodz"}, {"Straße", "strasse"}, {"STRAẞE", "strasse"},
		{"Ørsted Đà Nẵng Ærø Œuvre Þór Əliyev", "orsted da nang aero oeuvre thor aliyev"},
		{"Ｕｋｒａｉｎｅ", "ukraine"}, {"ﬁre ² Ⅳ", "fire 2 iv"},
		{"ΟΔΥΣΣΕΎΣ οδυσσεύς", "οδυσσευσ οδυσσευσ"},
		{"שָׁלוֹם", "שלום"},
		{"北京", "北京"},
		{"ｳｸﾗｲﾅ ガ か\u3099", "ウクライナ ガ が"}, // voicing stays
		{"हिन्दी", "हिन्दी"},             // vowel signs stay
		{"한국", "한국"},
		{"Israel–Hamas Su‑27", "israel-hamas su-27"},
		{"«Azov» “Azov”", `"azov" "azov"`},
		{"bad\xffbyte", "bad\ufffdbyte"},
	} {
		if got := Fold(c.in); got != c.want {
			t.Errorf("Fold(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

// TestFoldEveryRune checks that Fold is idempotent for every code point, alone
// and before a mark, after a letter without and with an own mark.
func TestFoldEveryRune(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if !unicode.IsGraphic(r) && !unicode.In(r, unicode.Cf, unicode.Cc) {
			continue // unassigned, private or a surrogate
		}
		for _, s := range []string{string(r), "a" + string(r) + "\u0306", "и" + string(r) + "\u0306"} {
			once := Fold(s)
			if twice := Fold(once); twice != once {
				t.Errorf("%U: Fold(%q) = %q, folded twice %q", r, s, once, twice)
			}
		}
	}
}

// TestDigitsInTens checks the assumption of plainDigit: in the order of their
// code points, the decimal digits repeat zero to nine.
func TestDigitsInTens(t *testing.T) {
	n := 0
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if !unicode.Is(unicode.Nd, r) {
			continue
		}
		if got, want := plainDigit(r), '0'+rune(n%10); got != want {
			t.Errorf("%U folds to %q, want %q", r, got, want)
		}
		n++
	}
}

// TestLettersAreFixed checks that Fold does not change a plain form, as
// idempotence requires.
func TestLettersAreFixed(t *testing.T) {
	for r, plain := range letters {
		if got := Fold(string(r)); got != plain {
			t.Errorf("Fold(%q) = %q, want %q", r, got, plain)
		}
		if got := Fold(plain); got != plain {
			t.Errorf("Fold(%q) = %q", plain, got)
		}
	}
}

func FuzzFold(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := Fold(s)
		if twice := Fold(once); twice != once {
			t.Errorf("Fold(%q) = %q, folded twice %q", s, once, twice)
		}
	})
}
