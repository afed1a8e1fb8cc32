package text

import (
	"sync"
	"unicode"
)

// Undetermined is the ISO 15924 code of text without letters of a single script.
const Undetermined = "Zyyy"

// uncoded is the ISO 15924 code of a script that is not in scripts.
const uncoded = "Zzzz"

// scripts are the scripts in everyday use, with their ISO 15924 codes.
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

// Script returns the ISO 15924 code of the script of most letters of s, in a tie
// the script that occurs first. Simplified and traditional Chinese are both
// Hani; Japanese is Hani, Hira or Kana, whichever has the most letters. Letters
// that scripts share do not count.
func Script(s string) string {
	table := alphabetScripts()
	var count [scriptCount]int
	var order []int // scripts by their first occurrence
	for _, r := range s {
		var script int
		if r < alphabetsEnd {
			script = int(table[r])
		} else {
			script = scriptOf(r)
		}
		if script == none {
			continue
		}
		if count[script] == 0 {
			order = append(order, script)
		}
		count[script]++
	}
	best, most := Undetermined, 0
	for _, script := range order {
		if count[script] > most {
			best, most = codeOf(script), count[script]
		}
	}
	return best
}

// Scripts are numbered by their position in scripts. other is any script without a code, and none is a character that
// is not a letter of a single script.
const (
	scriptCount = 64
	other       = scriptCount - 2
	none        = scriptCount - 1
)

// codeOf returns the ISO 15924 code of a script number.
func codeOf(script int) string {
	if script == other {
		return uncoded
	}
	return scripts[script].code
}

// alphabetScripts returns the script numbers of the characters below alphabetsEnd.
var alphabetScripts = sync.OnceValue(func() *[alphabetsEnd]uint8 {
	var all [alphabetsEnd]uint8
	for i := range all {
		all[i] = uint8(scriptOf(rune(i)))
	}
	return &all
})

// scriptOf returns the script number of r.
func scriptOf(r rune) int {
	if !unicode.IsLetter(r) || unicode.In(r, unicode.Common, unicode.Inherited) {
		return none
	}
	for i, s := range scripts {
		if unicode.Is(s.table, r) {
			return i
		}
	}
	return other
}
