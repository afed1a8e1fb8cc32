// Package querycheck finds what is wrong with a GraphQL query before it is sent, and points at it: line, column, the
// source line with a caret under the fault, and the nearest thing the schema knows.
package querycheck

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/rivo/uniseg"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

// Fault is one thing wrong with a query.
type Fault struct {
	// Name is of the file or place that the query is from.
	Name string
	// Line and Column count from 1, columns in code points; both 0 where the fault is at no one place.
	Line, Column int
	Message      string
	// Source is the faulty line.
	Source string
}

// String is the fault as a compiler shows one: name:line:column: message, the line, and a caret below.
func (f Fault) String() string {
	if f.Line == 0 {
		return fmt.Sprintf("%s: %s", f.Name, f.Message)
	}
	s := fmt.Sprintf("%s:%d:%d: %s", f.Name, f.Line, f.Column, f.Message)
	if strings.TrimSpace(f.Source) == "" {
		return s
	}
	number := fmt.Sprintf("%5d | ", f.Line)
	return s + "\n" + number + f.Source + "\n" + strings.Repeat(" ", len(number)-2) + "| " + indent(f.Source, f.Column) + "^"
}

// indent is white space as wide as the line before a column; tabs stay tabs, wide letters count double.
func indent(line string, column int) string {
	runes := []rune(line)
	var s strings.Builder
	for part := range strings.SplitAfterSeq(string(runes[:min(max(column-1, 0), len(runes))]), "\t") {
		text, tab := strings.CutSuffix(part, "\t")
		s.WriteString(strings.Repeat(" ", uniseg.StringWidth(text)))
		if tab {
			s.WriteByte('\t')
		}
	}
	return s.String()
}

// Query parses a query and validates it against a schema. Of several faults it gives all, in the order of their places.
func Query(schema *ast.Schema, name, query string) (*ast.QueryDocument, []Fault) {
	doc, err := parser.ParseQuery(&ast.Source{Name: name, Input: query})
	if err != nil {
		return nil, faults(name, query, err)
	}
	if len(doc.Operations) == 0 {
		return nil, []Fault{{Name: name, Message: "it holds no operation: begin with { or query"}}
	}
	if errs := validator.ValidateWithRules(schema, doc, rules.NewDefaultRules()); len(errs) > 0 {
		return nil, faults(name, query, errs)
	}
	return doc, nil
}

// Operation picks the operation of a name, or the only one where none is given.
func Operation(doc *ast.QueryDocument, name string) (*ast.OperationDefinition, error) {
	var names []string
	for _, op := range doc.Operations {
		if op.Name == name || name == "" && len(doc.Operations) == 1 {
			return op, nil
		}
		names = append(names, cmp.Or(op.Name, "(without a name)"))
	}
	if name == "" {
		return nil, fmt.Errorf("it holds %d operations: name one of %s", len(names), strings.Join(names, ", "))
	}
	return nil, fmt.Errorf("it holds no operation %s, only %s", name, strings.Join(names, ", "))
}

func faults(name, query string, err error) []Fault {
	lines := strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(query), "\n")
	var found []Fault
	for _, e := range each(err) {
		f := Fault{Name: name, Message: e.Message}
		if len(e.Locations) > 0 {
			f.Line, f.Column = e.Locations[0].Line, e.Locations[0].Column
		}
		if 0 < f.Line && f.Line <= len(lines) {
			f.Source = lines[f.Line-1]
		}
		found = append(found, f)
	}
	slices.SortStableFunc(found, func(a, b Fault) int { return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column)) })
	return found
}

func each(err error) gqlerror.List {
	var list gqlerror.List
	var one *gqlerror.Error
	switch {
	case errors.As(err, &list):
		return list
	case errors.As(err, &one):
		return gqlerror.List{one}
	}
	return gqlerror.List{{Message: err.Error()}}
}
