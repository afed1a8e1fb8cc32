package graph

import (
	"iter"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/lexer"
)

// tokensOf returns a query's tokens. It ends at an invalid one, which the parser reports.
func tokensOf(query string) iter.Seq[lexer.Token] {
	return func(yield func(lexer.Token) bool) {
		lex := lexer.New(&ast.Source{Input: query})
		for {
			token, err := lex.ReadToken()
			if err != nil || token.Kind == lexer.EOF || !yield(token) {
				return
			}
		}
	}
}

// countTokens returns the number of a query's tokens up to limit.
func countTokens(query string, limit int) (n int) {
	for range tokensOf(query) {
		if n++; n >= limit {
			break
		}
	}
	return n
}

// countRepeats returns how often a query selects its most frequent response key.
func countRepeats(query string) (most int) {
	keys := map[string]int{}
	parentheses, aliased := 0, false
	for token := range tokensOf(query) {
		switch token.Kind {
		case lexer.ParenL:
			parentheses++
		case lexer.ParenR:
			parentheses--
		case lexer.Name: // what follows an alias is not a key
			if parentheses == 0 && !aliased {
				keys[token.Value]++
				most = max(most, keys[token.Value])
			}
		}
		aliased = token.Kind == lexer.Colon
	}
	return most
}
