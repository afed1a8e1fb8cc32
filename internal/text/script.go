package text

import (
	"sync"
	"unicode"
)

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
	table := alphabetScripts()
	var count [scriptCount]int
	var order []int // in which they first come
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

// Scripts are numbered as in the list; after them come the one without a code, and what is of none alone.
const (
	scriptCount = 64
	other       = scriptCount - 2
	none        = scriptCount - 1
)

func codeOf(script int) string {
	if script == other {
		return uncoded
	}
	return scripts[script].code
}

// alphabetScripts are the scripts of the characters that most texts are written in.
var alphabetScripts = sync.OnceValue(func() *[alphabetsEnd]uint8 {
	var all [alphabetsEnd]uint8
	for i := range all {
		all[i] = uint8(scriptOf(rune(i)))
	}
	return &all
})

// scriptOf is none for what is no letter or of no script alone.
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
