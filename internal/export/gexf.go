package export

import (
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"

	"casus/internal/edtf"
)

// gexfWriter writes GEXF 1.3 (gexf.net): a dynamic graph whose times are dates, the last day included.
type gexfWriter struct{ vertices, links map[attribute]string }

func gexf() networkWriter { return &gexfWriter{} }

func (g *gexfWriter) begin(directed bool, vertices, links []attribute) string {
	g.vertices, g.links = map[attribute]string{}, map[attribute]string{}
	edges := "undirected"
	if directed {
		edges = "directed"
	}
	return xml.Header + `<gexf xmlns="http://gexf.net/1.3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd" version="1.3">
<meta><creator>Casus</creator></meta>
<graph mode="dynamic" timeformat="date" timerepresentation="interval" defaultedgetype="` + edges + "\">\n" +
		declareAttributes("node", vertices, g.vertices) + declareAttributes("edge", links, g.links) + "<nodes>\n"
}

// declareAttributes declares attributes and gives each an id.
func declareAttributes(class string, attributes []attribute, ids map[attribute]string) string {
	var s strings.Builder
	_, _ = fmt.Fprintf(&s, "<attributes class=\"%s\" mode=\"static\">\n", class) // a builder takes everything
	for _, a := range attributes {
		ids[a] = strconv.Itoa(len(ids))
		_, _ = fmt.Fprintf(&s, "<attribute id=\"%s\" title=\"%s\" type=\"%s\"/>\n", ids[a], a.name, a.kind)
	}
	return s.String() + "</attributes>\n"
}

func (g *gexfWriter) vertex(v vertex) (string, error) {
	return `<node id="` + escapeXML(v.id) + `" label="` + escapeXML(v.label) + `"` + timeSpan(v.time, v.time) + ">" + attvalues(v.values, g.vertices) + "</node>\n", nil
}

func (g *gexfWriter) separator() string { return "</nodes>\n<edges>\n" }

func (g *gexfWriter) link(l link) (string, error) {
	s := `<edge id="` + escapeXML(l.id) + `" source="` + escapeXML(l.source) + `" target="` + escapeXML(l.target) + `"`
	if l.label != "" {
		s += ` label="` + escapeXML(l.label) + `"`
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

// timeSpan is from the first day that one time allows to the last that another does; an open end is left out.
func timeSpan(first, last *edtf.Time) string {
	s := ""
	if first != nil && !first.IsZero() && first.Earliest.Bounded() {
		s += ` start="` + day(first.Earliest) + `"`
	}
	if last != nil && !last.IsZero() && last.Latest.Bounded() {
		s += ` end="` + day(last.Latest-1) + `"`
	}
	return s
}

// day is the calendar day of an instant, as xs:date writes it.
func day(i edtf.Instant) string {
	t := i.Time()
	if t.Year() < 0 {
		return fmt.Sprintf("-%04d", -t.Year()) + t.Format("-01-02")
	}
	return fmt.Sprintf("%04d", t.Year()) + t.Format("-01-02")
}

// escapeXML is a text as it may stand in XML, within quotes too; characters that XML has no way to write become U+FFFD.
func escapeXML(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a builder takes everything
	return b.String()
}
