package graph

import (
	"context"
	"fmt"
	"iter"

	"casus/internal/kg"
	"casus/internal/store/cache"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/lexer"
)

// limits rejects operations that are too long, too deep or too costly before they are executed. 0 means no limit.
type limits struct {
	tokens, depth, complexity int
	schema                    *ast.Schema
	// totals returns what the store's lists can hold; it may be nil.
	totals func(context.Context) (cache.Totals, bool)
}

var _ interface {
	graphql.HandlerExtension
	graphql.OperationParameterMutator
	graphql.OperationContextMutator
} = (*limits)(nil)

// ExtensionName returns the extension's name.
func (*limits) ExtensionName() string { return "Limits" }

// Validate accepts any schema.
func (*limits) Validate(graphql.ExecutableSchema) error { return nil }

// maxRepeats bounds how often a query selects the same response key. Validation compares all pairs of fields with one
// key, which takes seconds for a few thousand. A query that selects a key once in each selection set stays below it.
const maxRepeats = 1000

// MutateOperationParameters counts the query's tokens and repeated keys up to their limits.
func (l *limits) MutateOperationParameters(_ context.Context, request *graphql.RawParams) *gqlerror.Error {
	if l.tokens == 0 {
		return nil
	}
	switch tokens := countTokens(request.Query, l.tokens+1); {
	case tokens > l.tokens:
		return limitError("the query has more than %d tokens (names, values and punctuation): send long lists as variables",
			l.tokens)
	case tokens > maxRepeats && countRepeats(request.Query) > maxRepeats:
		return limitError("the query selects one response key more than %d times: select it once, or use fragments",
			maxRepeats)
	}
	return nil
}

// MutateOperationContext checks the parsed operation's introspection, depth and complexity.
func (l *limits) MutateOperationContext(ctx context.Context, op *graphql.OperationContext) *gqlerror.Error {
	counter := introspectionCounter{schema: l.schema, variables: op.Variables}
	switch counter.operation(op.Operation.SelectionSet); {
	case counter.tooDeep:
		return limitError("the introspection nests more than %d fields deep: query one type by its name",
			maxIntrospectionDepth)
	case counter.exceeded():
		return limitError("the introspection has more than %d response keys: query fewer fields, or one type by its name",
			maxIntrospectionKeys)
	}
	e := &estimator{sizes: listSizes{variables: op.Variables}}
	found := e.operation(op.Operation)
	if l.totals != nil && l.complexity > 0 && found.keys > l.complexity { // the store is not asked without need
		e.sizes.totals, e.sizes.known = l.totals(ctx)
		found = e.operation(op.Operation)
	}
	if e.exhausted() && (l.depth > 0 || l.complexity > 0) {
		return limitError("the query has more than %d fields with its fragments expanded: select fewer", maxVisits)
	}
	if l.depth > 0 && found.depth > l.depth {
		return limitError("the query nests %d fields deep, the limit is %d: query deeper nodes by their ids",
			found.depth, l.depth)
	}
	if l.complexity > 0 && found.keys > l.complexity {
		return limitError("the query's complexity is %d, the limit is %d: %s", found.keys, l.complexity,
			e.advise(op.Operation, l.complexity))
	}
	return nil
}

// advise returns how to make a query cheaper whose cost exceeds the limit.
func (e *estimator) advise(op *ast.OperationDefinition, limit int) string {
	pages := e.costliest(op)
	for _, p := range pages {
		if size := e.pageWithin(op, p.field, limit); size > 0 {
			return fmt.Sprintf("%s costs %d of it; %s: %d would fit", p.path, p.cost, p.argument, size)
		}
	}
	if len(pages) > 0 {
		p := pages[len(pages)-1]
		return fmt.Sprintf("%s costs %d of it, even with small pages: select fewer fields", p.path, p.cost)
	}
	return "select fewer fields"
}

// limitError returns an error with code LIMIT_EXCEEDED.
func limitError(format string, args ...any) *gqlerror.Error {
	err := kg.Errorf(kg.LimitExceeded, format, args...)
	return &gqlerror.Error{Err: err, Message: err.Error()}
}

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
		case lexer.Name: // the name after an alias is not the response key
			if parentheses == 0 && !aliased {
				keys[token.Value]++
				most = max(most, keys[token.Value])
			}
		}
		aliased = token.Kind == lexer.Colon
	}
	return most
}
