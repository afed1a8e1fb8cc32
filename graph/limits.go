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

// limits refuses operations that are too long, too deep or too costly before they begin. 0 is no limit.
type limits struct {
	tokens, depth, complexity int
	schema                    *ast.Schema
}

var _ interface {
	graphql.HandlerExtension
	graphql.OperationParameterMutator
	graphql.OperationContextMutator
} = (*limits)(nil)

// ExtensionName names the extension.
func (*limits) ExtensionName() string { return "Limits" }

// Validate finds nothing wrong with any schema.
func (*limits) Validate(graphql.ExecutableSchema) error { return nil }

// MutateOperationParameters counts the query's tokens, no further than to the limit.
func (l *limits) MutateOperationParameters(_ context.Context, request *graphql.RawParams) *gqlerror.Error {
	if l.tokens == 0 {
		return nil
	}
	lex := lexer.New(&ast.Source{Input: request.Query})
	for n := 0; ; n++ {
		token, err := lex.ReadToken()
		if err != nil || token.Kind == lexer.EOF {
			return nil // the parser will say what is wrong
		}
		if n >= l.tokens {
			return exceeded("the query has more than %d tokens (names, values and signs): send long lists as variables", l.tokens)
		}
	}
}

// MutateOperationContext measures the parsed operation.
func (l *limits) MutateOperationContext(_ context.Context, op *graphql.OperationContext) *gqlerror.Error {
	asked := introspected{schema: l.schema, variables: op.Variables}
	switch asked.operation(op.Operation.SelectionSet); {
	case asked.tooDeep:
		return exceeded("the introspection nests more than %d fields deep: query one type by its name", maxIntrospectionDepth)
	case asked.exceeded():
		return exceeded("the introspection has more than %d response keys: query fewer fields, or one type by its name", maxIntrospectionKeys)
	}
	m := measurer{variables: op.Variables, fragments: map[fragmentAt]measure{}}
	found := m.selections(op.Operation.SelectionSet, 0)
	if l.depth > 0 && found.depth > l.depth {
		return exceeded("the query nests %d fields deep, of at most %d: ask for what lies deeper by its id", found.depth, l.depth)
	}
	if l.complexity > 0 && found.cost > l.complexity {
		return exceeded("the query's complexity is %d, of at most %d: ask for smaller pages or fewer fields", found.cost, l.complexity)
	}
	return nil
}

func exceeded(format string, args ...any) *gqlerror.Error {
	err := kg.Errorf(kg.LimitExceeded, format, args...)
	return &gqlerror.Error{Err: err, Message: err.Error()}
}

// measure is how deep a selection nests and what it costs: one for every field it could answer with. A page counts as many
// times as it has rows at most, other lists as often as listCosts says.
type measure struct{ depth, cost int }

// listCost is how many rows a list that is no page is taken to have; listCosts has those that differ.
const listCost = 5

var listCosts = map[string]int{"Query.timelineBuckets": 100, "Query.clusters": 200, "Network.nodes": 200, "Network.links": 200}

// measurer visits every fragment once for every page size it is used under, however often it is spread: a query whose
// fragments double from one to the next is measured as fast as any other.
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
	var all measure
	for _, s := range set {
		var one measure
		switch s := s.(type) {
		case *ast.Field:
			one = m.field(s, page)
		case *ast.InlineFragment:
			one = m.selections(s.SelectionSet, page)
		case *ast.FragmentSpread:
			at, known := fragmentAt{s.Definition, page}, false
			if one, known = m.fragments[at]; !known {
				one = m.selections(s.Definition.SelectionSet, page)
				m.fragments[at] = one
			}
		}
		all.depth = max(all.depth, one.depth)
		all.cost = plus(all.cost, one.cost)
	}
	return all
}

func (m measurer) field(f *ast.Field, page int) measure {
	if f.Name == "__schema" || f.Name == "__type" { // which have bounds of their own
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

// pageSize is how many rows a connection's field, or a facet, asks for; 0 for other fields.
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
	return min(size, store.MaxPageSize) // a larger page is refused by its field
}

func (m measurer) argument(f *ast.Field, name string) any { return f.ArgumentMap(m.variables)[name] }

func plus(a, b int) int {
	if a > math.MaxInt-b {
		return math.MaxInt
	}
	return a + b
}

func times(a, b int) int {
	if b > 0 && a > math.MaxInt/b {
		return math.MaxInt
	}
	return a * b
}
