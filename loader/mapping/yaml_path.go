package mapping

import (
	"cmp"
	"regexp"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"
)

// yamlPath is a place in a mapping file: names of fields and numbers of elements.
type yamlPath []string

// String returns the path as errors show it: records[2].event.participants[0].role.
func (p yamlPath) String() string {
	var b strings.Builder
	for _, step := range p {
		_, err := strconv.Atoi(step)
		switch {
		case err == nil:
			b.WriteString("[" + step + "]")
		case b.Len() > 0:
			b.WriteString("." + step)
		default:
			b.WriteString(step)
		}
	}
	return b.String()
}

var pathStep = regexp.MustCompile(`[^.\[\]]+`)

// parsePath is the inverse of String.
func parsePath(place string) yamlPath { return pathStep.FindAllString(place, -1) }

// yamlDocument is the syntax tree of a YAML file, with its anchors by name.
type yamlDocument struct {
	root    ast.Node
	anchors map[string]ast.Node
}

func newYAMLDocument(f *ast.File) yamlDocument {
	d := yamlDocument{anchors: map[string]ast.Node{}}
	if len(f.Docs) > 0 && f.Docs[0] != nil {
		d.root = f.Docs[0].Body
	}
	d.collect(d.root)
	return d
}

// collect records the anchors in a node.
func (d yamlDocument) collect(node ast.Node) {
	switch n := node.(type) {
	case *ast.AnchorNode:
		if n.Name != nil {
			d.anchors[n.Name.GetToken().Value] = n.Value
		}
		d.collect(n.Value)
	case *ast.TagNode:
		d.collect(n.Value)
	case *ast.SequenceNode:
		for _, v := range n.Values {
			d.collect(v)
		}
	case *ast.MappingNode:
		for _, v := range n.Values {
			d.collect(v.Value)
		}
	case *ast.MappingValueNode:
		d.collect(n.Value)
	}
}

// position returns the line and column of the value at a path, or of the deepest step that exists. With onKey it is
// the position of the last field's name.
func (d yamlDocument) position(p yamlPath, onKey bool) *token.Position {
	node, at := d.root, startPosition(d.root)
	for i, step := range p {
		field, value := d.step(node, step, 0)
		if value == nil {
			return at
		}
		node = value
		if at = cmp.Or(startPosition(value), at); field != nil && (onKey && i == len(p)-1 || at == nil) {
			at = cmp.Or(startPosition(field), at)
		}
	}
	return at
}

// maxAliasDepth bounds nested aliases, so that a cycle of them ends.
const maxAliasDepth = 100

// step returns a field or an element of a node, following anchors, aliases and merge keys.
func (d yamlDocument) step(node ast.Node, step string, depth int) (field, value ast.Node) {
	if depth > maxAliasDepth {
		return nil, nil
	}
	switch n := node.(type) {
	case *ast.AnchorNode:
		return d.step(n.Value, step, depth+1)
	case *ast.TagNode:
		return d.step(n.Value, step, depth+1)
	case *ast.AliasNode:
		if n.Value == nil {
			return nil, nil
		}
		return d.step(d.anchors[n.Value.GetToken().Value], step, depth+1)
	case *ast.SequenceNode:
		if i, err := strconv.Atoi(step); err == nil && i >= 0 && i < len(n.Values) {
			return nil, n.Values[i]
		}
	case *ast.MappingValueNode: // a mapping of one field
		return d.findField([]*ast.MappingValueNode{n}, step, depth)
	case *ast.MappingNode:
		return d.findField(n.Values, step, depth)
	}
	return nil, nil
}

func (d yamlDocument) findField(fields []*ast.MappingValueNode, step string, depth int) (field, value ast.Node) {
	for _, f := range fields {
		if _, merge := f.Key.(*ast.MergeKeyNode); merge {
			if _, v := d.step(f.Value, step, depth+1); v != nil && value == nil {
				field, value = f.Key, v
			}
			continue
		}
		if t := f.Key.GetToken(); t != nil && t.Value == step {
			return f.Key, f.Value
		}
	}
	return field, value
}

// startPosition returns where a node begins. A block mapping begins at its first key, not at the colon after it.
func startPosition(n ast.Node) *token.Position {
	switch v := n.(type) {
	case nil:
		return nil
	case *ast.MappingValueNode:
		return startPosition(v.Key)
	case *ast.MappingNode:
		if !v.IsFlowStyle && len(v.Values) > 0 {
			return startPosition(v.Values[0].Key)
		}
	}
	if t := n.GetToken(); t != nil {
		return t.Position
	}
	return nil
}
