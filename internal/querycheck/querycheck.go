// Package querycheck validates GraphQL queries and their variables before they are sent. A fault names the line and the
// column, shows the source line with a caret, and suggests the nearest name of the schema.
package querycheck

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

// Query parses a query and validates it against a schema. It returns either the document or all faults by position.
// name identifies the query's source in the faults.
func Query(schema *ast.Schema, name, query string) (*ast.QueryDocument, []Fault) {
	doc, err := parser.ParseQuery(&ast.Source{Name: name, Input: query})
	if err != nil {
		return nil, newFaults(name, query, err)
	}
	if len(doc.Operations) == 0 {
		return nil, []Fault{{Name: name, Message: "the query has no operation: begin with { or query"}}
	}
	if errs := validator.ValidateWithRules(schema, doc, rules.NewDefaultRules()); len(errs) > 0 {
		return nil, newFaults(name, query, errs)
	}
	return doc, nil
}

// Operation returns the operation with a name, or the only one if name is empty.
func Operation(doc *ast.QueryDocument, name string) (*ast.OperationDefinition, error) {
	var names []string
	for _, op := range doc.Operations {
		if op.Name == name || name == "" && len(doc.Operations) == 1 {
			return op, nil
		}
		names = append(names, cmp.Or(op.Name, "(without a name)"))
	}
	if name == "" {
		return nil, fmt.Errorf("the query has %d operations: name one of %s", len(names), strings.Join(names, ", "))
	}
	return nil, fmt.Errorf("the query has no operation %s, only %s", name, strings.Join(names, ", "))
}
