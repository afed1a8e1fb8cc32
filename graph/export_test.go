package graph

import (
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

// IntrospectionKeys returns the number of response keys that are counted for a query's introspection.
func IntrospectionKeys(query string, variables map[string]any) (int, error) {
	schema := Schema()
	document, err := gqlparser.LoadQueryWithRules(schema, query, rules.NewDefaultRules())
	if err != nil {
		return 0, err
	}
	c := introspectionCounter{schema: schema, variables: variables}
	c.operation(document.Operations[0].SelectionSet)
	return c.keys, nil
}
