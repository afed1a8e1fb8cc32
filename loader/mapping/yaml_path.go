package mapping

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"
)

// yamlPath are where in a mapping file something stands: names of fields and numbers of elements.
type yamlPath []string

// String writes it as places are written: records[2].event.participants[0].role.
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

// parsePath reads what String writes.
func parsePath(place string) yamlPath { return pathStep.FindAllString(place, -1) }

// yamlDocument is a YAML file as it is written.
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

// collect finds the anchors in a node.
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

// position gives the line and column of what stands at a path, or of the last step to it that there is; with key of the
// field's name itself.
func (d yamlDocument) position(p yamlPath, key bool) *token.Position {
	node, at := d.root, startPosition(d.root)
	for i, step := range p {
		field, value := d.step(node, step, 0)
		if value == nil {
			return at
		}
		node = value
		if at = or(startPosition(value), at); field != nil && (key && i == len(p)-1 || at == nil) {
			at = or(startPosition(field), at)
		}
	}
	return at
}

// maxAliasDepth ends what only a circle of aliases can need.
const maxAliasDepth = 100

// step goes into a field or an element, through anchors, aliases and merges.
func (d yamlDocument) step(node ast.Node, step string, deep int) (field, value ast.Node) {
	if deep > maxAliasDepth {
		return nil, nil
	}
	switch n := node.(type) {
	case *ast.AnchorNode:
		return d.step(n.Value, step, deep+1)
	case *ast.TagNode:
		return d.step(n.Value, step, deep+1)
	case *ast.AliasNode:
		if n.Value == nil {
			return nil, nil
		}
		return d.step(d.anchors[n.Value.GetToken().Value], step, deep+1)
	case *ast.SequenceNode:
		if i, err := strconv.Atoi(step); err == nil && i >= 0 && i < len(n.Values) {
			return nil, n.Values[i]
		}
	case *ast.MappingValueNode: // a mapping of one field
		return d.findField([]*ast.MappingValueNode{n}, step, deep)
	case *ast.MappingNode:
		return d.findField(n.Values, step, deep)
	}
	return nil, nil
}

func (d yamlDocument) findField(fields []*ast.MappingValueNode, step string, deep int) (field, value ast.Node) {
	for _, f := range fields {
		if _, merge := f.Key.(*ast.MergeKeyNode); merge {
			if _, v := d.step(f.Value, step, deep+1); v != nil && value == nil {
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

// startPosition is where a node begins. A block begins with its first field, not with the colon behind it.
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

func or(p, other *token.Position) *token.Position {
	if p != nil {
		return p
	}
	return other
}
