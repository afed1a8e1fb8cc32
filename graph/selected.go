package graph

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
)

// selects says whether a field is asked for below the field that is being resolved.
func selects(ctx context.Context, name string) bool {
	for _, f := range graphql.CollectFieldsCtx(ctx, nil) {
		if f.Name == name {
			return true
		}
	}
	return false
}

// siblings are the fields asked for beside the field that is being resolved, in the object it is a field of.
func siblings(ctx context.Context, satisfies ...string) []graphql.CollectedField {
	parent := graphql.GetFieldContext(ctx).Parent
	for parent != nil && parent.Field.Field == nil { // the elements of lists are contexts of their own
		parent = parent.Parent
	}
	if parent == nil {
		return nil
	}
	return graphql.CollectFields(graphql.GetOperationContext(ctx), parent.Field.Selections, satisfies)
}

// selection is the names of the fields that are asked for.
type selection map[string]bool

// selectedBelow are the fields asked for in a field of the field that is being resolved.
func selectedBelow(ctx context.Context, name string) selection {
	names := selection{}
	for _, f := range graphql.CollectFieldsCtx(ctx, nil) {
		if f.Name != name {
			continue
		}
		for _, below := range graphql.CollectFields(graphql.GetOperationContext(ctx), f.Selections, nil) {
			names[below.Name] = true
		}
	}
	return names
}
