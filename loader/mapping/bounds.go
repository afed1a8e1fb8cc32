package mapping

import (
	"fmt"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/token"

	"casus/internal/kg"
)

// Bounds of a mapping file.
const (
	// MaxFileBytes is the maximum size of a mapping file.
	MaxFileBytes = 1 << 20
	// maxYAMLDepth is the maximum depth of nested lists and objects.
	maxYAMLDepth = 64
	// maxMarks is the maximum number of anchors and tags. Several may precede one value.
	maxMarks = 1_000
	// maxAliasExpansions is the maximum number of aliases that are replaced by the content of their anchors. One inside
	// another's content counts again each time.
	maxAliasExpansions = 1_000
	// maxExpandedNodes bounds the file after all aliases are replaced.
	maxExpandedNodes = 1 << 18
	// maxLets is the maximum number of variables. Each extends the environment of the next.
	maxLets = 1_000
)

// checkBounds returns BAD_INPUT if the text of a mapping file exceeds a bound that must hold before it is parsed.
func checkBounds(file string, source []byte) error {
	if len(source) > MaxFileBytes {
		return kg.Errorf(kg.BadInput, "%s: the mapping file has more than %d bytes", file, MaxFileBytes)
	}
	var depth yamlDepth
	marks := 0
	for _, t := range lexer.Tokenize(string(source)) {
		if t.Type == token.AnchorType || t.Type == token.TagType {
			marks++
		}
		switch {
		case marks > maxMarks:
			return kg.Errorf(kg.BadInput, "%s:%d:%d: more than %d anchors and tags",
				file, t.Position.Line, t.Position.Column, maxMarks)
		case depth.add(t) > maxYAMLDepth:
			return kg.Errorf(kg.BadInput, "%s:%d:%d: lists and objects are nested more than %d deep",
				file, t.Position.Line, t.Position.Column, maxYAMLDepth)
		}
	}
	return nil
}

// yamlDepth computes how deep tokens are inside lists and objects, from brackets and, outside of these, from columns.
type yamlDepth struct {
	flow     int
	columns  []int // at which the lists and objects around a token begin
	line     int
	newBlock bool // the token before may begin a list or an object on its own line
}

// add returns the depth after a token, which is at most one too great.
func (d *yamlDepth) add(t *token.Token) int {
	switch t.Type {
	case token.CommentType, token.SpaceType:
		return d.flow + len(d.columns)
	case token.SequenceStartType, token.MappingStartType:
		d.flow++
	case token.SequenceEndType, token.MappingEndType:
		d.flow--
	}
	if d.flow == 0 && (d.newBlock || t.Position.Line != d.line) {
		column := t.Position.Column
		for len(d.columns) > 0 && d.columns[len(d.columns)-1] >= column {
			d.columns = d.columns[:len(d.columns)-1]
		}
		d.columns = append(d.columns, column)
	}
	d.line = t.Position.Line
	d.newBlock = t.Type == token.SequenceEntryType || t.Type == token.MappingKeyType
	return d.flow + len(d.columns)
}

// checkAliases returns BAD_INPUT if replacing a file's aliases exceeds a bound, or would never end.
func checkAliases(file string, f *ast.File) error {
	e := expansion{anchors: map[string]expandedSize{}}
	for _, doc := range f.Docs {
		if doc == nil {
			continue
		}
		if total := e.size(doc.Body); e.err == nil && (total.aliases > maxAliasExpansions || total.nodes > maxExpandedNodes) {
			e.err = fmt.Errorf("its aliases expand %s times, to %s values; at most %d and %d",
				upTo(total.aliases, maxAliasExpansions), upTo(total.nodes, maxExpandedNodes),
				maxAliasExpansions, maxExpandedNodes)
		}
	}
	if e.err != nil {
		return kg.Errorf(kg.BadInput, "%s: %w", file, e.err)
	}
	return nil
}

// upTo returns a number, or "over" and the bound if it is greater.
func upTo(n, bound int) string {
	if n > bound {
		return fmt.Sprint("over ", bound)
	}
	return fmt.Sprint(n)
}

// expandedSize is the size of a node with its aliases replaced.
type expandedSize struct{ nodes, aliases int }

// plus returns the sum, which stays small no matter how often it is added to itself.
func (s expandedSize) plus(o expandedSize) expandedSize {
	return expandedSize{min(s.nodes+o.nodes, maxExpandedNodes+1), min(s.aliases+o.aliases, maxAliasExpansions+1)}
}

// expansion computes sizes without replacing anything.
type expansion struct {
	anchors map[string]expandedSize
	err     error
}

func (e *expansion) size(node ast.Node) expandedSize {
	one := expandedSize{nodes: 1}
	switch n := node.(type) {
	case *ast.AnchorNode:
		name := anchorName(n.Name)
		if _, again := e.anchors[name]; again && e.err == nil {
			e.err = fmt.Errorf("two anchors are named &%.60s", name)
		}
		s := e.size(n.Value)
		e.anchors[name] = s
		return s
	case *ast.AliasNode:
		name := anchorName(n.Value)
		s, found := e.anchors[name]
		if !found && e.err == nil {
			e.err = fmt.Errorf("the alias *%.60s is before or inside its anchor, or has none", name)
		}
		return s.plus(expandedSize{nodes: 1, aliases: 1})
	case *ast.TagNode:
		return e.size(n.Value)
	case *ast.SequenceNode:
		for _, v := range n.Values {
			one = one.plus(e.size(v))
		}
	case *ast.MappingNode:
		for _, v := range n.Values {
			one = one.plus(e.size(v))
		}
	case *ast.MappingValueNode:
		return one.plus(e.size(n.Key)).plus(e.size(n.Value))
	case *ast.MappingKeyNode:
		return e.size(n.Value)
	}
	return one
}

func anchorName(n ast.Node) string {
	if n == nil || n.GetToken() == nil {
		return ""
	}
	return n.GetToken().Value
}
