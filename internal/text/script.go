package text

import "unicode"

// Undetermined is the ISO 15924 code of a text without letters of a script.
const Undetermined = "Zyyy"

// uncoded is the ISO 15924 code of a script without a code in our list.
const uncoded = "Zzzz"

// scripts are the scripts in everyday use, by ISO 15924 code.
var scripts = []struct {
	code  string
	table *unicode.RangeTable
}{
	{"Latn", unicode.Latin}, {"Cyrl", unicode.Cyrillic}, {"Arab", unicode.Arabic},
	{"Hebr", unicode.Hebrew}, {"Grek", unicode.Greek}, {"Hani", unicode.Han},
	{"Hira", unicode.Hiragana}, {"Kana", unicode.Katakana}, {"Hang", unicode.Hangul},
	{"Armn", unicode.Armenian}, {"Geor", unicode.Georgian}, {"Deva", unicode.Devanagari},
	{"Beng", unicode.Bengali}, {"Guru", unicode.Gurmukhi}, {"Gujr", unicode.Gujarati},
	{"Orya", unicode.Oriya}, {"Taml", unicode.Tamil}, {"Telu", unicode.Telugu},
	{"Knda", unicode.Kannada}, {"Mlym", unicode.Malayalam}, {"Sinh", unicode.Sinhala},
	{"Thaa", unicode.Thaana}, {"Thai", unicode.Thai}, {"Laoo", unicode.Lao},
	{"Khmr", unicode.Khmer}, {"Mymr", unicode.Myanmar}, {"Tibt", unicode.Tibetan},
	{"Mong", unicode.Mongolian}, {"Bopo", unicode.Bopomofo}, {"Yiii", unicode.Yi},
	{"Ethi", unicode.Ethiopic}, {"Syrc", unicode.Syriac}, {"Nkoo", unicode.Nko},
	{"Tfng", unicode.Tifinagh}, {"Vaii", unicode.Vai}, {"Adlm", unicode.Adlam},
	{"Cher", unicode.Cherokee}, {"Cans", unicode.Canadian_Aboriginal},
	{"Copt", unicode.Coptic}, {"Rohg", unicode.Hanifi_Rohingya},
}

// Script returns the ISO 15924 code of the script that most letters of s are
// of, at a tie the one that comes first. Simplified and traditional Chinese
// are both Hani; Japanese is what it has most of: Hani, Hira or Kana. Letters
// that all scripts share do not count.
func Script(s string) string {
	count := map[string]int{}
	var order []string
	for _, r := range s {
		code := scriptOf(r)
		if code == "" {
			continue
		}
		if count[code] == 0 {
			order = append(order, code)
		}
		count[code]++
	}
	best := Undetermined
	for _, code := range order {
		if count[code] > count[best] {
			best = code
		}
	}
	return best
}

// scriptOf returns "" for what is no letter or of no script alone.
func scriptOf(r rune) string {
	if !unicode.IsLetter(r) || unicode.In(r, unicode.Common, unicode.Inherited) {
		return ""
	}
	for _, s := range scripts {
		if unicode.Is(s.table, r) {
			return s.code
		}
	}
	return uncoded
}
