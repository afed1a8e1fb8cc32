package text

import (
	"strings"
	"unicode"

	"github.com/mozillazg/go-unidecode"
)

// sounds returns a folded word as a string of sounds, one byte each, so that spellings of one name in several scripts
// and by several romanisations are alike: Zelenskiy and Зеленский are both "zelenski". The vowels are a, e, i, o and u;
// h is also kh, C is ch, S is sh, Z is zh, J is the sound of jam, and c is ts. Equal neighbours are one sound. abjad
// reports whether the script usually leaves out short vowels, as Arabic and Hebrew do.
func sounds(word string) (s string, abjad bool) {
	var all []byte
	var latin strings.Builder
	flush := func() {
		for rest := latin.String(); rest != ""; {
			sound, size := firstSound(rest)
			rest = rest[size:]
			for _, c := range []byte(sound) {
				if len(all) == 0 || all[len(all)-1] != c {
					all = append(all, c)
				}
			}
		}
		latin.Reset()
	}
	rs := []rune(word)
	for i, r := range rs {
		latin.WriteString(latinOf(rs, i))
		abjad = abjad || unicode.In(r, unicode.Arabic, unicode.Hebrew, unicode.Syriac)
		if r == 'د' { // with zay it is not dz
			flush()
		}
	}
	flush()
	return string(all), abjad
}

// latinOf returns the letter rs[i] of a folded word in lower-case ASCII letters.
func latinOf(rs []rune, i int) string {
	r := rs[i]
	if 'a' <= r && r <= 'z' {
		return latinLetters[r-'a' : r-'a'+1]
	}
	if r == 'و' || r == 'ו' {
		return wawOf(rs, i)
	}
	if latin, ok := abjadLetters[r]; ok {
		return latin
	}
	return strings.Map(func(r rune) rune {
		if 'a' <= r && r <= 'z' {
			return r
		}
		return -1
	}, strings.ToLower(unidecode.Unidecode(string(r))))
}

const latinLetters = "abcdefghijklmnopqrstuvwxyz"

// abjadLetters are letters that package unidecode drops or renders as other transliterations of names do not.
var abjadLetters = map[rune]string{
	'ا': "a", 'ع': "a", 'א': "a", 'ע': "a", 'ח': "h", 'כ': "k", 'ך': "k", 'η': "i",
}

// wawOf returns v for the letter waw at rs[i] where it is a consonant, at the beginning of a word, before a long vowel
// and doubled, and u where it is a vowel.
func wawOf(rs []rune, i int) string {
	if i == 0 || i+1 < len(rs) && strings.ContainsRune("اويאי", rs[i+1]) {
		return "v"
	}
	return "u"
}

// spellings are the sounds of letters and groups of letters, the longest first.
var spellings = []struct{ latin, sound string }{
	{"shch", "S"}, {"tsch", "C"}, {"dsch", "J"}, {"sch", "S"}, {"tch", "C"}, {"dzh", "J"}, {"tsh", "C"},
	{"sh", "S"}, {"ch", "C"}, {"cz", "C"}, {"sz", "S"}, {"zh", "Z"}, {"kh", "h"}, {"gh", "g"}, {"ph", "f"}, {"th", "t"},
	{"dh", "d"}, {"rh", "r"}, {"ck", "k"}, {"ts", "c"}, {"tz", "c"}, {"dj", "J"}, {"dz", "z"}, {"qu", "kv"},
	{"ce", "se"}, {"ci", "si"}, {"cy", "si"}, {"oo", "u"}, {"ou", "u"}, {"ee", "i"},
	{"c", "k"}, {"j", "J"}, {"q", "k"}, {"w", "v"}, {"x", "ks"}, {"y", "i"},
}

// firstSound returns the sound of the first letters of a Latin word, and their number.
func firstSound(latin string) (sound string, size int) {
	for _, s := range spellings {
		if strings.HasPrefix(latin, s.latin) {
			return s.sound, len(s.latin)
		}
	}
	return latin[:1], 1
}

func isVowel(sound byte) bool { return strings.IndexByte("aeiou", sound) >= 0 }

// soundClass returns the class of consonants that transliterations confuse, or 0 for a vowel.
func soundClass(sound byte) byte {
	switch sound {
	case 'a', 'e', 'i', 'o', 'u':
		return 0
	case 'b', 'p', 'v', 'f':
		return 'b'
	case 'd', 't':
		return 't'
	case 'g', 'k', 'h':
		return 'k'
	case 's', 'S', 'z', 'Z', 'J', 'C', 'c':
		return 's'
	}
	return sound // l, r, m, n
}

// maxSkeleton bounds the length of a skeleton.
const maxSkeleton = 12

// skeletons returns the classes of a word's consonants, without equal neighbours, and another reading of ambiguous
// letters if that differs: j as y, ch as k, g as j, and no h and no first v.
func skeletons(sounds string) []string {
	first, other := make([]byte, 0, maxSkeleton), make([]byte, 0, maxSkeleton)
	add := func(to []byte, class byte) []byte {
		if class == 0 || len(to) == maxSkeleton || len(to) > 0 && to[len(to)-1] == class {
			return to
		}
		return append(to, class)
	}
	for i := range len(sounds) {
		class := soundClass(sounds[i])
		first = add(first, class)
		switch c := sounds[i]; {
		case c == 'J' || c == 'h' || c == 'v' && i == 0:
		case c == 'C':
			other = add(other, 'k')
		case c == 'g':
			other = add(other, 's')
		default:
			other = add(other, class)
		}
	}
	if len(other) == 0 || string(first) == string(other) {
		return []string{string(first)}
	}
	return []string{string(first), string(other)}
}
