package graph

import (
	"context"
	"math"
	"strings"

	"casus/internal/kg"
	"casus/internal/store"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/lexer"
)

// limits rejects operations that are too long, too deep or too costly before they are executed. 0 means no limit.
type limits struct {
	tokens, depth, complexity int
	schema                    *ast.Schema
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

// MutateOperationParameters counts the query's tokens up to the limit.
func (l *limits) MutateOperationParameters(_ context.Context, request *graphql.RawParams) *gqlerror.Error {
	if l.tokens == 0 {
		return nil
	}
	lex := lexer.New(&ast.Source{Input: request.Query})
	for n := 0; ; n++ {
		token, err := lex.ReadToken()
		if err != nil || token.Kind == lexer.EOF {
			return nil // the parser reports the error
		}
		if n >= l.tokens {
			return limitError(
				"the query has more than %d tokens (names, values and punctuation): send long lists as variables",
				l.tokens,
			)
		}
	}
}

// MutateOperationContext checks the parsed operation's introspection, depth and complexity.
func (l *limits) MutateOperationContext(_ context.Context, op *graphql.OperationContext) *gqlerror.Error {
	counter := introspectionCounter{schema: l.schema, variables: op.Variables}
	switch counter.operation(op.Operation.SelectionSet); {
	case counter.tooDeep:
		return limitError("the introspection nests more than %d fields deep: query one type by its name",
			maxIntrospectionDepth)
	case counter.exceeded():
		return limitError("the introspection has more than %d response keys: query fewer fields, or one type by its name",
			maxIntrospectionKeys)
	}
	m := measurer{variables: op.Variables, fragments: map[fragmentAt]measure{}}
	found := m.selections(op.Operation.SelectionSet, 0)
	if l.depth > 0 && found.depth > l.depth {
		return limitError("the query nests %d fields deep, the limit is %d: query deeper nodes by their ids",
			found.depth, l.depth)
	}
	if l.complexity > 0 && found.cost > l.complexity {
		return limitError("the query's complexity is %d, the limit is %d: request smaller pages or fewer fields",
			found.cost, l.complexity)
	}
	return nil
}

// limitError returns an error with code LIMIT_EXCEEDED.
func limitError(format string, args ...any) *gqlerror.Error {
	err := kg.Errorf(kg.LimitExceeded, format, args...)
	return &gqlerror.Error{Err: err, Message: err.Error()}
}

// measure is a selection's nesting depth and cost. The cost is the number of fields that the response can have. Fields
// below a page count once for each row that it may have, below another list listCost times or as listCosts defines.
type measure struct{ depth, cost int }

// listCost is the assumed length of a list that is not a page; listCosts has the exceptions.
const listCost = 5

var listCosts = map[string]int{
	"Query.timelineBuckets": 100, "Query.clusters": 200, "Network.nodes": 200, "Network.links": 200,
}

// measurer visits every fragment once for each page size, independent of how often it is spread. So fragments that
// spread each other twice do not take exponential time.
type measurer struct {
	variables map[string]any
	fragments map[fragmentAt]measure
}

type fragmentAt struct {
	fragment *ast.FragmentDefinition
	page     int
}

// selections measures a selection set; page is the size of the page whose connection it selects from.
func (m measurer) selections(set ast.SelectionSet, page int) measure {
	var total measure
	for _, s := range set {
		var part measure
		switch s := s.(type) {
		case *ast.Field:
			part = m.field(s, page)
		case *ast.InlineFragment:
			part = m.selections(s.SelectionSet, page)
		case *ast.FragmentSpread:
			at, known := fragmentAt{s.Definition, page}, false
			if part, known = m.fragments[at]; !known {
				part = m.selections(s.Definition.SelectionSet, page)
				m.fragments[at] = part
			}
		}
		total.depth = max(total.depth, part.depth)
		total.cost = plus(total.cost, part.cost)
	}
	return total
}

func (m measurer) field(f *ast.Field, page int) measure {
	if f.Name == "__schema" || f.Name == "__type" { // counted by introspectionCounter
		return measure{}
	}
	rows := 1
	switch {
	case page > 0 && (f.Name == "edges" || f.Name == "nodes" || f.ObjectDefinition.Name == "Facet" && f.Name == "groups"):
		rows = page
	case f.ObjectDefinition.Name == "Query" && f.Name == "facets":
		fields, _ := m.argument(f, "fields").([]any)
		rows = max(1, len(fields))
	case f.ObjectDefinition.Name == "Query" && f.Name == "nodes":
		ids, _ := m.argument(f, "ids").([]any)
		rows = len(ids)
	case f.Definition.Type.Elem != nil && len(f.SelectionSet) > 0:
		rows = listCost
		if n, ok := listCosts[f.ObjectDefinition.Name+"."+f.Name]; ok {
			rows = n
		}
	}
	below := m.selections(f.SelectionSet, m.pageSize(f))
	return measure{1 + below.depth, plus(1, times(rows, below.cost))}
}

// pageSize returns the number of rows that a connection or a facet requests; 0 for other fields.
func (m measurer) pageSize(f *ast.Field) int {
	if f.Definition.Type.Name() == "Facet" {
		top, err := graphql.UnmarshalInt(m.argument(f, "top"))
		if err != nil || top < 1 {
			top = store.DefaultFacetGroups
		}
		return 1 + min(top, store.MaxFacetGroups)
	}
	if !strings.HasSuffix(f.Definition.Type.Name(), "Connection") {
		return 0
	}
	size := 0
	for _, name := range []string{"first", "last"} {
		if n, err := graphql.UnmarshalInt(m.argument(f, name)); err == nil {
			size = max(size, n)
		}
	}
	if size == 0 {
		return store.DefaultPageSize
	}
	return min(size, store.MaxPageSize) // the resolver rejects larger pages
}

func (m measurer) argument(f *ast.Field, name string) any { return f.ArgumentMap(m.variables)[name] }

// plus returns a+b, or math.MaxInt on overflow.
func plus(a, b int) int {
	if a > math.MaxInt-b {
		return math.MaxInt
	}
	return a + b
}

// times returns a*b, or math.MaxInt on overflow.
func times(a, b int) int {
	if b > 0 && a > math.MaxInt/b {
		return math.MaxInt
	}
	return a * b
}
