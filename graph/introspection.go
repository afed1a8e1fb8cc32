package graph

import (
	"github.com/99designs/gqlgen/graphql/introspection"
	"github.com/vektah/gqlparser/v2/ast"
)

// The bounds of introspection. GraphiQL's and graphql-js's own queries stay well below them.
const (
	maxIntrospectionDepth = 12
	maxIntrospectionKeys  = 20_000
)

// introspectionCounter counts the response keys of an operation's introspection by walking the schema, before anything
// is executed. It stops when a bound is exceeded. Each step counts at least one key, so the work is bounded like the
// response.
type introspectionCounter struct {
	schema    *ast.Schema
	variables map[string]any
	keys      int
	tooDeep   bool
}

// exceeded reports whether a bound is exceeded.
func (c *introspectionCounter) exceeded() bool { return c.tooDeep || c.keys > maxIntrospectionKeys }

// operation counts the introspection in the operation's root fields. No other field leads to it.
func (c *introspectionCounter) operation(set ast.SelectionSet) {
	for f := range expandFields(set) {
		switch f.Name {
		case "__schema":
			c.keys++
			c.selections(f, 1, []any{introspection.WrapSchema(c.schema)})
		case "__type":
			name, _ := f.ArgumentMap(c.variables)["name"].(string)
			c.keys++
			if def := c.schema.Types[name]; def != nil {
				c.selections(f, 1, []any{introspection.WrapTypeFromDef(c.schema, def)})
			}
		}
		if c.exceeded() {
			return
		}
	}
}

// selections counts the selection set of a field for each of the objects that it returns.
func (c *introspectionCounter) selections(f *ast.Field, depth int, objects []any) {
	if len(objects) == 0 || len(f.SelectionSet) == 0 {
		return
	}
	if depth >= maxIntrospectionDepth {
		c.tooDeep = true
		return
	}
	for f := range expandFields(f.SelectionSet) {
		if c.field(f, depth+1, objects); c.exceeded() {
			return
		}
	}
}

// field counts a field of several objects, and everything below it.
func (c *introspectionCounter) field(f *ast.Field, depth int, objects []any) {
	c.keys += len(objects)
	if len(f.SelectionSet) == 0 || c.exceeded() {
		return
	}
	deprecated, _ := f.ArgumentMap(c.variables)["includeDeprecated"].(bool)
	var children []any
	for _, object := range objects {
		children = appendChildren(children, object, f.Name, deprecated)
		if c.keys+len(children) > maxIntrospectionKeys { // each has at least one key
			c.keys += len(children)
			return
		}
	}
	c.selections(f, depth, children)
}

// appendChildren appends the objects that a field of a schema object returns.
func appendChildren(to []any, object any, field string, deprecated bool) []any {
	switch o := object.(type) {
	case *introspection.Schema:
		switch field {
		case "types":
			return appendAll(to, o.Types())
		case "directives":
			return appendAll(to, o.Directives())
		case "queryType":
			return appendType(to, o.QueryType())
		case "mutationType":
			return appendType(to, o.MutationType())
		case "subscriptionType":
			return appendType(to, o.SubscriptionType())
		}
	case *introspection.Type:
		switch field {
		case "fields":
			return appendAll(to, o.Fields(deprecated))
		case "inputFields":
			return appendAll(to, o.VisibleInputFields(deprecated))
		case "enumValues":
			return appendAll(to, o.EnumValues(deprecated))
		case "interfaces":
			return appendAll(to, o.Interfaces())
		case "possibleTypes":
			return appendAll(to, o.PossibleTypes())
		case "ofType":
			return appendType(to, o.OfType())
		}
	case *introspection.Field:
		switch field {
		case "args":
			return appendAll(to, o.VisibleArgs(deprecated))
		case "type":
			return appendType(to, o.Type)
		}
	case *introspection.Directive:
		if field == "args" {
			return appendAll(to, o.VisibleArgs(deprecated))
		}
	case *introspection.InputValue:
		if field == "type" {
			return appendType(to, o.Type)
		}
	}
	return to
}

func appendAll[T any](to []any, all []T) []any {
	for i := range all {
		to = append(to, &all[i])
	}
	return to
}

func appendType(to []any, t *introspection.Type) []any {
	if t == nil {
		return to
	}
	return append(to, t)
}
