package mapping

import (
	"regexp"
	"slices"
	"strings"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"
)

// columnUses records the columns and variables that each expression uses.
type columnUses struct {
	byPlace   map[string][]string // a variable is written "=name"
	variables map[string]string   // the place that defines each variable
	wholeRow  map[string]bool     // places that use the row itself, not single columns
}

// record adds the columns and variables of the expression at a place.
func (c columnUses) record(place string, checked *cel.Ast) {
	for _, e := range ast.MatchDescendants(ast.NavigateAST(checked.NativeRep()), ast.AllMatcher()) {
		switch e.Kind() {
		case ast.SelectKind:
			if s := e.AsSelect(); isRow(s.Operand()) {
				c.byPlace[place] = append(c.byPlace[place], s.FieldName())
			}
		case ast.CallKind:
			if takesColumn(e) {
				c.byPlace[place] = append(c.byPlace[place], e.AsCall().Args()[1].AsLiteral().Value().(string))
			}
		case ast.IdentKind:
			if e.AsIdent() == rowNumber {
				c.wholeRow[place] = true // differs for every row
			} else if e.AsIdent() != "row" {
				c.byPlace[place] = append(c.byPlace[place], "="+e.AsIdent())
			} else if parent, ok := e.Parent(); !ok || !takesColumn(parent) {
				c.wholeRow[place] = true
				c.byPlace[place] = append(c.byPlace[place], "=row")
			}
		}
	}
}

// takesColumn reports whether an expression over the row selects a single column.
func takesColumn(e ast.Expr) bool {
	switch e.Kind() {
	case ast.SelectKind:
		return true
	case ast.CallKind:
		call := e.AsCall()
		args := call.Args()
		index := call.FunctionName() == operators.Index || call.FunctionName() == operators.OptIndex
		return index && len(args) == 2 && isRow(args[0]) &&
			args[1].Kind() == ast.LiteralKind && args[1].AsLiteral().Type() == types.StringType
	}
	return false
}

func isRow(e ast.Expr) bool { return e.Kind() == ast.IdentKind && e.AsIdent() == "row" }

// columnsBelow returns the columns that the expressions at and below a place use, directly or through variables. seen
// holds the variables already expanded.
func (c columnUses) columnsBelow(place string, seen map[string]bool) []string {
	var all []string
	for at, uses := range c.byPlace {
		if at != place && !strings.HasPrefix(at, place+".") && !strings.HasPrefix(at, place+"[") {
			continue
		}
		for _, use := range uses {
			name, isVariable := strings.CutPrefix(use, "=")
			switch {
			case !isVariable:
				all = append(all, name)
			case !seen[name] && c.variables[name] != "":
				seen[name] = true
				all = append(all, c.columnsBelow(c.variables[name], seen)...)
			}
		}
	}
	return all
}

// usesMissing reports whether the expression at a place uses a variable of the row that scope lacks.
func (c columnUses) usesMissing(place string, scope map[string]any) bool {
	return slices.ContainsFunc(c.byPlace[place], func(use string) bool {
		name, isVariable := strings.CutPrefix(use, "=")
		definition := c.variables[name]
		ofRow := strings.HasPrefix(definition, "let.") || definition == sourcesName
		_, known := scope[name]
		return isVariable && ofRow && !known && place != definition
	})
}

var pointerStep = regexp.MustCompile(`/(\d+)|/`)

// rowNumber is the name of the variable with the number of the row in its file, from 1.
const rowNumber = "rowNumber"

// sourcesName is the place of the sources in a mapping file, and the variable with the ids of their documents.
const sourcesName = "sources"
