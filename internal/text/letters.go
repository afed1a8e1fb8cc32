package text

// letters maps letters and signs that NFKD and case folding leave distinct, each
// in its folded case, to their plain forms. An empty form removes the letter.
var letters = map[rune]string{
	// Latin letters with a stroke, hook or bar, ligatures, and letters that
	// writers without the key replace; Azerbaijani ə is written a in other languages.
	'ⱥ': "a", 'æ': "ae", 'ə': "a", 'ƀ': "b", 'ɓ': "b", 'ƃ': "b",
	'ȼ': "c", 'ƈ': "c", 'đ': "d", 'ð': "d", 'ɖ': "d", 'ɗ': "d", 'ƌ': "d",
	'ɇ': "e", 'ɛ': "e", 'ǝ': "e", 'ƒ': "f", 'ǥ': "g", 'ɠ': "g", 'ɣ': "g",
	'ħ': "h", 'ɦ': "h", 'ı': "i", 'ɨ': "i", 'ɩ': "i", 'ȷ': "j", 'ɉ': "j",
	'ĸ': "k", 'ƙ': "k", 'ł': "l", 'ƚ': "l", 'ɫ': "l", 'ŋ': "n", 'ɲ': "n",
	'ƞ': "n", 'ø': "o", 'ɔ': "o", 'ɵ': "o", 'œ': "oe", 'ƥ': "p", 'ɍ': "r",
	'ȿ': "s", 'ŧ': "t", 'ƭ': "t", 'ʈ': "t", 'ⱦ': "t", 'þ': "th", 'ʉ': "u",
	'ʋ': "v", 'ɏ': "y", 'ƴ': "y", 'ƶ': "z", 'ȥ': "z",

	// Arabic: alef wasla and similar letters (the forms with hamza and madda are
	// decomposed, and their marks dropped, before), alef maqsura, teh
	// marbuta, and the Persian, Urdu and Kurdish forms of kaf, yeh and heh.
	'ٱ': "ا", 'ٲ': "ا", 'ٳ': "ا",
	'ى': "ي", 'ی': "ي", 'ے': "ي", 'ې': "ي",
	'ة': "ه", 'ۃ': "ه", 'ہ': "ه", 'ھ': "ه", 'ە': "ه",
	'ک': "ك", 'ڪ': "ك",
	'ـ': "", // tatweel

	// Apostrophes, and the signs of romanisations for ayin, hamza and the soft
	// and hard signs.
	'‘': "'", '’': "'", '‛': "'", '′': "'", 'ʻ': "'", 'ʼ': "'", 'ʽ': "'",
	'ʾ': "'", 'ʿ': "'", 'ʹ': "'", 'ʺ': "'", 'ꞌ': "'", '׳': "'",
	// Others that are typed for an apostrophe: the grave accent, modifier letters, the reversed prime, and the
	// apostrophes of Armenian and N'Ko. Accents that decompose are replaced before (see apostrophes).
	'`': "'", 'ˊ': "'", 'ˋ': "'", 'ˈ': "'", 'ˮ': "'", '‵': "'", '՚': "'",
	'ߴ': "'", 'ߵ': "'",

	// Hyphens and the dashes that are used as hyphens in names; not the em dash.
	'‐': "-", '‑': "-", '‒': "-", '–': "-", '−': "-", '֊': "-", '־': "-",

	// Quotation marks.
	'“': `"`, '”': `"`, '„': `"`, '‟': `"`, '«': `"`, '»': `"`, '״': `"`,
}
