package text

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParseQuery(t *testing.T) {
	for _, c := range []struct {
		in   string
		want Query
	}{
		{"", Query{}},
		{" ?! ", Query{Folded: "?!"}},
		{"Kyiv", Query{Prefix: "kyiv", Folded: "kyiv"}},
		{"Kyiv. ", Query{Prefix: "kyiv", Folded: "kyiv."}},
		{
			"The Battle  of the Kiev",
			Query{Words: []string{"the", "battle", "of"}, Prefix: "kiev", Folded: "the battle of the kiev"},
		},
		{"the the", Query{Words: []string{"the"}, Prefix: "the", Folded: "the the"}},
	} {
		if diff := cmp.Diff(c.want, ParseQuery(c.in)); diff != "" {
			t.Errorf("ParseQuery(%q): %s", c.in, diff)
		}
	}
}

func TestMatches(t *testing.T) {
	for _, c := range []struct {
		query, text string
		want        bool
	}{
		{"", "anything", false},
		{"...", "anything ...", false},
		{"zel", "Volodymyr Zelensky", true},
		{"zel volodymyr", "Volodymyr Zelensky", false}, // only the last is a prefix
		{"zelensky volo", "Volodymyr Zelensky", true},
		{"ky", "Zelensky", false},
		{"war war", "war", true}, // one token serves both
		{"зеленськ", "Володимир Зеле́нський", true},
		{"Зеленскии", "Зеленский", false}, // й is no и
		{"زيلينسكى", "فولوديمير زِيلِينْسْكِي", true},
		{"الازمه", "الأزمة الأوكرانية", true},
		{"cote d’iv", "Republic of Côte d'Ivoire", true},
		{"ISTANBUL", "İstanbul", true},
		{"lod strasse", "Straße, Łódź", false},
		{"strasse lodz", "Straße, Łódź", true},
		{"T72", "a T-72 tank", true},
		{"京都", "東京都の軍", true},
		{"ウクライナ軍", "東部のウクライナ軍は", true},
		{"大阪", "東京都", false},
	} {
		if got := ParseQuery(c.query).Matches(Tokens(c.text)); got != c.want {
			t.Errorf("%q matches %q: %v", c.query, c.text, got)
		}
	}
}

func TestRank(t *testing.T) {
	for _, c := range []struct {
		query string
		names []string
		want  Rank
	}{
		{"Côte d’Ivoire", []string{"Ivory Coast", "Cote d'Ivoire"}, RankExactName},
		{"ivory", []string{"Côte d'Ivoire", "Ivory Coast"}, RankNamePrefix},
		{"iv", []string{"Ivory Coast", "IV"}, RankExactName}, // the best of its names
		{"coast", []string{"Ivory Coast"}, RankOther},
		{"coast", nil, RankOther},
		{"", []string{"", "Ivory Coast"}, RankOther},
		{"!", []string{"!"}, RankOther},
	} {
		var folded []string
		for _, n := range c.names {
			folded = append(folded, Fold(n))
		}
		if got := ParseQuery(c.query).Rank(folded); got != c.want {
			t.Errorf("rank of %q among %q = %d, want %d", c.query, c.names, got, c.want)
		}
	}
}

func TestRender(t *testing.T) {
	for _, c := range []struct {
		q            Query
		fts5, lucene string
	}{
		{ParseQuery(""), "", ""},
		{ParseQuery("()*:^"), "", ""},
		{ParseQuery("Kyiv"), `"kyiv"*`, `+kyiv*`},
		{ParseQuery("a OR NOT b AND"), `"a" "or" "not" "b" "and"*`, `+a +or +not +b +and*`},
		{ParseQuery(`"name:" (x) -y*`), `"name" "x" "y"*`, `+name +x +y*`},
		{ParseQuery("北京"), `"北" "京"*`, `+北 +京*`},
		// Made by hand, past the tokeniser.
		{Query{Words: []string{`a"b`, "AND", "c d"}, Prefix: `e\*:u`},
			`"a""b" "AND" "c d" "e\*:u"*`, `+a\"b +\A\N\D +c\ d +e\\\*\:u*`},
	} {
		if got := FTS5(c.q); got != c.fts5 {
			t.Errorf("FTS5(%+v) = %s, want %s", c.q, got, c.fts5)
		}
		if got := Lucene(c.q); got != c.lucene {
			t.Errorf("Lucene(%+v) = %s, want %s", c.q, got, c.lucene)
		}
	}
}
