package graph

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
)

// selection is the names of the fields that are asked for.
type selection map[string]bool

// selected are the fields asked for below the field that is being resolved.
func selected(ctx context.Context) selection {
	names := selection{}
	for _, f := range graphql.CollectFieldsCtx(ctx, nil) {
		names[f.Name] = true
	}
	return names
}

// siblings are the fields asked for beside the field that is being resolved, in the object it is a field of.
func siblings(ctx context.Context, satisfies ...string) selection {
	names := selection{}
	parent := graphql.GetFieldContext(ctx).Parent
	for parent != nil && parent.Field.Field == nil { // the elements of lists are contexts of their own
		parent = parent.Parent
	}
	if parent == nil {
		return names
	}
	for _, f := range graphql.CollectFields(graphql.GetOperationContext(ctx), parent.Field.Selections, satisfies) {
		names[f.Name] = true
	}
	return names
}

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
