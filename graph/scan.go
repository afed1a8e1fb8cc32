package graph

import (
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/lexer"
)

// scan returns the number of a query's tokens, up to limit, and how often its most frequent response key occurs. It
// ends at an invalid token, which the parser reports.
func scan(query string, limit int) (tokens, repeats int) {
	lex := lexer.New(&ast.Source{Input: query})
	keys := map[string]int{}
	parentheses, aliased := 0, false
	for tokens < limit {
		token, err := lex.ReadToken()
		if err != nil || token.Kind == lexer.EOF {
			break
		}
		tokens++
		switch token.Kind {
		case lexer.ParenL:
			parentheses++
		case lexer.ParenR:
			parentheses--
		case lexer.Name: // what follows an alias is not a key
			if parentheses == 0 && !aliased {
				keys[token.Value]++
				repeats = max(repeats, keys[token.Value])
			}
		}
		aliased = token.Kind == lexer.Colon
	}
	return tokens, repeats
}
