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
	Words  []string // tokens that must occur, distinct, without the last
	Prefix string   // the last token, with which some token must begin
	Folded string   // the whole query folded, for Rank
}

// ParseQuery returns the query of a text that a reader typed. It has no syntax:
// all of s is words.
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

// Matches reports whether a text with these tokens, as returned by Tokens,
// matches q. FTS5 and Lucene must have the same result.
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

// MatchesWhole reports whether a text with these tokens has all words of q, also the last, as whole tokens.
func (q Query) MatchesWhole(tokens []string) bool {
	return q.Matches(tokens) && slices.Contains(tokens, q.Prefix)
}

// Rank orders the results of a query; the lowest comes first.
type Rank int

// The ranks. Results of one rank are ordered by their ids.
const (
	RankExactName  Rank = iota // a name equals the query
	RankNamePrefix             // a name begins with the query
	RankOther                  // the words occur elsewhere
)

// Rank returns the rank of a result with these names, each folded by Fold.
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
// string, the only form without syntax in FTS5. Strings next to each other must
// all occur. An empty query renders as "", which is a syntax error in FTS5: do
// not send it.
func FTS5(q Query) string { return render(q, quoteFTS5) }

// FTS5Groups renders groups of words, of each of which one must occur: ("a" OR "b") AND ("c").
func FTS5Groups(groups [][]string) string {
	return renderGroups(groups, quoteFTS5, " OR ", "(", " AND ")
}

func quoteFTS5(w string) string { return `"` + strings.ReplaceAll(w, `"`, `""`) + `"` }

// Lucene renders q in the classic syntax of Lucene, for an index with the
// whitespace analyzer that holds tokens: +a +b +c*. Lucene rejects more than
// 1024 clauses, so the caller must limit the length of the query. An empty query renders
// as "": do not send it.
func Lucene(q Query) string {
	return render(q, func(w string) string { return "+" + escapeLucene(w) })
}

// LuceneGroups renders groups of words, of each of which one must occur: +(a b) +(c).
func LuceneGroups(groups [][]string) string {
	return renderGroups(groups, escapeLucene, " ", "+(", " ")
}

// renderGroups renders each group, after an opening bracket, with or between its terms.
func renderGroups(groups [][]string, term func(string) string, or, open, and string) string {
	all := make([]string, len(groups))
	for i, words := range groups {
		terms := make([]string, len(words))
		for j, w := range words {
			terms[j] = term(w)
		}
		all[i] = open + strings.Join(terms, or) + ")"
	}
	return strings.Join(all, and)
}

// render returns the terms separated by spaces, the prefix with a star.
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

// escapeLucene writes a backslash before every ASCII character except a-z and
// 0-9. Tokens have no such characters, but a Query that was not parsed might. It
// escapes capitals, so that AND, OR and NOT are words, and never writes \u, which
// would start a code point.
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
