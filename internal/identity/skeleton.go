package identity

import (
	"strings"
	"unicode"
)

// latinLetters maps letters to their approximate sounds, so that the names of a person or place match across scripts.
// It covers Cyrillic (Russian, Ukrainian, Belarusian and related alphabets) and Arabic (with Persian and Urdu). It has
// vowels because romanized names are compared more finely than their skeletons.
var latinLetters = map[rune]string{
	'а': "a", 'б': "b", 'в': "v", 'г': "g", 'ґ': "g", 'д': "d", 'е': "e", 'є': "ye", 'ж': "zh", 'з': "z", 'и': "i",
	'і': "i", 'ї': "yi", 'й': "y",
	'к': "k", 'л': "l", 'м': "m", 'н': "n", 'о': "o", 'п': "p", 'р': "r", 'с': "s", 'т': "t", 'у': "u", 'ў': "u",
	'ф': "f", 'х': "kh", 'ц': "ts",
	'ч': "ch", 'ш': "sh", 'щ': "shch", 'ъ': "", 'ы': "y", 'ь': "", 'э': "e", 'ю': "yu", 'я': "ya", 'ё': "yo", 'ђ': "dj",
	'ѓ': "g", 'ј': "y", 'љ': "l",
	'њ': "n", 'ћ': "ch", 'ќ': "k", 'џ': "dj", 'ә': "a", 'ғ': "g", 'қ': "k", 'ң': "n", 'ө': "o", 'ұ': "u",
	'ү': "u", 'һ': "h",
	'ا': "a", 'ب': "b", 'پ': "p", 'ت': "t", 'ث': "th", 'ج': "j", 'چ': "ch", 'ح': "h", 'خ': "kh", 'د': "d", 'ذ': "dh",
	'ر': "r", 'ز': "z", 'ژ': "zh",
	'س': "s", 'ش': "sh", 'ص': "s", 'ض': "d", 'ط': "t", 'ظ': "z", 'ع': "", 'غ': "gh", 'ف': "f", 'ڤ': "v", 'ق': "q",
	'ك': "k", 'ک': "k", 'گ': "g",
	'ل': "l", 'م': "m", 'ن': "n", 'ه': "h", 'ة': "h", 'و': "w", 'ي': "y", 'ی': "y", 'ى': "a", 'ئ': "", 'ء': "", 'ؤ': "w",
	'أ': "a", 'إ': "i", 'آ': "a",
}

// romanize spells a folded token in Latin letters. Letters of other scripts stay, so that they match only themselves.
func romanize(token string) string {
	var b strings.Builder
	for _, r := range strings.TrimPrefix(token, article(token)) {
		if s, ok := latinLetters[r]; ok {
			b.WriteString(s)
		} else if unicode.IsLetter(r) || unicode.IsDigit(r) {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// article returns the Arabic article that a token begins with, if the token has more than two other letters.
func article(token string) string {
	const al = "ال"
	if strings.HasPrefix(token, al) && len([]rune(token)) > 4 {
		return al
	}
	return ""
}

// sounds replaces spellings of one sound by one letter, the longest first. Sounds that scripts or languages confuse are
// one: Arabic has no p and no v, Ukrainian г is h, Egyptian ج is g.
var sounds = strings.NewReplacer(
	"shch", "s", "tsch", "c", "tch", "c", "tsh", "c", "sch", "s", "sh", "s", "zh", "s", "ch", "c", "ts", "c", "tz", "c",
	"cz", "c", "dzh", "g", "dj", "g",
	"ph", "f", "th", "t", "dh", "d", "kh", "g", "gh", "g", "ck", "k", "ce", "se", "ci", "si", "x", "ks", "qu", "k",
	"q", "k", "c", "k",
	"p", "b", "v", "f", "z", "s", "j", "g", "h", "g",
)

// skeleton returns a romanized token without vowels, y, w and doubled letters. If fewer than two letters remain, it
// returns the token.
func skeleton(roman string) string {
	var b strings.Builder
	last := rune(0)
	for _, r := range sounds.Replace(roman) {
		if strings.ContainsRune("aeiouyw", r) {
			last = 0
			continue
		}
		if r != last || unicode.IsDigit(r) {
			b.WriteRune(r)
		}
		last = r
	}
	if len([]rune(b.String())) < 2 {
		return roman
	}
	return b.String()
}
