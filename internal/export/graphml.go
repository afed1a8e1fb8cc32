package export

import (
	"encoding/xml"
	"strconv"
	"strings"

	"casus/internal/edtf"
)

// graphmlWriter writes GraphML (graphml.graphdrawing.org), with keys named like their attributes.
type graphmlWriter struct{}

func graphml(Request) networkWriter { return graphmlWriter{} }

// graphmlTypes maps attribute kinds to GraphML's types.
var graphmlTypes = map[string]string{"string": "string", "integer": "long", "double": "double", "boolean": "boolean"}

func (graphmlWriter) begin(directed bool, vertices, links []attribute) string {
	var s strings.Builder
	s.WriteString(xml.Header + `<graphml xmlns="http://graphml.graphdrawing.org/xmlns" ` +
		`xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns ` +
		`http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">` + "\n")
	common := []attribute{{"label", "string"}, {"start", "string"}, {"end", "string"}}
	key := func(of string, a attribute) {
		s.WriteString(`<key id="` + of + "_" + a.name + `" for="` + of +
			`" attr.name="` + a.name + `" attr.type="` + graphmlTypes[a.kind] + "\"/>\n")
	}
	for _, a := range append(common, vertices...) {
		key("node", a)
	}
	for _, a := range append(append(common, attribute{"weight", "double"}), links...) {
		key("edge", a)
	}
	edges := "undirected"
	if directed {
		edges = "directed"
	}
	s.WriteString(`<graph id="casus" edgedefault="` + edges + "\">\n")
	return s.String()
}

func (graphmlWriter) vertex(v vertex) (string, error) {
	return `<node id="` + escapeXML(v.id) + `">` + data("node", "label", v.label) + bounds("node", v.time, v.time) +
		dataOf("node", v.values) + "</node>\n", nil
}

func (graphmlWriter) separator() string { return "" }

func (graphmlWriter) link(l link) (string, error) {
	s := `<edge id="` + escapeXML(l.id) + `" source="` + escapeXML(l.source) + `" target="` + escapeXML(l.target) + `"`
	if l.kind != "" { // Gephi reads the kind of an edge here, and merges parallel edges of one kind
		s += ` label="` + escapeXML(l.kind) + `"`
	}
	s += ">" + data("edge", "label", l.label)
	if l.weight > 0 {
		s += data("edge", "weight", strconv.Itoa(l.weight))
	}
	return s + bounds("edge", l.first, l.last) + dataOf("edge", l.values) + "</edge>\n", nil
}

func (graphmlWriter) end() string { return "</graph>\n</graphml>\n" }

func dataOf(of string, values []value) string {
	s := ""
	for _, v := range values {
		s += data(of, v.name, v.text)
	}
	return s
}

func data(of, name, text string) string {
	if text == "" {
		return ""
	}
	return `<data key="` + of + "_" + name + `">` + escapeXML(text) + "</data>"
}

// bounds returns the elements start and end of a time, the end exclusive. Open ends are left out.
func bounds(of string, first, last *edtf.Time) string {
	start, end := spanOf(first, last)
	s := ""
	if start.Bounded() {
		s += data(of, "start", start.String())
	}
	if end.Bounded() {
		s += data(of, "end", end.String())
	}
	return s
}
