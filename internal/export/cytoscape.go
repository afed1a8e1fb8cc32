package export

import (
	"strconv"

	"casus/internal/edtf"
	"casus/internal/kg"
)

// cytoscapeWriter writes Cytoscape JSON (js.cytoscape.org).
type cytoscapeWriter struct{ vertices, links int }

func cytoscape(Request) networkWriter { return &cytoscapeWriter{} }

func (*cytoscapeWriter) begin(directed bool, _, _ []attribute) string {
	return `{"data":{"name":"Casus","directed":` + strconv.FormatBool(directed) + "},\n\"elements\":{\"nodes\":[\n"
}

func (c *cytoscapeWriter) vertex(v vertex) (string, error) {
	data := map[string]any{"id": v.id, "label": v.label}
	hull(data, v.time, v.time)
	c.vertices++
	return element(c.vertices, data, v.values)
}

func (*cytoscapeWriter) separator() string { return "\n],\"edges\":[\n" }

func (c *cytoscapeWriter) link(l link) (string, error) {
	data := map[string]any{"id": l.id, "source": l.source, "target": l.target}
	if l.label != "" {
		data["label"] = l.label
	}
	if l.weight > 0 {
		data["weight"] = l.weight
	}
	hull(data, l.first, l.last)
	c.links++
	return element(c.links, data, l.values)
}

func (*cytoscapeWriter) end() string { return "\n]}}\n" }

// element returns the nth element of a list, with a comma in front unless it is the first.
func element(n int, data map[string]any, values []value) (string, error) {
	for _, v := range values {
		data[v.name] = v.text
		if v.kind == "integer" {
			i, err := strconv.Atoi(v.text)
			if err != nil {
				return "", kg.Errorf(kg.Internal, "export: %w", err)
			}
			data[v.name] = i
		}
	}
	s, err := jsonText(map[string]any{"data": data})
	if n > 1 {
		s = ",\n" + s
	}
	return s, err
}

// hull adds the bounds of a time, the end exclusive. Open ends are left out.
func hull(data map[string]any, first, last *edtf.Time) {
	start, end := spanOf(first, last)
	if start.Bounded() {
		data["start"] = start.String()
	}
	if end.Bounded() {
		data["end"] = end.String()
	}
}
