package ftm

import (
	"fmt"
	"slices"
	"strconv"

	"golang.org/x/text/language"

	"casus/internal/kg"
)

// nodeKinds say what node an entity of each kind is.
var nodeKinds = map[target]kg.NodeKind{targetActor: kg.KindActor, targetLocation: kg.KindLocation, targetDocument: kg.KindDocument, targetEvent: kg.KindEvent}

// resolve gives the node that a reference leads to: by what the input says of it; where it says nothing, as the property usually has it,
// since the store may have it.
func (m *Mapper) resolve(id string, usually target) (kind target, node string, given bool) {
	kind, given = m.targets[m.hash(id)]
	if !given {
		kind = usually
	}
	if node, ok := nodeKinds[kind]; ok {
		return kind, nodeID(node, id), given
	}
	return kind, "", given
}

// requiredNodes are the nodes that a property leads to, of which there must be one, and all must be of these kinds, of which the first is
// the usual one.
func (b *builder) requiredNodes(property string, kinds ...target) ([]string, error) {
	values := b.take(property)
	pointer := "/properties/" + property
	if len(values) == 0 {
		return nil, fault(pointer, "it is absent: no %s is without it", b.entity.schema)
	}
	var all []string
	for i, v := range values {
		kind, node, _ := b.resolve(v, kinds[0])
		if !slices.Contains(kinds, kind) {
			return nil, fault(fmt.Sprintf("%s/%d", pointer, i), "it leads to %s, which is no %s", v, nodeKinds[kinds[0]])
		}
		all = append(all, node)
	}
	return all, nil
}

// linkedNodes are the nodes of a kind that a property leads to. What leads elsewhere, or to what is not in the input, is counted.
func (b *builder) linkedNodes(property string, want target) (all []string) {
	for _, v := range b.take(property) {
		kind, node, given := b.resolve(v, want)
		switch {
		case !given && len(b.targets) > 0:
			b.notCarried[b.entity.schema+"."+property+", which leads to nothing in the input"]++
		case kind != want:
			b.notCarried[b.entity.schema+"."+property+", which leads to no "+string(nodeKinds[want])]++
		default:
			all = append(all, node)
		}
	}
	return all
}

// markUnused says that no value of a property is used after all.
func (e *entity) markUnused(property string) {
	for _, v := range e.properties[property] {
		delete(e.used, propertyValue{property, v})
	}
}

// language is the first language of a document, as BCP 47 has it: FollowTheMoney's codes have three letters.
func (e *entity) language() string {
	for _, v := range e.properties["language"] {
		if tag, err := language.Parse(v); err == nil && tag != language.Und {
			e.markUsed("language", v)
			return tag.String()
		}
	}
	return ""
}

// point is where a place is; nil where nothing says it.
func (e *entity) point() map[string]any {
	for _, bound := range []struct {
		property string
		most     float64
	}{{"latitude", 90}, {"longitude", 180}} {
		values := e.properties[bound.property]
		if len(values) == 0 {
			return nil
		}
		if v, err := strconv.ParseFloat(values[0], 64); err != nil || !(v >= -bound.most && v <= bound.most) {
			return nil
		}
	}
	latitude, _ := strconv.ParseFloat(e.first("latitude"), 64)
	longitude, _ := strconv.ParseFloat(e.first("longitude"), 64)
	return map[string]any{"latitude": latitude, "longitude": longitude}
}
