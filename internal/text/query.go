package text

import (
	"slices"
	"strings"
)

// Query is a text search: every word must occur as a token of the text, and
// the last word as the beginning of a token, since a reader may still be
// typing it. Where in the text, and in what order, does not matter, and one
// token may serve several words.
type Query struct {
	Words  []string // tokens that must occur; distinct, the last left out
	Prefix string   // the last token, which some token must begin with
	Folded string   // the whole query folded, to rank names by
}

// ParseQuery reads what a reader typed. It has no syntax: all of s is words.
func ParseQuery(s string) Query {
	q := Query{Folded: Fold(s)}
	tokens := Tokens(q.Folded)
	if len(tokens) == 0 {
		return q
	}
	last := len(tokens) - 1
	q.Prefix = tokens[last]
	for _, t := range tokens[:last] {
		if !slices.Contains(q.Words, t) {
			q.Words = append(q.Words, t)
		}
	}
	return q
}

// Empty reports whether q has no word to search for. Such a query matches
// nothing.
func (q Query) Empty() bool { return len(q.Words) == 0 && q.Prefix == "" }

// Matches reports whether a text of these tokens, as Tokens returns them,
// answers q. It says what FTS5 and Lucene must find.
func (q Query) Matches(tokens []string) bool {
	if q.Empty() {
		return false
	}
	for _, w := range q.Words {
		if !slices.Contains(tokens, w) {
			return false
		}
	}
	return slices.ContainsFunc(tokens, func(t string) bool { return strings.HasPrefix(t, q.Prefix) })
}

// Rank orders what a query found; the lower comes first.
type Rank int

// The ranks. Things of one rank are ordered by their ids.
const (
	RankExactName  Rank = iota // a name is the query
	RankNamePrefix             // a name begins with the query
	RankOther                  // the words occur elsewhere
)

// Rank returns the rank of a thing with these names, each folded by Fold.
func (q Query) Rank(foldedNames []string) Rank {
	rank := RankOther
	if q.Empty() {
		return rank
	}
	for _, n := range foldedNames {
		if n == q.Folded {
			return RankExactName
		}
		if strings.HasPrefix(n, q.Folded) {
			rank = RankNamePrefix
		}
	}
	return rank
}

// FTS5 renders q as the right side of an SQLite FTS5 MATCH, for a table with
// tokenizer ascii that holds tokens: "a" "b" "c"*. Each word is a quoted
// string, the only form in which FTS5 reads no syntax; beside each other they
// must all occur. An empty query renders as "", a syntax error to FTS5: do not
// send it.
func FTS5(q Query) string {
	return render(q, func(w string) string {
		return `"` + strings.ReplaceAll(w, `"`, `""`) + `"`
	})
}

// Lucene renders q in the classic syntax of Lucene, for an index with the
// whitespace analyzer that holds tokens: +a +b +c*. Lucene refuses more than
// 1024 clauses; the caller bounds the query's length. An empty query renders
// as "": do not send it.
func Lucene(q Query) string {
	return render(q, func(w string) string { return "+" + escapeLucene(w) })
}

// render writes the words one beside the other, the prefix with a star.
func render(q Query, term func(string) string) string {
	var parts []string
	for _, w := range q.Words {
		parts = append(parts, term(w))
	}
	if q.Prefix != "" {
		parts = append(parts, term(q.Prefix)+"*")
	}
	return strings.Join(parts, " ")
}

// escapeLucene puts a backslash before every ASCII character but a-z and 0-9.
// Tokens hold none of these; a Query made by hand might. Capitals are among
// them, so that AND, OR and NOT are words too; \u, which begins a code point,
// never arises.
func escapeLucene(w string) string {
	var b strings.Builder
	for _, r := range w {
		if r < 0x80 && (r < 'a' || r > 'z') && (r < '0' || r > '9') {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}
