package text

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// seeds are the seed corpus of the fuzz tests, with one string for each special
// case.
var seeds = []string{
	"", "The war began in 2022.", "Зеленський, Т-72Б3 и Су-27", "زِيلِينْسْكِي آحمد ـ", "Côte d’Ivoire",
	"İSTANBUL ıstanbul Łódź Straße", "東京都のウクライナ軍 ｶﾞ", "ประเทศไทย", "한국 각", "צה״ל צה\"ל",
	"и\u0301\u0306\u200d\u094d", "\u0345\u0301ᾼ", "a\u3099\u0306", "U.S.A. 3.14 1,000 a.b", "``''--..\"\"",
	"\xff\xfe\x00", strings.Repeat("\u0301\u0323", 40), "क" + strings.Repeat("\u094d\u093c", 40),
	strings.Repeat("ᅡ", 70), "ᅡ'" + strings.Repeat("ᅡ", 30), "क\u094d'\u093c ᄀ'ᅡ", strings.Repeat("x", 300),
	strings.Repeat("𝒳é", 200), "🇺🇦 👩‍👩‍👧 ﷺ ½ №",
}

func TestTokens(t *testing.T) {
	for _, c := range []struct {
		in   string
		want string // the tokens joined by spaces
	}{
		{"", ""}, {" ... — !?", ""}, {"🇺🇦 👩‍👩‍👧", ""},
		{"The war, the WAR.", "the war the war"},
		{"o'brien O’Brien OʼBrien", "obrien obrien obrien"},
		{"'quoted' ‘it’", "quoted it"},
		{"п'ять п’ять пʼять Лук'янівка", "пять пять пять лукянівка"},
		{"Côte d'Ivoire / Ivory Coast", "cote divoire ivory coast"},
		{"Т-72Б3 т‑72 Su-27, COVID-19", "т72б3 т72 su27 covid19"},
		{"F.16 72-year 2022-02-24 2014–2022", "f16 72 year 2022 02 24 2014 2022"},
		{"killed—5", "killed 5"},
		{"Rostov-on-Don al-ʿArab", "rostov on don al arab"},
		{"U.S. troops, J. R. Smith, end.Next, example.com", "us troops j r smith end next example com"},
		{"3.14 1,000 50% a_b", "3 14 1 000 50 a b"},
		{`צה"ל צה״ל`, "צהל צהל"},
		{"北京", "北 京"},
		{"東京都のウクライナ軍", "東 京 都 の ウクライナ 軍"},
		{"二〇二二年2月", "二 〇 二 二 年 2 月"},
		{"ｳｸﾗｲﾅ", "ウクライナ"},
		{"ไทย", "ไ ท ย"},
		{"한국 전쟁", "한국 전쟁"},
		{"हिन्दी", "हिन्दी"},
		{"\u093f", ""}, // a mark alone
		{strings.Repeat("x", 128), strings.Repeat("x", 127) + " x"},
	} {
		if got, want := Tokens(c.in), strings.Fields(c.want); !slices.Equal(got, want) {
			t.Errorf("Tokens(%q): %s", c.in, cmp.Diff(want, got))
		}
	}
}

func FuzzTokens(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		tokens := Tokens(s)
		if again := Tokens(Fold(s)); !slices.Equal(again, tokens) {
			t.Errorf("Tokens(%q) = %q, of the folded text %q", s, tokens, again)
		}
		for _, tok := range tokens {
			if tok == "" || utf8.RuneCountInString(tok) > maxToken || strings.ContainsFunc(tok, func(r rune) bool {
				return !unicode.In(r, unicode.L, unicode.M, unicode.N) || unicode.IsSpace(r)
			}) {
				t.Errorf("Tokens(%q) contains %q", s, tok)
			}
			if own := Tokens(tok); len(own) != 1 || own[0] != tok {
				t.Errorf("Tokens(%q) = %q for a token of %q", tok, own, s)
			}
		}
		if again := Tokens(strings.Join(tokens, " ")); !slices.Equal(again, tokens) {
			t.Errorf("tokens %q of %q, tokenised twice %q", tokens, s, again)
		}
		q := ParseQuery(s)
		if q.Empty() != (len(tokens) == 0) || q.Matches(tokens) == q.Empty() {
			t.Errorf("ParseQuery(%q) = %+v, tokens %q", s, q, tokens)
		}
	})
}

func TestIndexHoldsJoinedWordsAndTheirParts(t *testing.T) {
	for _, test := range []struct{ text, query string }{
		{"Côte d'Ivoire", "ivoire"},
		{"Côte d'Ivoire", "Cote d Ivoire"},
		{"Côte d'Ivoire", "Côte d’Ivoire"},
		{"Russia's strikes", "russia strikes"},
		{"танк Т-72", "т72"},
		{"танк Т-72", "т-72"},
		{"танк Т-72", "т 72"},
		{"the U.S. envoy", "us envoy"},
	} {
		if !ParseQuery(test.query).Matches(Index(test.text)) {
			t.Errorf("%q does not find %q: tokens %q", test.query, test.text, Index(test.text))
		}
	}
	if ParseQuery("oblast").Matches(Index("Côte d'Ivoire")) {
		t.Error("oblast finds Côte d'Ivoire")
	}
}
