package ftm

import (
	"fmt"
	"slices"
	"strconv"

	"golang.org/x/text/language"

	"casus/internal/kg"
)

// nodeKinds are the kinds of the nodes that entities become.
var nodeKinds = map[target]kg.NodeKind{
	targetActor: kg.KindActor, targetLocation: kg.KindLocation, targetDocument: kg.KindDocument, targetEvent: kg.KindEvent,
}

// resolve returns the target and the node of a reference. If its entity is not in the input, the target is the usual
// one, since the store may have the node. node is "" if the target is not a node.
func (m *Mapper) resolve(id string, usual target) (kind target, node string, found bool) {
	kind, found = m.targets[m.hash(id)]
	if !found {
		kind = usual
	}
	if node, ok := nodeKinds[kind]; ok {
		return kind, nodeID(node, id), found
	}
	return kind, "", found
}

// requiredNodes returns the nodes that a property refers to. There must be at least one, and each must be of one of the
// kinds; the first is the usual one.
func (b *builder) requiredNodes(property string, kinds ...target) ([]string, error) {
	values := b.take(property)
	pointer := "/properties/" + property
	if len(values) == 0 {
		return nil, fault(pointer, "missing: required for %s", b.entity.schema)
	}
	var all []string
	for i, v := range values {
		kind, node, _ := b.resolve(v, kinds[0])
		if !slices.Contains(kinds, kind) {
			return nil, fault(fmt.Sprintf("%s/%d", pointer, i), "refers to %s, which is not of kind %s", v, nodeKinds[kinds[0]])
		}
		all = append(all, node)
	}
	return all, nil
}

// linkedNodes returns the nodes of a kind that a property refers to. References to other nodes, or to entities that are
// not in the input, are counted as not carried.
func (b *builder) linkedNodes(property string, want target) (all []string) {
	for _, v := range b.take(property) {
		kind, node, found := b.resolve(v, want)
		switch {
		case !found && len(b.targets) > 0:
			b.notCarried[b.entity.schema+"."+property+", which is not in the input"]++
		case kind != want:
			b.notCarried[b.entity.schema+"."+property+", which is not of kind "+string(nodeKinds[want])]++
		default:
			all = append(all, node)
		}
	}
	return all
}

// markUnused marks all values of a property unused.
func (e *entity) markUnused(property string) {
	for _, v := range e.properties[property] {
		delete(e.used, propertyValue{property, v})
	}
}

// addresses returns the values of a property that are addresses with http or https, and marks them used. Others are
// counted as not carried.
func (e *entity) addresses(property string) (all []string) {
	for _, v := range e.properties[property] {
		if kg.IsAddress(v) {
			all = append(all, v)
		}
	}
	e.markUsed(property, all...)
	return all
}

// address returns the first address of a property, and marks it used; "" if it has none.
func (e *entity) address(property string) string {
	for _, v := range e.properties[property] {
		if kg.IsAddress(v) {
			e.markUsed(property, v)
			return v
		}
	}
	return ""
}

// language returns the first language of a document as a BCP 47 tag; FollowTheMoney's codes have three letters. "" if
// there is none.
func (e *entity) language() string {
	for _, v := range e.properties["language"] {
		if tag, err := language.Parse(v); err == nil && tag != language.Und {
			e.markUsed("language", v)
			return tag.String()
		}
	}
	return ""
}

// point returns the coordinates of a place; nil if they are missing or out of range.
func (e *entity) point() map[string]any {
	for _, bound := range []struct {
		property string
		limit    float64
	}{{"latitude", 90}, {"longitude", 180}} {
		values := e.properties[bound.property]
		if len(values) == 0 {
			return nil
		}
		if v, err := strconv.ParseFloat(values[0], 64); err != nil || !(v >= -bound.limit && v <= bound.limit) {
			return nil
		}
	}
	latitude, _ := strconv.ParseFloat(e.first("latitude"), 64)
	longitude, _ := strconv.ParseFloat(e.first("longitude"), 64)
	return map[string]any{"latitude": latitude, "longitude": longitude}
}
