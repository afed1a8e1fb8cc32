package graph

import (
	"context"
	"iter"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"casus/internal/kg/sums"
)

// expandFields returns the fields of a selection set, with fragments expanded. A repeated spread adds none.
func expandFields(set ast.SelectionSet) iter.Seq[*ast.Field] {
	spread := map[*ast.FragmentDefinition]bool{}
	var walk func(set ast.SelectionSet, yield func(*ast.Field) bool) bool
	walk = func(set ast.SelectionSet, yield func(*ast.Field) bool) bool {
		for _, s := range set {
			proceed := true
			switch s := s.(type) {
			case *ast.Field:
				proceed = yield(s)
			case *ast.InlineFragment:
				proceed = walk(s.SelectionSet, yield)
			case *ast.FragmentSpread:
				if !spread[s.Definition] {
					spread[s.Definition] = true
					proceed = walk(s.Definition.SelectionSet, yield)
				}
			}
			if !proceed {
				return false
			}
		}
		return true
	}
	return func(yield func(*ast.Field) bool) { walk(set, yield) }
}

// selects reports whether the operation selects a field below the field that is being resolved.
func selects(ctx context.Context, name string) bool {
	for _, f := range graphql.CollectFieldsCtx(ctx, nil) {
		if f.Name == name {
			return true
		}
	}
	return false
}

// siblings returns all fields selected on the object whose field is being resolved.
func siblings(ctx context.Context, satisfies ...string) []graphql.CollectedField {
	parent := graphql.GetFieldContext(ctx).Parent
	for parent != nil && parent.Field.Field == nil { // list elements have contexts of their own
		parent = parent.Parent
	}
	if parent == nil {
		return nil
	}
	return graphql.CollectFields(graphql.GetOperationContext(ctx), parent.Field.Selections, satisfies)
}

// selection is a set of names of selected fields.
type selection map[string]bool

// selectedBelow returns the fields selected in a field of the field that is being resolved.
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

// selectedSums returns the sums that are selected on the elements of the field that is being resolved or, with a name,
// in a field of these.
func selectedSums(ctx context.Context, below ...string) (set sums.Set) {
	names := selection{}
	if len(below) > 0 {
		names = selectedBelow(ctx, below[0])
	} else {
		for _, f := range graphql.CollectFieldsCtx(ctx, nil) {
			names[f.Name] = true
		}
	}
	for name, sum := range map[string]sums.Set{
		"killed": sums.Killed, "wounded": sums.Wounded, "figures": sums.Figures,
	} {
		if names[name] {
			set |= sum
		}
	}
	return set
}
