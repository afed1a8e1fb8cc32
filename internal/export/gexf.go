package export

import (
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"

	"casus/internal/edtf"
)

// gexfWriter writes GEXF 1.3 (gexf.net): a dynamic graph whose times are dates, the last day included.
type gexfWriter struct {
	vertices, links map[attribute]string
	origin          *Origin
}

func gexf(r Request) networkWriter { return &gexfWriter{origin: r.Origin} }

func (g *gexfWriter) begin(directed bool, vertices, links []attribute) string {
	g.vertices, g.links = map[attribute]string{}, map[attribute]string{}
	edges := "undirected"
	if directed {
		edges = "directed"
	}
	return xml.Header + `<gexf xmlns="http://gexf.net/1.3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" ` +
		`xsi:schemaLocation="http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd" version="1.3">
<meta><creator>Casus</creator>` + g.description() + `</meta>
<graph mode="dynamic" timeformat="date" timerepresentation="interval" defaultedgetype="` + edges + "\">\n" +
		declareAttributes("node", vertices, g.vertices) + declareAttributes("edge", links, g.links) + "<nodes>\n"
}

func (g *gexfWriter) description() string {
	if g.origin == nil {
		return ""
	}
	return "<description>" + escapeXML(g.origin.String()) + "</description>"
}

// declareAttributes returns the declarations of attributes, and sets their ids.
func declareAttributes(class string, attributes []attribute, ids map[attribute]string) string {
	var s strings.Builder
	_, _ = fmt.Fprintf(&s, "<attributes class=\"%s\" mode=\"static\">\n", class) // a strings.Builder does not fail
	for _, a := range attributes {
		ids[a] = strconv.Itoa(len(ids))
		_, _ = fmt.Fprintf(&s, "<attribute id=\"%s\" title=\"%s\" type=\"%s\"/>\n", ids[a], a.name, a.kind)
	}
	return s.String() + "</attributes>\n"
}

func (g *gexfWriter) vertex(v vertex) (string, error) {
	return `<node id="` + escapeXML(v.id) + `" label="` + escapeXML(v.label) + `"` + timeSpan(v.time, v.time) + ">" +
		attvalues(v.values, g.vertices) + "</node>\n", nil
}

func (g *gexfWriter) separator() string { return "</nodes>\n<edges>\n" }

func (g *gexfWriter) link(l link) (string, error) {
	s := `<edge id="` + escapeXML(l.id) + `" source="` + escapeXML(l.source) + `" target="` + escapeXML(l.target) + `"`
	if l.label != "" {
		s += ` label="` + escapeXML(l.label) + `"`
	}
	if l.kind != "" { // Gephi merges parallel edges of one kind
		s += ` kind="` + escapeXML(l.kind) + `"`
	}
	if l.weight > 0 {
		s += ` weight="` + strconv.Itoa(l.weight) + `"`
	}
	return s + timeSpan(l.first, l.last) + ">" + attvalues(l.values, g.links) + "</edge>\n", nil
}

func (g *gexfWriter) end() string { return "</edges>\n</graph>\n</gexf>\n" }

func attvalues(values []value, ids map[attribute]string) string {
	var s strings.Builder
	s.WriteString("<attvalues>")
	for _, v := range values {
		s.WriteString(`<attvalue for="` + ids[v.attribute] + `" value="` + escapeXML(v.text) + `"/>`)
	}
	s.WriteString("</attvalues>")
	return s.String()
}

// timeSpan returns the attributes start, the earliest day of first, and end, the latest day of last. Open ends are left
// out.
func timeSpan(first, last *edtf.Time) string {
	start, end := spanOf(first, last)
	s := ""
	if start.Bounded() {
		s += ` start="` + day(start) + `"`
	}
	if end.Bounded() {
		s += ` end="` + day(end-1) + `"`
	}
	return s
}

// day returns the calendar day of an instant as an xs:date.
func day(i edtf.Instant) string {
	t := i.Time()
	return xsdYear(t.Year()) + t.Format("-01-02")
}

// escapeXML escapes a text for XML content and attributes. Characters that XML cannot hold become U+FFFD.
func escapeXML(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a strings.Builder does not fail
	return b.String()
}
