package graph

import (
	"github.com/vektah/gqlparser/v2"
)

// IntrospectionKeys returns how many response keys a query's introspection is taken to have.
func IntrospectionKeys(query string, variables map[string]any) (int, error) {
	schema := Schema()
	document, err := gqlparser.LoadQuery(schema, query)
	if err != nil {
		return 0, err
	}
	c := introspected{schema: schema, variables: variables}
	c.operation(document.Operations[0].SelectionSet)
	return c.keys, nil
}
