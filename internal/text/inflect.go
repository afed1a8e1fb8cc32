package text

import (
	"slices"
	"strings"
	"unicode"
)

// wordForm is a form of a word that a name may have, and the cost of assuming it.
type wordForm struct {
	word string
	cost int
}

// minStem is the least number of letters that remain of a word without its ending or prefix.
const minStem = 3

// The endings of Russian and Ukrainian names in other cases than the first, folded. Those of the genitive plural are
// left out: surnames end like them (Иванов).
var cyrillicEndings = strings.Fields("ого ього его єго ому ьому ему ым им ім ом ем єм ой ей ою ею " +
	"єю ю я у а е є і и ові еві єві ами ями ах ях ых их")

// The conjunctions, prepositions and articles that are written together with Arabic and Hebrew words, and the endings
// of Arabic plurals.
var (
	arabicPrefixes = strings.Fields("ال وال بال كال فال لل ولل و ب ل ك ف")
	hebrewPrefixes = strings.Fields("ה ו ב ל מ ש כ")
	arabicEndings  = strings.Fields("يون يين ون ين")
)

// articles are the definite article of Arabic names in its spellings, also with the l assimilated (ar, ash), and the
// English one. They are not compared.
var articles = strings.Fields("al el ul ad ar ash an ur ال аль эль ель ад ар аш ан the")

// forms returns a word of a query and the words that it may be an inflected form of.
func forms(word string) []wordForm {
	all := nameForms(word)
	isForm := func(word string) bool {
		return slices.ContainsFunc(all, func(f wordForm) bool { return f.word == word })
	}
	add := func(stem string, cut bool) {
		if cut && len([]rune(stem)) >= minStem && !isForm(stem) {
			all = append(all, wordForm{stem, 1})
		}
	}
	switch first := []rune(word)[0]; {
	case unicode.Is(unicode.Cyrillic, first):
		for _, ending := range cyrillicEndings {
			add(strings.CutSuffix(word, ending))
		}
	case unicode.Is(unicode.Hebrew, first):
		for _, prefix := range hebrewPrefixes {
			add(strings.CutPrefix(word, prefix))
		}
	case unicode.Is(unicode.Arabic, first):
		for _, prefix := range arabicPrefixes {
			add(strings.CutPrefix(word, prefix))
		}
		for _, f := range slices.Clone(all) {
			for _, ending := range arabicEndings {
				add(strings.CutSuffix(f.word, ending))
			}
		}
	}
	return all
}

// Stems returns a folded word and the folded words that it may be an inflected form of: without the endings of Russian
// and Ukrainian cases, without Arabic and Hebrew prefixes. Two forms of one name have a stem in common.
func Stems(word string) (stems []string) {
	if word == "" {
		return nil
	}
	for _, f := range forms(word) {
		stems = append(stems, f.word)
	}
	return stems
}

// nameForms returns a word of a name, and the word without the Arabic article.
func nameForms(word string) []wordForm {
	all := []wordForm{{word, 0}}
	if stem, cut := strings.CutPrefix(word, "ال"); cut && len([]rune(stem)) >= minStem {
		all = append(all, wordForm{stem, 0})
	}
	return all
}
