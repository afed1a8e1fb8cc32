package scheduler

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// fieldSet has the methods of field sets that generated code calls.
type fieldSet interface {
	graphql.Marshaler
	ResolveConcurrently(*graphql.OperationContext, *graphql.DeferredGroup, int, bool, bool,
		func(context.Context) graphql.Marshaler)
	ResolveRootConcurrently(context.Context, *graphql.OperationContext, int, bool, bool,
		func(context.Context) graphql.Marshaler)
	Dispatch(ctx context.Context)
}

// library has the functions of gqlgen that command rewrite replaces, or their replacements.
type library struct {
	marshalSlice func(context.Context, int, int64, bool, func(context.Context, int) graphql.Marshaler) graphql.Array
	newFieldSet  func([]graphql.CollectedField) (s fieldSet, values []graphql.Marshaler, invalids *uint32)
}

var libraries = map[string]library{
	"gqlgen": {graphql.MarshalSliceConcurrently,
		func(fields []graphql.CollectedField) (fieldSet, []graphql.Marshaler, *uint32) {
			s := graphql.NewFieldSet(fields)
			return s, s.Values, &s.Invalids
		}},
	"scheduler": {MarshalSlice,
		func(fields []graphql.CollectedField) (fieldSet, []graphql.Marshaler, *uint32) {
			s := NewFieldSet(fields)
			return s, s.Values, &s.Invalids
		}},
}

// outcome is what a case returns: JSON, the number of invalid fields, and errors with their paths, sorted.
type outcome struct {
	json     string
	invalids uint32
	errors   []string
}

func errorsOf(ctx context.Context) (all []string) {
	for _, e := range graphql.GetErrors(ctx) {
		all = append(all, fmt.Sprintf("%s: %s", e.Path, e.Message))
	}
	slices.Sort(all)
	return all
}

// TestGqlgen states what the functions of gqlgen that the scheduler replaces return for small inputs, and that the
// replacements return the same. If it fails for a new version of gqlgen, the scheduler must follow.
func TestGqlgen(t *testing.T) {
	const failure = "internal system error"
	elements := func(recovers bool, length int, broken ...int) func(context.Context, library) outcome {
		return func(ctx context.Context, l library) outcome {
			list := l.marshalSlice(ctx, length, 0, !recovers, func(ctx context.Context, i int) graphql.Marshaler {
				if slices.Contains(broken, i) {
					panic("broken")
				}
				return text(fmt.Sprint(graphql.GetPath(ctx), " ", *graphql.GetFieldContext(ctx).Index-i))
			})
			return outcome{json: marshal(list)}
		}
	}
	type value struct {
		nonNull  bool
		value    graphql.Marshaler // nil panics
		resolves bool              // whether the field has a resolver, else its value is set
	}
	object := func(root bool, aliases []string, values ...value) func(context.Context, library) outcome {
		return func(ctx context.Context, l library) outcome {
			fields := make([]graphql.CollectedField, len(aliases))
			for i, alias := range aliases {
				fields[i].Field = &ast.Field{Name: "name", Alias: alias}
			}
			oc := graphql.GetOperationContext(ctx)
			s, set, invalids := l.newFieldSet(fields)
			deferred := graphql.NewDeferredGroup(ctx)
			for i, v := range values {
				resolve := func(context.Context) graphql.Marshaler {
					if v.value == nil {
						panic("broken")
					}
					return v.value
				}
				switch {
				case !v.resolves:
					set[i] = v.value
				case root:
					s.ResolveRootConcurrently(ctx, oc, i, true, v.nonNull, resolve)
				default:
					s.ResolveConcurrently(oc, &deferred, i, true, v.nonNull, resolve)
				}
			}
			s.Dispatch(ctx)
			if len(deferred.Defers) > 0 {
				t.Error("fields without @defer are deferred")
			}
			return outcome{json: marshal(s), invalids: *invalids}
		}
	}
	ab := []string{"a", "b"}
	for name, c := range map[string]struct {
		run  func(context.Context, library) outcome
		want outcome
	}{
		"an empty list":       {elements(true, 0), outcome{json: `[]`}},
		"a list of one":       {elements(true, 1), outcome{json: `["[0] 0"]`}},
		"a list keeps order":  {elements(true, 3), outcome{json: `["[0] 0","[1] 0","[2] 0"]`}},
		"no recovery":         {elements(false, 2), outcome{json: `["[0] 0","[1] 0"]`}},
		"an element panics":   {elements(true, 3, 1), outcome{`["[0] 0",null,"[2] 0"]`, 0, []string{"[1]: " + failure}}},
		"the only one panics": {elements(true, 1, 0), outcome{`[null]`, 0, []string{"[0]: " + failure}}},
		"an empty object":     {object(false, nil), outcome{json: `{}`}},
		"fields keep order": {object(false, ab, value{false, text("1"), true}, value{false, text("2"), false}),
			outcome{json: `{"a":"1","b":"2"}`}},
		"an alias is written once": {object(false, []string{"a", "b", "a"}, value{false, text("1"), true},
			value{false, text("2"), true}, value{false, text("3"), true}), outcome{json: `{"a":"1","b":"2"}`}},
		"null where it is allowed": {object(false, ab, value{false, graphql.Null, true}, value{true, text("2"), true}),
			outcome{json: `{"a":null,"b":"2"}`}},
		"null where it is not": {object(false, ab, value{true, graphql.Null, true}, value{false, graphql.RequiredNull, true}),
			outcome{json: `{"a":null,"b":null}`, invalids: 2}},
		"a field panics": {object(false, ab, value{false, nil, true}, value{true, nil, true}),
			outcome{`{"a":null,"b":null}`, 1, []string{": " + failure, ": " + failure}}},
		"root fields run in the middleware": {
			object(true, ab, value{false, text("1"), true}, value{true, graphql.Null, true}),
			outcome{json: `{"a":["1"],"b":[null]}`}},
		"a root field panics": {object(true, ab[:1], value{false, nil, true}),
			outcome{`{"a":[null]}`, 0, []string{": " + failure}}},
	} {
		for kind, l := range libraries {
			t.Run(name+"/"+kind, func(t *testing.T) {
				ctx := operationContext(t)
				graphql.GetOperationContext(ctx).RootResolverMiddleware = func(
					ctx context.Context, next graphql.RootResolver,
				) graphql.Marshaler {
					return graphql.Array{next(ctx)}
				}
				got := c.run(ctx, l)
				got.errors = errorsOf(ctx)
				if got.json != c.want.json || got.invalids != c.want.invalids || !slices.Equal(got.errors, c.want.errors) {
					t.Errorf("got %+v, want %+v", got, c.want)
				}
			})
		}
	}
}
